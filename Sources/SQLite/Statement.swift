internal import CSQLite

/// A prepared statement: bind by index (from 1), step, read columns by index (from 0), reset.
package final class Statement {
    private let pointer: OpaquePointer
    private let database: Database

    /// Prepares the first statement of that text and says how many bytes of it were read; `nil` if there is none.
    static func prepare(
        _ text: UnsafeBufferPointer<CChar>, on database: Database, persistent: Bool
    ) throws(SQLiteError) -> (statement: Statement?, bytesRead: Int) {
        var prepared: OpaquePointer?
        var tail: UnsafePointer<CChar>?
        let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sqlite3_prepare_v3(
            database.pointer, text.baseAddress, Int32(clamping: text.count), flags, &prepared, &tail)
        guard code == SQLITE_OK else { throw SQLiteError(preparing: code, on: database.pointer) }
        guard let start = text.baseAddress, let tail else { return (nil, text.count) }
        return (prepared.map { Statement($0, on: database) }, tail - start)
    }

    private init(_ pointer: OpaquePointer, on database: Database) {
        self.pointer = pointer
        self.database = database
    }

    deinit {
        sqlite3_finalize(pointer)
    }

    /// Whether it has given a row and has not been reset since.
    package var isBusy: Bool { sqlite3_stmt_busy(pointer) != 0 }

    /// Goes on to the next row; false at the end.
    package func step() throws(SQLiteError) -> Bool {
        do throws(SQLiteError) {
            try database.refuseOutsideTransaction()
            try database.meetFaults(before: sqlite3_sql(pointer))
        } catch {
            sqlite3_reset(pointer)
            throw error
        }
        let code = sqlite3_step(pointer)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let error = SQLiteError(running: code, on: database.pointer)
        sqlite3_reset(pointer)
        throw error
    }

    /// Makes it ready to be stepped anew and forgets what was bound, which may be somebody's name.
    package func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    /// Steps to the end, passing over rows, and resets.
    package func run() throws(SQLiteError) {
        defer { reset() }
        while try step() {}
    }

    /// Hands itself over at each row, and resets.
    package func forEach(_ row: (Statement) throws(SQLiteError) -> Void) throws(SQLiteError) {
        defer { reset() }
        while try step() { try row(self) }
    }

    /// What is read from the first row, or `nil` if there is none; resets.
    package func first<Answer>(
        _ read: (Statement) throws(SQLiteError) -> Answer
    ) throws(SQLiteError) -> Answer? {
        defer { reset() }
        guard try step() else { return nil }
        return try read(self)
    }
}

extension Statement {
    package func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
        try check(sqlite3_bind_int64(pointer, Int32(truncatingIfNeeded: index), value))
    }

    package func bind(_ index: Int, _ value: Int) throws(SQLiteError) {
        try bind(index, Int64(value))
    }

    /// A value that is not a number becomes NULL, as SQLite has it.
    package func bind(_ index: Int, _ value: Double) throws(SQLiteError) {
        try check(sqlite3_bind_double(pointer, Int32(truncatingIfNeeded: index), value))
    }

    package func bind(_ index: Int, _ value: String) throws(SQLiteError) {
        let place = Int32(truncatingIfNeeded: index)
        let code = value.utf8.withContiguousStorageIfAvailable { bindText(place, UnsafeRawBufferPointer($0)) }
        try check(code ?? Array(value.utf8).withUnsafeBytes { bindText(place, $0) })
    }

    /// A blob.
    package func bind(_ index: Int, _ value: [UInt8]) throws(SQLiteError) {
        try check(value.withUnsafeBytes { bindBlob(Int32(truncatingIfNeeded: index), $0) })
    }

    /// A blob; the bytes are copied before this returns.
    package func bind(_ index: Int, _ value: UnsafeRawBufferPointer) throws(SQLiteError) {
        try check(bindBlob(Int32(truncatingIfNeeded: index), value))
    }

    package func bindNull(_ index: Int) throws(SQLiteError) {
        try check(sqlite3_bind_null(pointer, Int32(truncatingIfNeeded: index)))
    }

    package func bind(_ index: Int, _ value: Int64?) throws(SQLiteError) {
        guard let value else { return try bindNull(index) }
        try bind(index, value)
    }

    package func bind(_ index: Int, _ value: Int?) throws(SQLiteError) {
        guard let value else { return try bindNull(index) }
        try bind(index, value)
    }

    package func bind(_ index: Int, _ value: Double?) throws(SQLiteError) {
        guard let value else { return try bindNull(index) }
        try bind(index, value)
    }

    package func bind(_ index: Int, _ value: String?) throws(SQLiteError) {
        guard let value else { return try bindNull(index) }
        try bind(index, value)
    }

    package func bind(_ index: Int, _ value: [UInt8]?) throws(SQLiteError) {
        guard let value else { return try bindNull(index) }
        try bind(index, value)
    }

    private func bindText(_ place: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else {
            return sqlite3_bind_text64(pointer, place, "", 0, bnl_sqlite_transient(), UInt8(SQLITE_UTF8))
        }
        return sqlite3_bind_text64(
            pointer, place, start, UInt64(bytes.count), bnl_sqlite_transient(), UInt8(SQLITE_UTF8))
    }

    private func bindBlob(_ place: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        // A null pointer would bind NULL, which an empty blob is not.
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, place, 0) }
        return sqlite3_bind_blob64(pointer, place, start, UInt64(bytes.count), bnl_sqlite_transient())
    }

    @inline(__always)
    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw SQLiteError(general: code) }
    }
}

extension Statement {
    package var columnCount: Int { Int(sqlite3_column_count(pointer)) }

    package func isNull(_ column: Int) -> Bool { columnType(column) == SQLITE_NULL }

    func columnType(_ column: Int) -> Int32 { sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column)) }

    /// NULL reads as 0; ask `optionalInt64` where a column may be NULL.
    package func int64(_ column: Int) -> Int64 {
        sqlite3_column_int64(pointer, Int32(truncatingIfNeeded: column))
    }

    package func int(_ column: Int) -> Int { Int(int64(column)) }

    package func double(_ column: Int) -> Double {
        sqlite3_column_double(pointer, Int32(truncatingIfNeeded: column))
    }

    /// NULL reads as the empty text; bytes that are not UTF-8 are repaired.
    package func string(_ column: Int) -> String {
        withText(column) { String(decoding: $0, as: UTF8.self) }
    }

    package func bytes(_ column: Int) -> [UInt8] { withBytes(column) { Array($0) } }

    package func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    package func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    package func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    package func optionalString(_ column: Int) -> String? { isNull(column) ? nil : string(column) }

    package func optionalBytes(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

    /// The bytes of a text, uncopied; they are gone with the row.
    package func withText<Answer>(_ column: Int, _ read: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        let place = Int32(truncatingIfNeeded: column)
        // The text is asked for first: only then does the number of bytes belong to UTF-8 text.
        let start = sqlite3_column_text(pointer, place)
        let count = Int(sqlite3_column_bytes(pointer, place))
        return read(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    /// The bytes of a blob, uncopied; they are gone with the row.
    package func withBytes<Answer>(_ column: Int, _ read: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        let place = Int32(truncatingIfNeeded: column)
        let start = sqlite3_column_blob(pointer, place)
        let count = Int(sqlite3_column_bytes(pointer, place))
        return read(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}
