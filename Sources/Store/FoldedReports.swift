package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// Calls back with every person of the community and what their facts come to, as known then, fold by fold.
    ///
    /// The plain way, person by person: what is made faster is held against it.
    package func forEachTimeline(
        of community: Community, policy: Policy, knownAt: Instant? = nil,
        _ body: (PersonID, Timeline) throws -> Void
    ) throws {
        var last = PersonID(0)
        while true {
            let people = try people(of: community.id, after: last, limit: 512)
            guard let end = people.last else { return }
            for person in people {
                try checkTime()
                let lives = try household(of: person, knownAt: knownAt)
                try body(person, timeline(of: person, among: lives, policy: policy))
            }
            last = end
        }
    }

    /// One monthly report as it was known then.
    package func month(
        _ month: Month, of community: Community, population: Population, unit: CountingUnit, asOf: CivilDate,
        knownAt: Instant, calendar: Calendar
    ) throws -> MonthlyReport? {
        try reports(
            WantedReports([month], rows: [(population, unit)], asOf: asOf), of: community, knownAt: knownAt,
            calendar: calendar
        ).first
    }
}
