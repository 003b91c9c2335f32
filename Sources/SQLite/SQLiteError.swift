internal import CSQLite

/// What SQLite said when it refused; never the values that were bound.
package struct SQLiteError: Error, Hashable, Sendable {
    /// The family of the failure, for callers that decide by it.
    package let code: ResultCode
    /// The number in full, as sqlite.org/rescode.html lists it.
    package let extendedCode: Int32
    package let message: String

    package init(_ code: ResultCode, extendedCode: Int32? = nil, message: String) {
        self.code = code
        self.extendedCode = extendedCode ?? code.rawValue
        self.message = message
    }
}

extension SQLiteError {
    /// Whether the system could not say that what was written is on the disk: what is there now, nobody knows.
    package var isFailedSync: Bool {
        extendedCode == SQLITE_IOERR | 4 << 8 || extendedCode == SQLITE_IOERR | 5 << 8
    }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String { "SQLite \(extendedCode): \(message)" }
}

extension SQLiteError {
    /// A refusal to prepare or to open: the text speaks of our own SQL, which holds no values.
    init(preparing extendedCode: Int32, on database: OpaquePointer?) {
        let text = database.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(extendedCode)
        self.init(
            ResultCode(extended: extendedCode), extendedCode: extendedCode,
            message: text.map { String(cString: $0) } ?? "unknown")
    }

    /// A refusal while running.
    ///
    /// Only a broken constraint speaks in SQLite's own words, which name tables and columns. Other texts may quote
    /// what was bound, as `bad JSON path: '…'` does, and are replaced by the general text of their number.
    init(running extendedCode: Int32, on database: OpaquePointer) {
        let code = ResultCode(extended: extendedCode)
        guard code == .constraint else {
            self.init(general: extendedCode)
            return
        }
        self.init(preparing: extendedCode, on: database)
    }

    init(general extendedCode: Int32) {
        self.init(preparing: extendedCode, on: nil)
    }
}

/// SQLite's primary result codes (sqlite.org/rescode.html).
package enum ResultCode: Int32, CaseIterable, Hashable, Sendable {
    case error = 1
    case internalFault = 2
    case permission = 3
    case abort = 4
    case busy = 5
    case locked = 6
    case noMemory = 7
    case readOnly = 8
    case interrupt = 9
    case ioError = 10
    case corrupt = 11
    case notFound = 12
    case full = 13
    case cannotOpen = 14
    case lockProtocol = 15
    case empty = 16
    case schema = 17
    case tooBig = 18
    case constraint = 19
    case mismatch = 20
    case misuse = 21
    case noLargeFiles = 22
    case authorization = 23
    case format = 24
    case range = 25
    case notADatabase = 26
    case notice = 27
    case warning = 28

    /// The family of an extended code, which lies in its lowest byte; a number of the future is a plain error.
    package init(extended: Int32) {
        self = ResultCode(rawValue: extended & 0xff) ?? .error
    }
}
