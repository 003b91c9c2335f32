internal import CSQLite

/// The open handle that a connection shares with its statements; closed when the last of them is gone.
final class Database {
    let pointer: OpaquePointer
    var faults: FaultPlan?
    var needsTransaction = false
    /// Written by the hook that counts the frames of the log; on the heap, where it has an address.
    let logPages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    /// Once for the process; a library that somebody else has begun already goes on as it is.
    private static let isConfigured = bnl_sqlite_count_no_memory() == SQLITE_OK

    init(path: String, flags: Int32) throws(SQLiteError) {
        _ = Database.isConfigured
        var opened: OpaquePointer?
        // NOMUTEX: a connection belongs to one thread at a time. EXRESCODE: full result codes from the first call on.
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError(preparing: code, on: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        pointer = opened
        logPages.initialize(to: 0)
    }

    deinit {
        sqlite3_close_v2(pointer)
        logPages.deallocate()
    }

    /// Throws what the fault plan holds for this step; without a plan this is one comparison with nil.
    @inline(__always)
    func meetFaults(before sql: @autoclosure () -> UnsafePointer<CChar>?) throws(SQLiteError) {
        guard let faults else { return }
        try meet(faults, before: sql())
    }

    /// Throws where a transaction is needed and none is open.
    @inline(__always)
    func refuseOutsideTransaction() throws(SQLiteError) {
        guard needsTransaction, sqlite3_get_autocommit(pointer) != 0 else { return }
        throw SQLiteError(.abort, message: "the transaction was rolled back")
    }

    private func meet(_ faults: FaultPlan, before sql: UnsafePointer<CChar>?) throws(SQLiteError) {
        guard let sql, let fault = faults.fault(before: sql) else { return }
        if fault.rollsBack, sqlite3_get_autocommit(pointer) == 0 {
            sqlite3_exec(pointer, "ROLLBACK", nil, nil, nil)
        }
        throw SQLiteError(general: fault.code.rawValue)
    }
}
