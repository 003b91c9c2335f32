package import ByNameList
package import CivilTime
import SQLite

/// A page of what waits for a coordinator, and where the next one goes on from.
package struct WorklistPage: Sendable {
    package let entries: [(item: WorklistItem, recorded: Instant)]
    package let next: Int64?
}

extension Reader {
    /// What was left for a coordinator, in order of arrival.
    ///
    /// - Parameter mayShow: whom the coordinator may read; an item with somebody else is as if it were not there.
    package func worklist(
        of community: Int64, after: Int64, limit: Int, mayShow: (PersonID) throws -> Bool
    ) throws -> Withheld<WorklistPage> {
        var entries: [(item: WorklistItem, recorded: Instant)] = []
        var next: Int64? = after
        // Until the page is full: a short one would tell how many items are not shown.
        while let place = next, entries.count < limit {
            let found = try worklistItems(of: community, after: place, limit: limit - entries.count)
            entries += try found.entries.filter { entry in
                try mayShow(entry.item.person) && (try entry.item.other.map { try mayShow($0) } ?? true)
            }
            next = found.next
        }
        let people = Set(entries.flatMap { [$0.item.person] + ($0.item.other.map { [$0] } ?? []) })
        return Withheld(WorklistPage(entries: entries, next: next), about: people.sorted())
    }

    private func worklistItems(
        of community: Int64, after: Int64, limit: Int
    ) throws(StoreError) -> (entries: [(item: WorklistItem, recorded: Instant)], next: Int64?) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT id, record, other, reason, recorded FROM worklist WHERE community = ? AND id > ?
                ORDER BY id LIMIT ?
                """)
            try statement.bind(1, community)
            try statement.bind(2, after)
            try statement.bind(3, limit)
            var entries: [(item: WorklistItem, recorded: Instant)] = []
            var last: Int64 = after
            try statement.forEach { row throws(SQLiteError) in
                last = row.int64(0)
                guard let reason = WorklistItem.Reason(rawValue: UInt8(truncatingIfNeeded: row.int(3))) else { return }
                let item = WorklistItem(
                    person: PersonID(row.int64(1)), other: row.optionalInt64(2).map { PersonID($0) }, reason: reason)
                entries.append((item, Instant(microseconds: row.int64(4))))
            }
            return (entries, entries.count == limit ? last : nil)
        }
    }
}
