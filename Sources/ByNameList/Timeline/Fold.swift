import CivilTime

/// The timeline of a person: the one place where status, populations, inflow and outflow come from (domain.md 1).
///
/// - Parameter lives: the person, and everybody who ever shared a household with them; others do no harm.
package func timeline(of person: PersonID, among lives: [Life], policy: Policy) -> Timeline {
    Timeline(person: person, changes: [], spells: [], findings: [])
}
