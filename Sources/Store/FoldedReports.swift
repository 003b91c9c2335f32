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
                try checkTime()
                let lives = try household(of: person, knownAt: knownAt)
                try body(person, timeline(of: person, among: lives, policy: policy))
            }
            last = end
        }
    }

    /// The monthly report folded from the journal as it was then; late facts are counted apart, by `lateFacts`.
    ///
    /// `knownAt` bounds the facts and the policy.
    package func month(
        _ month: Month, of community: Community, population: Population, unit: CountingUnit, asOf: CivilDate,
        knownAt: Instant
    ) throws -> MonthlyReport {
        var folded = FoldedMonth(month: month, population: population, unit: unit, asOf: min(asOf, month.lastDay))
        let policy = try projection(of: community, knownAt: knownAt).policy
        try forEachTimeline(of: community, policy: policy, knownAt: knownAt) { _, timeline in
            folded.add(timeline.spells)
        }
        return folded.report()
    }

    /// The facts about a month that were recorded after it had ended, up to an instant: by hand, and by imports.
    package func lateFacts(
        of month: Month, in community: Community, knownAt: Instant, calendar: Calendar
    ) throws(StoreError) -> (byHand: Int, imported: Int) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT fact.recorded, source.imported FROM fact JOIN source ON source.id = fact.source
                WHERE fact.community = ? AND fact.effective_from BETWEEN ? AND ? AND fact.recorded <= ?
                """)
            try statement.bind(1, community.id)
            try statement.bind(2, Int64(month.firstDay.dayNumber))
            try statement.bind(3, Int64(month.lastDay.dayNumber))
            try statement.bind(4, knownAt.microseconds)
            var late = (byHand: 0, imported: 0)
            try statement.forEach { row throws(SQLiteError) in
                let recorded = calendar(community.zone, Instant(microseconds: row.int64(0)))
                guard recorded > month.lastDay else { return }
                if row.int(1) == 1 { late.imported += 1 } else { late.byHand += 1 }
            }
            return late
        }
    }
}
