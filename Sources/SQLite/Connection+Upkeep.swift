internal import CSQLite

/// How far the write-ahead log has been copied into the database.
package struct Checkpoint: Hashable, Sendable {
    package let walFrames: Int
    package let copiedFrames: Int
    /// A reader or another writer kept it from finishing.
    package let isBlocked: Bool
}

extension Connection {
    /// How much a checkpoint insists.
    package enum CheckpointMode: Hashable, Sendable {
        /// Copies what no reader is in the way of; waits for nobody.
        case passive
        /// Copies everything and cuts the log to nothing, so that no deleted text stays behind in it.
        case truncate
    }

    /// Copies the log into the database; only the writer may, because SQLite 3.40.1 cannot bear two (WAL-reset bug).
    package func checkpoint(
        _ checkpointMode: CheckpointMode, waitMilliseconds: Int32 = 0
    ) throws(SQLiteError) -> Checkpoint {
        guard mode == .readWriteCreate else { throw SQLiteError(.misuse, message: "only the writer checkpoints") }
        let sql: StaticString = "PRAGMA wal_checkpoint"
        try database.meetFaults(before: UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self))
        let insistence =
            switch checkpointMode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        // A long report must not hold up the writer for the five seconds that a lock is otherwise waited for.
        sqlite3_busy_timeout(database.pointer, waitMilliseconds)
        defer { sqlite3_busy_timeout(database.pointer, busyWaitMilliseconds) }
        var frames: Int32 = -1
        var copied: Int32 = -1
        let code = sqlite3_wal_checkpoint_v2(database.pointer, nil, insistence, &frames, &copied)
        let isBusy = ResultCode(extended: code) == .busy
        guard code == SQLITE_OK || isBusy else { throw SQLiteError(running: code, on: database.pointer) }
        let isPartial = copied < frames
        return Checkpoint(
            walFrames: Int(max(frames, 0)), copiedFrames: Int(max(copied, 0)), isBlocked: isBusy || isPartial)
    }

    /// Copies the whole database as it is now into another, beside any writing.
    ///
    /// One read transaction is held throughout: without it every commit of the writer would start the copy anew.
    /// It keeps the log from being reset, so `goesOn` is asked after each portion and may end the copy.
    package func backup(
        to target: Connection, pagesPerStep: Int32 = 512,
        goesOn: (_ pagesLeft: Int, _ pagesInAll: Int) -> Bool = { _, _ in true }
    ) throws(SQLiteError) {
        let isOwn = !isInTransaction
        if isOwn { try run("BEGIN") }
        defer { if isOwn, isInTransaction { endRead() } }
        _ = try statement("SELECT count(*) FROM sqlite_schema").first { row in row.int64(0) }
        guard let copy = sqlite3_backup_init(target.database.pointer, "main", database.pointer, "main") else {
            let code = sqlite3_extended_errcode(target.database.pointer)
            throw SQLiteError(running: code, on: target.database.pointer)
        }
        var code = SQLITE_OK
        var isStopped = false
        while code == SQLITE_OK, !isStopped {
            code = sqlite3_backup_step(copy, pagesPerStep)
            let left = Int(sqlite3_backup_remaining(copy))
            isStopped = code == SQLITE_OK && !goesOn(left, Int(sqlite3_backup_pagecount(copy)))
        }
        let end = sqlite3_backup_finish(copy)
        guard !isStopped else { throw SQLiteError(.interrupt, message: "the backup was stopped") }
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw SQLiteError(general: code == SQLITE_DONE ? end : code)
        }
        // The first page came with the source's journal mode; a copy that is put aside has no log beside it.
        try target.setJournalMode()
    }

    /// What SQLite's full check finds wrong with the file; empty if all is well.
    package func integrityProblems() throws(SQLiteError) -> [String] {
        var found: [String] = []
        try statement("PRAGMA integrity_check(100)").forEach { row in found.append(row.string(0)) }
        try statement("PRAGMA foreign_key_check").forEach { row in
            found.append("a row of \(row.string(0)) points to a missing row of \(row.string(2))")
        }
        return found == ["ok"] ? [] : found.filter { $0 != "ok" }
    }

    /// What SQLite's short check finds wrong with the file: pages and their order, not indexes against tables.
    package func quickProblems() throws(SQLiteError) -> [String] {
        var found: [String] = []
        try statement("PRAGMA quick_check(10)").forEach { row in found.append(row.string(0)) }
        return found.filter { $0 != "ok" }
    }

    /// Leaves the log as it is when the connection closes, for the next start to read.
    package func keepLogOnClose() {
        _ = bnl_sqlite_set_config(database.pointer, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    }

    private func endRead() {
        // A read transaction has nothing to lose: if its end fails, closing the connection ends it.
        try? run("ROLLBACK")
    }
}

extension Connection {
    /// Keeps `logPages` true: the frames in the write-ahead log after the last commit.
    package func watchLog() {
        sqlite3_wal_hook(
            database.pointer,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, database.logPages)
    }

    /// The frames in the write-ahead log after the last commit, once `watchLog` was called.
    package var logPages: Int { Int(database.logPages.pointee) }
}

extension Connection {
    /// The version of the library, as `3.40.1`.
    package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// Likewise as a number, as 3040001.
    package static var libraryVersionNumber: Int { Int(sqlite3_libversion_number()) }
}
