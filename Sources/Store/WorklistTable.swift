import ByNameList
import CivilTime
import SQLite

/// The rows of what waits for coordinators, and of what they have settled.
struct WorklistTable {
    let connection: Connection

    /// Leaves an item; nothing if it waits already, or if a coordinator has said that the two are different people.
    ///
    /// - Parameter isNew: about somebody new nothing was left yet.
    func leave(
        _ item: WorklistItem, isNew: Bool, in community: Int64, recorded: Instant
    ) throws(SQLiteError) {
        if !isNew {
            if try isThere(item) { return }
            if let other = item.other, try areDifferent(item.person, other) { return }
        }
        let statement = try connection.statement(
            "INSERT INTO worklist (community, record, other, reason, recorded) VALUES (?, ?, ?, ?, ?)")
        try statement.bind(1, community)
        try statement.bind(2, item.person.number)
        try statement.bind(3, item.other?.number)
        try statement.bind(4, Int(item.reason.rawValue))
        try statement.bind(5, recorded.microseconds)
        try statement.run()
    }

    private func isThere(_ item: WorklistItem) throws(SQLiteError) -> Bool {
        let statement = try connection.statement(
            "SELECT 1 FROM worklist WHERE record = ? AND other IS ? AND reason = ? LIMIT 1")
        try statement.bind(1, item.person.number)
        try statement.bind(2, item.other?.number)
        try statement.bind(3, Int(item.reason.rawValue))
        return try statement.first { row throws(SQLiteError) in row.int(0) } != nil
    }

    /// Whether a coordinator has said of any records of the two that they are different people's.
    func areDifferent(_ person: PersonID, _ other: PersonID) throws(SQLiteError) -> Bool {
        try items(between: person, other).contains { $0.dismissal != nil }
    }

    /// Everything that was ever left about any records of the two, whichever came first.
    func items(between person: PersonID, _ other: PersonID) throws(SQLiteError) -> [WorklistEntry] {
        let journal = Journal(connection: connection)
        let statement = try connection.statement(
            """
            SELECT worklist.id, record, other, reason, recorded, dismissed, agency, name
            FROM worklist LEFT JOIN actor ON actor.id = worklist.actor
            WHERE (record = ?1 AND other = ?2) OR (record = ?2 AND other = ?1)
            """)
        var found: [WorklistEntry] = []
        for one in try journal.records(of: person) {
            for two in try journal.records(of: other) {
                try statement.bind(1, one)
                try statement.bind(2, two)
                found += try entries(statement)
            }
        }
        return found
    }

    /// The items of a statement that reads them as the others here do.
    func entries(_ statement: Statement) throws(SQLiteError) -> [WorklistEntry] {
        let journal = Journal(connection: connection)
        var entries: [WorklistEntry] = []
        try statement.forEach { row throws(SQLiteError) in
            guard let reason = WorklistItem.Reason(rawValue: UInt8(truncatingIfNeeded: row.int(3))) else {
                throw SQLiteError(.corrupt, message: "an item of the worklist has a reason that is not known")
            }
            let person = try journal.person(of: PersonID(row.int64(1)))
            let other = try row.optionalInt64(2).map { other throws(SQLiteError) in
                try journal.person(of: PersonID(other))
            }
            entries.append(
                WorklistEntry(
                    number: row.int64(0), item: WorklistItem(person: person, other: other, reason: reason),
                    recorded: Instant(microseconds: row.int64(4)),
                    dismissal: row.optionalInt64(5).map {
                        WorklistDismissal(
                            recorded: Instant(microseconds: $0), agency: row.string(6), user: row.string(7))
                    }))
        }
        return entries
    }
}
