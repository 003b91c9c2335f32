import ByNameList
import CivilTime
import SQLite

extension Reader {
    /// The facts about each month that were recorded after it had ended, up to a place in the journal: by hand, and by
    /// imports.
    ///
    /// What came late of a month lies between the month's end and that place.
    func lateFacts(
        of months: [Month], in community: Community, through last: Int64, calendar: Calendar
    ) throws(SQLiteError) -> [Month: (byHand: Int, imported: Int)] {
        guard let first = months.min(), let end = months.max() else { return [:] }
        let isWanted = Set(months)
        let imports = try importSources(of: community)
        let statement = try connection.statement(
            """
            SELECT effective_from, recorded, source FROM fact
            WHERE seq > ? AND seq <= ? AND community = ? AND effective_from BETWEEN ? AND ?
            """)
        try statement.bind(1, try journal.lastFact { calendar(community.zone, $0).month <= first })
        try statement.bind(2, last)
        try statement.bind(3, community.id)
        try statement.bind(4, Int64(first.firstDay.dayNumber))
        try statement.bind(5, Int64(end.lastDay.dayNumber))
        var late: [Month: (byHand: Int, imported: Int)] = [:]
        // Facts of one change were recorded at one instant.
        var recorded = (at: Instant(microseconds: .min), month: first)
        try statement.forEach { row throws(SQLiteError) in
            let month = CivilDate(dayNumber: Int32(truncatingIfNeeded: row.int64(0))).month
            guard isWanted.contains(month) else { return }
            let instant = Instant(microseconds: row.int64(1))
            if recorded.at != instant { recorded = (instant, calendar(community.zone, instant).month) }
            guard month < recorded.month else { return }
            if imports.contains(row.int64(2)) {
                late[month, default: (0, 0)].imported += 1
            } else {
                late[month, default: (0, 0)].byHand += 1
            }
        }
        return late
    }

    private func importSources(of community: Community) throws(SQLiteError) -> Set<Int64> {
        let statement = try connection.statement("SELECT id FROM source WHERE community = ? AND imported = 1")
        try statement.bind(1, community.id)
        var found: Set<Int64> = []
        try statement.forEach { row throws(SQLiteError) in found.insert(row.int64(0)) }
        return found
    }
}
