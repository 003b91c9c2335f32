package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// Calls back with every person of the community and what their facts come to, as known then, fold by fold; who has
    /// several records, once.
    ///
    /// The plain way, person by person: what is made faster is held against it.
    package func forEachTimeline(
        of community: Community, policy: Policy, knownAt: Instant? = nil,
        _ body: (PersonID, Timeline) throws -> Void
    ) throws {
        let journal = try translatingErrors { () throws(SQLiteError) in
            try self.journal.knowingMerges(of: community.id, knownAt: knownAt)
        }
        var last = PersonID(0)
        while true {
            let records = try people(of: community.id, after: last, limit: 512)
            guard let end = records.last else { return }
            for record in records {
                try checkTime()
                let lives = try translatingErrors { () throws(SQLiteError) -> [Life]? in
                    guard try journal.person(of: record) == record else { return nil }
                    return try household(of: record, knownAt: knownAt, by: journal)
                }
                if let lives { try body(record, timeline(of: record, among: lives, policy: policy)) }
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
