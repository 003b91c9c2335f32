package import ByNameList
package import CivilTime
import SQLite

/// A page of what waits for a coordinator, and where the next one goes on from.
package struct WorklistPage: Sendable {
    package let entries: [WorklistEntry]
    package let next: Int64?
}

/// What was left for a coordinator, by a number of its own.
package struct WorklistEntry: Hashable, Sendable {
    package let number: Int64
    /// With the people as they are now.
    package let item: WorklistItem
    package let recorded: Instant
    /// `nil` while it waits.
    package let dismissal: WorklistDismissal?
}

/// Who said, and when, that the two of an item are different people.
package struct WorklistDismissal: Hashable, Sendable {
    package let recorded: Instant
    package let agency: String
    package let user: String
}

extension Reader {
    /// What was left for a coordinator and waits, in order of arrival.
    ///
    /// What is between records of one person is settled for as long as they are one.
    ///
    /// - Parameter mayShow: whom the coordinator may read; an item with somebody else is as if it were not there.
    package func worklist(
        of community: Int64, after: Int64, limit: Int, mayShow: (PersonID) throws -> Bool
    ) throws -> Withheld<WorklistPage> {
        var entries: [WorklistEntry] = []
        var next: Int64? = after
        // Until the page is full: a short one would tell how many items are not shown.
        while let place = next, entries.count < limit {
            let found = try waitingItems(of: community, after: place, limit: limit - entries.count)
            entries += try found.entries.filter { entry in
                try entry.item.other != entry.item.person && mayShow(entry.item.person)
                    && (try entry.item.other.map { try mayShow($0) } ?? true)
            }
            next = found.next
        }
        let people = Set(entries.flatMap { [$0.item.person] + ($0.item.other.map { [$0] } ?? []) })
        return Withheld(WorklistPage(entries: entries, next: next), about: people.sorted())
    }

    /// One item, settled or not; `nil` if the community has none of that number.
    package func worklistItem(_ number: Int64, of community: Int64) throws(StoreError) -> WorklistEntry? {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT worklist.id, record, other, reason, recorded, dismissed, agency, name
                FROM worklist LEFT JOIN actor ON actor.id = worklist.actor
                WHERE worklist.id = ? AND worklist.community = ?
                """)
            try statement.bind(1, number)
            try statement.bind(2, community)
            return try WorklistTable(connection: connection).entries(statement).first
        }
    }

    /// Everything that was ever left about any records of the two, whichever came first.
    package func worklistItems(
        between person: PersonID, _ other: PersonID
    ) throws(StoreError) -> [WorklistEntry] {
        try translatingErrors { () throws(SQLiteError) in
            try WorklistTable(connection: connection).items(between: person, other)
        }
    }

    private func waitingItems(
        of community: Int64, after: Int64, limit: Int
    ) throws(StoreError) -> (entries: [WorklistEntry], next: Int64?) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT id, record, other, reason, recorded, dismissed FROM worklist INDEXED BY worklist_waiting
                WHERE community = ? AND id > ? AND dismissed IS NULL ORDER BY id LIMIT ?
                """)
            try statement.bind(1, community)
            try statement.bind(2, after)
            try statement.bind(3, limit)
            let entries = try WorklistTable(connection: connection).entries(statement)
            return (entries, entries.count == limit ? entries.last?.number : nil)
        }
    }
}

extension CommunityLedger {
    /// The item of that number, settled or not; `nil` if the community has none.
    package func worklistItem(_ number: Int64) throws -> WorklistEntry? {
        try Reader(connection: transaction.connection).worklistItem(number, of: origin.community)
    }

    /// The two of an item are different people: it waits no more, nor does anything else between them, and they are not
    /// suggested again.
    package func dismiss(_ entry: WorklistEntry) throws {
        var numbers = [entry.number]
        if let other = entry.item.other {
            let table = WorklistTable(connection: transaction.connection)
            numbers += try table.items(between: entry.item.person, other).map(\.number)
        }
        for number in numbers {
            let statement = try transaction.connection.statement(
                "UPDATE worklist SET dismissed = ?, actor = ? WHERE id = ? AND dismissed IS NULL")
            try statement.bind(1, transaction.recorded.microseconds)
            try statement.bind(2, origin.actor)
            try statement.bind(3, number)
            try statement.run()
        }
    }
}
