internal import CSQLite

/// An open database; belongs to one thread at a time.
package final class Connection {
    /// What the connection is for, which decides how it is opened and configured.
    package enum Mode: Hashable, Sendable {
        /// The one connection that writes and checkpoints; creates the file.
        case readWriteCreate
        /// Any number of these beside the writer; they can change nothing, not even by a checkpoint.
        case readOnly
        /// A file of its own, outside the record: the target of a backup.
        case scratch
        /// No file at all.
        case memory
    }

    package let mode: Mode
    let database: Database
    private var statements: [StatementKey: Statement] = [:]

    /// Opens and configures the database; refuses a file that carries another application's number.
    package init(path: String, mode: Mode, applicationID: Int32) throws(SQLiteError) {
        self.mode = mode
        database =
            switch mode {
            case .readWriteCreate, .scratch:
                try Database(path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            case .readOnly: try Database(path: path, flags: SQLITE_OPEN_READONLY)
            case .memory: try Database(path: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            }
        try configure(applicationID: applicationID)
    }

    /// Failures that a test has ordered; nil in the product.
    package var faults: FaultPlan? {
        get { database.faults }
        set { database.faults = newValue }
    }

    /// Whether statements are refused outside a transaction, where each would commit itself.
    package var needsTransaction: Bool {
        get { database.needsTransaction }
        set { database.needsTransaction = newValue }
    }

    /// The prepared statement of that text, kept for the life of the connection.
    package func statement(_ sql: StaticString) throws(SQLiteError) -> Statement {
        let key = StatementKey(sql)
        if let kept = try kept(key, sql) { return kept }
        let text = UnsafeRawBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
        let prepared = try prepare(text.assumingMemoryBound(to: CChar.self), persistent: true)
        statements[key] = prepared
        return prepared
    }

    /// The prepared statement of that text with the row so many times and the rest after it, kept as the others are.
    ///
    /// Several rows to a statement: opening tables, beginning and ending cost once.
    package func statement(
        _ sql: StaticString, row: StaticString, times: Int, then rest: StaticString = ""
    ) throws(SQLiteError) -> Statement {
        let key = StatementKey(sql, times: times)
        if let kept = try kept(key, sql) { return kept }
        let rows = Array(repeating: row.description, count: times).joined(separator: ", ")
        let bytes = "\(sql) \(rows) \(rest)".utf8.map { CChar(bitPattern: $0) }
        let prepared = try bytes.withUnsafeBufferPointer { text throws(SQLiteError) in
            try prepare(text, persistent: true)
        }
        statements[key] = prepared
        return prepared
    }

    /// A statement of computed text, for once; the text must hold no values.
    package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        let bytes = sql.utf8.map { CChar(bitPattern: $0) }
        return try bytes.withUnsafeBufferPointer { text throws(SQLiteError) in
            try prepare(text, persistent: false)
        }
    }

    /// Prepares, runs and forgets.
    package func run(_ sql: StaticString) throws(SQLiteError) {
        try statement(sql).run()
    }

    /// Runs all statements of a script, one after the other; the first failure ends it.
    package func execute(_ script: String) throws(SQLiteError) {
        let bytes = script.utf8.map { CChar(bitPattern: $0) }
        try bytes.withUnsafeBufferPointer { text throws(SQLiteError) in
            var rest = text
            while !rest.isEmpty {
                let (statement, bytesRead) = try Statement.prepare(rest, on: database, persistent: false)
                try statement?.run()
                rest = UnsafeBufferPointer(rebasing: rest.dropFirst(bytesRead))
                if bytesRead == 0 { return }
            }
        }
    }

    /// Runs the script of a migration, which alone may write a constraint anew in the schema itself.
    package func executeMigration(_ script: String) throws(SQLiteError) {
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_DEFENSIVE, 0)
        defer { _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_DEFENSIVE, 1) }
        try execute(script)
    }

    /// Whether a transaction is open; after a failure the only way to learn if SQLite has rolled it back by itself.
    package var isInTransaction: Bool { sqlite3_get_autocommit(database.pointer) == 0 }

    /// Rows that the latest INSERT, UPDATE or DELETE touched.
    package var changes: Int { Int(sqlite3_changes64(database.pointer)) }

    package var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(database.pointer) }

    private func kept(_ key: StatementKey, _ sql: StaticString) throws(SQLiteError) -> Statement? {
        guard let kept = statements[key] else { return nil }
        guard !kept.isBusy else { throw SQLiteError(.misuse, message: "the statement is in use further up: \(sql)") }
        return kept
    }

    private func prepare(
        _ text: UnsafeBufferPointer<CChar>, persistent: Bool
    ) throws(SQLiteError) -> Statement {
        let (statement, bytesRead) = try Statement.prepare(text, on: database, persistent: persistent)
        guard let statement else { throw SQLiteError(.misuse, message: "no statement in the text") }
        guard text.dropFirst(bytesRead).allSatisfy({ $0 == 32 || $0 == 10 || $0 == 0 || $0 == 59 }) else {
            throw SQLiteError(.misuse, message: "more than one statement in the text")
        }
        return statement
    }
}

/// A literal's place and length, which tell two literals apart without reading them, and the rows added to it.
private struct StatementKey: Hashable {
    let start: UInt
    let count: Int
    /// Rows that were added to it; 0 of a literal as it stands.
    let times: Int

    init(_ sql: StaticString, times: Int = 0) {
        start = UInt(bitPattern: sql.utf8Start)
        count = sql.utf8CodeUnitCount
        self.times = times
    }

    /// One multiplication instead of SipHash: every row asks, and the literals of a program collide with no purpose.
    func _rawHashValue(seed: Int) -> Int {
        let mixed = (start ^ UInt(bitPattern: times << 48 ^ seed)) &* 0x9E37_79B9_7F4A_7C15
        return Int(bitPattern: mixed ^ mixed >> 32)
    }
}
