/// A row about a person, cut down to the columns that the mapping reads.
package struct StagedRow: Hashable, Sendable {
    package let file: HMISFile
    /// The PersonalID.
    package let person: String
    /// The HouseholdID of an enrolment, the EnrollmentID of any other row; may be empty.
    package let group: String
    /// The row's own id, unique in its file.
    package let key: String
    /// The line of the file.
    package let number: Int
    /// The kept columns, each as its length and its bytes.
    package let fields: [UInt8]

    package init(file: HMISFile, person: String, group: String, key: String, number: Int, fields: [UInt8]) {
        self.file = file
        self.person = person
        self.group = group
        self.key = key
        self.number = number
        self.fields = fields
    }
}

/// Where the rows of an export wait until a person's rows are together; a file on disk, so that memory stays flat.
package protocol StagedRows: AnyObject {
    /// Keeps the row; `false`, and not kept, if the file already has a row with that key.
    func append(_ row: StagedRow) throws -> Bool

    /// Called once after the last row, before anything is read back.
    func finishAppending() throws

    /// Calls back once for each person in a stable order of their keys, with all their rows by file (in the order
    /// of `HMISFile.allCases`) and line.
    func forEachPerson(_ body: (_ person: String, _ rows: [StagedRow]) throws -> Void) throws

    /// The enrolments with that HouseholdID, and the exits of these enrolments; no more than `limit` enrolments.
    func enrolments(ofHousehold household: String, limit: Int) throws -> [StagedRow]
}

/// Staged rows in memory: for tests, and for trying a small export out.
package final class MemoryStagedRows: StagedRows {
    private struct RowKey: Hashable {
        let file: HMISFile
        let key: String
    }

    private var persons: [String: [StagedRow]] = [:]
    private var seen: Set<RowKey> = []
    private var households: [String: [StagedRow]] = [:]
    private var exits: [String: [StagedRow]] = [:]

    package init() {}

    package func append(_ row: StagedRow) throws -> Bool {
        guard seen.insert(RowKey(file: row.file, key: row.key)).inserted else { return false }
        persons[row.person, default: []].append(row)
        if row.file == .enrollment { households[row.group, default: []].append(row) }
        if row.file == .exit { exits[row.group, default: []].append(row) }
        return true
    }

    package func finishAppending() throws {
        seen = []
    }

    package func forEachPerson(_ body: (_ person: String, _ rows: [StagedRow]) throws -> Void) throws {
        let order = Dictionary(uniqueKeysWithValues: HMISFile.allCases.enumerated().map { ($1, $0) })
        for person in persons.keys.sorted() {
            let rows = (persons[person] ?? []).sorted {
                (order[$0.file] ?? 0, $0.number) < (order[$1.file] ?? 0, $1.number)
            }
            try body(person, rows)
        }
    }

    package func enrolments(ofHousehold household: String, limit: Int) throws -> [StagedRow] {
        let enrolments = (households[household] ?? []).prefix(limit)
        return enrolments.flatMap { [$0] + (exits[$0.key] ?? []) }
    }
}

/// Reads the fields of a staged row one after the other.
struct PackedFields {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next field; empty after the last.
    mutating func next() -> ArraySlice<UInt8> {
        var length = 0
        var shift = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            length |= Int(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 || shift > 28 { break }
        }
        let end = min(bytes.count, place + length)
        defer { place = end }
        return bytes[place..<end]
    }

    mutating func text() -> String { String(decoding: next(), as: UTF8.self) }

    /// Writes `field` behind its length.
    static func append(_ field: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        var length = field.count
        while length >= 0x80 {
            bytes.append(UInt8(length & 0x7F) | 0x80)
            length >>= 7
        }
        bytes.append(UInt8(length))
        bytes.append(contentsOf: field)
    }
}
