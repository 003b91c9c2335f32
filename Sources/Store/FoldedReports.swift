package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// Calls back with every person of the community and what their facts come to, as known then, fold by fold.
    package func forEachTimeline(
        of community: Community, policy: Policy, knownAt: Instant? = nil,
        _ body: (PersonID, Timeline) throws -> Void
    ) throws {
        var last = PersonID(0)
        while true {
            let people = try people(of: community.id, after: last, limit: 512)
            guard let end = people.last else { return }
            for person in people {
                let lives = try household(of: person, knownAt: knownAt)
                try body(person, timeline(of: person, among: lives, policy: policy))
            }
            last = end
        }
    }

    /// The monthly report folded from the journal as it was then.
    ///
    /// `knownAt` bounds the facts; the policy is the community's of now, which says so until policies change.
    package func month(
        _ month: Month, of community: Community, population: Population, unit: CountingUnit, asOf: CivilDate,
        knownAt: Instant
    ) throws -> MonthlyReport {
        var folded = FoldedMonth(month: month, population: population, unit: unit, asOf: min(asOf, month.lastDay))
        let policy = try projection(of: community).policy
        try forEachTimeline(of: community, policy: policy, knownAt: knownAt) { _, timeline in
            folded.add(timeline.spells)
        }
        return folded.report()
    }
}
