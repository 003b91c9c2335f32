internal import CSQLite
import Glibc

extension Connection {
    // Everything is read back: a pragma that SQLite does not know or cannot follow passes in silence.
    func configure(applicationID: Int32) throws(SQLiteError) {
        setSwitches()
        setLimits()
        sqlite3_busy_timeout(database.pointer, busyWaitMilliseconds)
        try claim(applicationID: applicationID)
        try setJournalMode()
        for (pragma, value) in Connection.pragmas { try set(pragma, to: value) }
        try set("query_only", to: mode == .readOnly ? 1 : 0)
    }

    /// Lets whoever has a claim to the thread's core go first, each time so many steps of SQLite's machine are done.
    ///
    /// Linux looks at who has a claim when somebody wakes, and again at the next tick, milliseconds later: who had run
    /// just before it woke would wait for that long behind a thread that only counts.
    package func givesWay(everySteps steps: Int32) {
        sqlite3_progress_handler(
            database.pointer, steps,
            { _ in
                sched_yield()
                return 0
            }, nil)
    }

    /// How long a lock of another process is waited for.
    var busyWaitMilliseconds: Int32 { 5_000 }

    #if BNL_POWER_CUT_RIG_MUST_FAIL
        // Compiled for one purpose: the power-cut rig has to find the losses that this causes.
        private static let synchronous: Int64 = 1
    #else
        private static let synchronous: Int64 = 2
    #endif

    private static let pragmas: [(String, Int64)] = [
        ("synchronous", synchronous),
        ("foreign_keys", 1),
        ("busy_timeout", 5_000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("journal_size_limit", 64 * 1024 * 1024),
        ("recursive_triggers", 1),
        // Nobody checkpoints but the writer, and the writer when it chooses to.
        ("wal_autocheckpoint", 0),
    ]

    private func setSwitches() {
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_DEFENSIVE, 1)
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0)
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_DQS_DML, 0)
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_DQS_DDL, 0)
        // A reader that closes last must not checkpoint either.
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, mode == .readOnly ? 1 : 0)
    }

    private func setLimits() {
        let limits: [(Int32, Int32)] = [
            (SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024),
            (SQLITE_LIMIT_SQL_LENGTH, 256 * 1024),
            (SQLITE_LIMIT_VARIABLE_NUMBER, 999),
            (SQLITE_LIMIT_COLUMN, 200),
            (SQLITE_LIMIT_EXPR_DEPTH, 200),
            (SQLITE_LIMIT_COMPOUND_SELECT, 50),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 50),
            // One, because VACUUM attaches a file of its own.
            (SQLITE_LIMIT_ATTACHED, 1),
            (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in limits { sqlite3_limit(database.pointer, limit, value) }
    }

    /// Marks a new file as ours and refuses another application's, before anything in it is touched.
    private func claim(applicationID: Int32) throws(SQLiteError) {
        let found = try pragma("application_id") ?? 0
        if found == Int64(applicationID) { return }
        switch mode {
        case .scratch: return
        case .readWriteCreate, .memory, .readOnly: break
        }
        guard mode != .readOnly, found == 0, try isEmpty() else {
            throw SQLiteError(
                .notADatabase, message: "the file carries application_id \(found), expected \(applicationID)")
        }
        try set("application_id", to: Int64(applicationID))
    }

    func setJournalMode() throws(SQLiteError) {
        let wanted =
            switch mode {
            case .readWriteCreate: "wal"
            case .readOnly: "wal"
            case .scratch: "delete"
            case .memory: "memory"
            }
        let sql = mode == .readOnly ? "PRAGMA journal_mode" : "PRAGMA journal_mode = \(wanted)"
        let found = try prepare(sql).first { row in row.string(0) } ?? ""
        guard found == wanted else {
            throw SQLiteError(.cannotOpen, message: "journal_mode is \(found), expected \(wanted)")
        }
    }

    private func set(_ name: String, to value: Int64) throws(SQLiteError) {
        try execute("PRAGMA \(name) = \(value)")
        let found = try pragma(name)
        guard found == value else {
            // mmap_size gives no row where the build has none, and none is what we want.
            if found == nil, value == 0 { return }
            throw SQLiteError(
                .cannotOpen, message: "\(name) is \(found.map(String.init) ?? "unknown"), expected \(value)")
        }
    }

    private func isEmpty() throws(SQLiteError) -> Bool {
        let tables = try prepare("SELECT count(*) FROM sqlite_schema").first { row in row.int64(0) }
        let version = try pragma("user_version")
        return tables == 0 && version == 0
    }

    private func pragma(_ name: String) throws(SQLiteError) -> Int64? {
        try prepare("PRAGMA \(name)").first { row in row.int64(0) }
    }
}

/// Whose file a database is and how new, asked before it is opened for use.
package enum FileOrigin: Hashable, Sendable {
    /// No tables and no mark.
    case empty
    /// Ours, of a schema version that this program knows.
    case ours(version: Int32)
    /// Ours, written by a program newer than this one.
    case newer(version: Int32)
    /// Another application's.
    case foreign(applicationID: Int32)
}

extension Connection {
    /// Whose file that is; looks at it read-only and changes nothing.
    package static func origin(
        of path: String, applicationID: Int32, newestVersion: Int32
    ) throws(SQLiteError) -> FileOrigin {
        let database = try Database(path: path, flags: SQLITE_OPEN_READONLY)
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        let found = try number("PRAGMA application_id", on: database)
        let version = try number("PRAGMA user_version", on: database)
        if found == applicationID {
            return version > newestVersion ? .newer(version: version) : .ours(version: version)
        }
        let tables = try number("SELECT count(*) FROM sqlite_schema", on: database)
        return found == 0 && version == 0 && tables == 0 ? .empty : .foreign(applicationID: found)
    }

    /// The schema version that the migrations have reached.
    package func userVersion() throws(SQLiteError) -> Int32 {
        try Connection.number("PRAGMA user_version", on: database)
    }

    private static func number(_ sql: StaticString, on database: Database) throws(SQLiteError) -> Int32 {
        let text = UnsafeRawBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
        let statement = try Statement.prepare(
            text.assumingMemoryBound(to: CChar.self), on: database, persistent: false
        ).statement
        return try Int32(truncatingIfNeeded: statement?.first { row in row.int64(0) } ?? 0)
    }
}
