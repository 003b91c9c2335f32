import Glibc
package import HMIS
import SQLite

/// The rows of an export while they wait for their persons, in a file without a name.
///
/// The file lies in the data folder, for the owner only, and loses its name as soon as it is open: whatever ends the
/// program, the system gives its room back and nothing personal is left. Nothing is ever committed, so that a small
/// export never reaches the disk.
package final class ScratchRows: StagedRows {
    /// What the pages of the file may take in memory, whatever its size.
    private static let cacheKibibytes = 32 * 1024
    private static let prefix = "import.scratch-"

    private let connection: Connection
    private let insert: Statement
    private let enrolmentsOfHousehold: Statement
    private let exitsOfEnrolment: Statement

    package init(_ folder: DataFolder) throws(StoreError) {
        ScratchRows.removeLeftovers(in: folder)
        let path = try ScratchRows.newFile(in: folder)
        defer { unlink(path) }
        let scratch = try translatingErrors { () throws(SQLiteError) in
            let connection = try Connection(path: path, mode: .scratch, applicationID: RecordFile.applicationID)
            try connection.execute(ScratchRows.setUp)
            try connection.execute("PRAGMA cache_size = -\(ScratchRows.cacheKibibytes)")
            try connection.execute(ScratchRows.schema)
            return connection
        }
        connection = scratch
        (insert, enrolmentsOfHousehold, exitsOfEnrolment) = try translatingErrors { () throws(SQLiteError) in
            try ScratchRows.statements(scratch)
        }
    }

    package func append(_ row: StagedRow) throws -> Bool {
        try insert.bind(1, ScratchRows.number(of: row.file))
        try insert.bind(2, row.person)
        try insert.bind(3, row.group)
        try insert.bind(4, row.key)
        try insert.bind(5, row.number)
        try insert.bind(6, row.fields)
        try insert.run()
        return connection.changes == 1
    }

    package func finishAppending() throws {
        try connection.execute(ScratchRows.indexes)
    }

    package func forEachPerson(_ body: (_ person: String, _ rows: [StagedRow]) throws -> Void) throws {
        let statement = try connection.statement(
            "SELECT file, person, owner, key, number, fields FROM row ORDER BY person, file, number")
        defer { statement.reset() }
        var person: String?
        var rows: [StagedRow] = []
        while try statement.step() {
            let row = ScratchRows.row(statement)
            if let person, person != row.person {
                try body(person, rows)
                rows.removeAll(keepingCapacity: true)
            }
            person = row.person
            rows.append(row)
        }
        if let person { try body(person, rows) }
    }

    package func enrolments(ofHousehold household: String, limit: Int) throws -> [StagedRow] {
        try enrolmentsOfHousehold.bind(1, household)
        try enrolmentsOfHousehold.bind(2, limit)
        var found: [StagedRow] = []
        try enrolmentsOfHousehold.forEach { row throws(SQLiteError) in found.append(ScratchRows.row(row)) }
        var rows: [StagedRow] = []
        for enrolment in found {
            rows.append(enrolment)
            try exitsOfEnrolment.bind(1, enrolment.key)
            try exitsOfEnrolment.forEach { row throws(SQLiteError) in rows.append(ScratchRows.row(row)) }
        }
        return rows
    }
}

extension ScratchRows {
    private static let setUp = """
        PRAGMA journal_mode = MEMORY;
        PRAGMA synchronous = OFF;
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA secure_delete = OFF;
        PRAGMA cell_size_check = OFF;
        -- Sorting an index must not take memory without bound; the file it spills into has no name either.
        PRAGMA temp_store = FILE;
        """

    private static let schema = """
        BEGIN EXCLUSIVE;
        CREATE TABLE row (
            id      INTEGER PRIMARY KEY,
            -- Its place in the order of files.
            file    INTEGER NOT NULL,
            key     TEXT NOT NULL,
            person  TEXT NOT NULL,
            -- The household of an enrolment, the enrolment of any other row.
            owner   TEXT NOT NULL,
            number  INTEGER NOT NULL,
            fields  BLOB NOT NULL,
            UNIQUE (file, key)
        ) STRICT;
        """

    // Made when all rows are there: sorting them once is quicker than keeping them sorted.
    private static let indexes = """
        CREATE INDEX row_of_person ON row (person, file, number);
        CREATE INDEX enrolment_of_household ON row (owner, number) WHERE file = \(number(of: .enrollment));
        CREATE INDEX exit_of_enrolment ON row (owner, number) WHERE file = \(number(of: .exit));
        """

    private static func statements(
        _ connection: Connection
    ) throws(SQLiteError) -> (insert: Statement, enrolments: Statement, exits: Statement) {
        let select = "SELECT file, person, owner, key, number, fields FROM row WHERE owner = ? AND file ="
        return (
            try connection.prepare(
                "INSERT OR IGNORE INTO row (file, person, owner, key, number, fields) VALUES (?, ?, ?, ?, ?, ?)"),
            try connection.prepare("\(select) \(number(of: .enrollment)) ORDER BY number LIMIT ?"),
            try connection.prepare("\(select) \(number(of: .exit)) ORDER BY number")
        )
    }

    private static let files = HMISFile.allCases
    private static let numbers = Dictionary(uniqueKeysWithValues: zip(files, 0...))

    private static func number(of file: HMISFile) -> Int { numbers[file] ?? -1 }

    private static func row(_ row: Statement) -> StagedRow {
        StagedRow(
            file: files[row.int(0)], person: row.string(1), group: row.string(2), key: row.string(3),
            number: row.int(4), fields: row.bytes(5))
    }

    /// A new and empty file of its own name, for the owner only.
    private static func newFile(in folder: DataFolder) throws(StoreError) -> String {
        var path = Array("\(folder.path)/\(prefix)XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw .unavailable(detail: "no file for the import can be made: \(systemMessage())")
        }
        close(descriptor)
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A program killed in the instant between a file's making and the loss of its name leaves an empty one behind.
    private static func removeLeftovers(in folder: DataFolder) {
        guard let directory = opendir(folder.path) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(prefix) { unlink("\(folder.path)/\(name)") }
        }
    }
}
