import Crypto
import SQLite

/// Where the access log ends: what a copy of it, or a check on another day, is held against.
package struct AccessHead: Hashable, Sendable {
    /// The number of the last link, and of the last row that it holds; 0 of an empty log.
    package let link: Int64
    package let through: Int64
    package let mac: [UInt8]

    package init(link: Int64, through: Int64, mac: [UInt8]) {
        self.link = link
        self.through = through
        self.mac = mac
    }

    static let none = AccessHead(link: 0, through: 0, mac: [UInt8](repeating: 0, count: 32))

    /// As manifests and checks write it: link, last row, keyed hash.
    package var text: String { "\(link):\(through):\(Hex.text(mac))" }

    /// A head as `text` writes it; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let link = Int64(Substring(parts[0])), let through = Int64(Substring(parts[1])),
            let mac = Hex.bytes(parts[2]), mac.count == 32
        else { return nil }
        self.init(link: link, through: through, mac: mac)
    }
}

/// Makes the links of the access log: each a keyed hash over the rows of one commit group and the link before.
final class AccessChain {
    private let connection: Connection
    private let key: AccessKey
    private var head: AccessHead?

    init(connection: Connection, key: AccessKey) {
        self.connection = connection
        self.key = key
    }

    /// Links the rows that this group has logged, the last that there are.
    ///
    /// Rows before them that no link holds are somebody else's: they stay outside, where a check finds them.
    func link(rows count: Int) throws(SQLiteError) {
        guard count > 0 else { return }
        let links = AccessLinks(connection: connection)
        let before: AccessHead
        if let head { before = head } else { before = try links.head() }
        let last = try links.lastRow()
        try add(first: last - Int64(count) + 1, through: last, after: before)
    }

    /// Links what was logged before there were links.
    func linkFormerRows() throws(SQLiteError) {
        let links = AccessLinks(connection: connection)
        let (head, last) = (try links.head(), try links.lastRow())
        guard head.link == 0, last > 0 else { return }
        try add(first: 1, through: last, after: head)
    }

    /// What is remembered of the last link was rolled back, perhaps.
    func forget() { head = nil }

    private func add(first: Int64, through: Int64, after before: AccessHead) throws(SQLiteError) {
        var hash = LinkHash(key, link: before.link + 1, before: before.mac)
        try AccessLinks(connection: connection).forEachRow(from: first, through: through) { row throws(SQLiteError) in
            hash.add(row)
        }
        let mac = hash.finalize()
        let statement = try connection.statement(
            "INSERT INTO access_link (id, first, through, key, mac) VALUES (?, ?, ?, ?, ?)")
        try statement.bind(1, before.link + 1)
        try statement.bind(2, first)
        try statement.bind(3, through)
        try statement.bind(4, key.name)
        try statement.bind(5, mac)
        try statement.run()
        head = AccessHead(link: before.link + 1, through: through, mac: mac)
    }
}

/// The keyed hash of one link.
struct LinkHash {
    private let key: AccessKey
    private var bytes: [UInt8]

    init(_ key: AccessKey, link: Int64, before: [UInt8]) {
        self.key = key
        bytes = before
        bytes.reserveCapacity(4_096)
        add(link)
    }

    /// Takes in a row as `AccessLinks.forEachRow` reads it.
    mutating func add(_ row: Statement) {
        for column in [0, 1, 2, 3, 6, 7] { add(row.int64(column)) }
        for column in [4, 5] {
            row.withBytes(column) { text in
                add(Int64(text.count))
                bytes.append(contentsOf: text)
            }
        }
    }

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    func finalize() -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key.key)) }
}

/// The links and rows of the access log, as they lie in the file.
struct AccessLinks {
    let connection: Connection

    struct Link {
        let id: Int64
        let first: Int64
        let through: Int64
        let key: [UInt8]
        let mac: [UInt8]
    }

    func head() throws(SQLiteError) -> AccessHead {
        let statement = try connection.statement("SELECT id, through, mac FROM access_link ORDER BY id DESC LIMIT 1")
        return try statement.first { row throws(SQLiteError) in
            AccessHead(link: row.int64(0), through: row.int64(1), mac: row.bytes(2))
        } ?? .none
    }

    func lastRow() throws(SQLiteError) -> Int64 {
        let statement = try connection.statement("SELECT max(seq) FROM access_log")
        return try statement.first { row throws(SQLiteError) in row.int64(0) } ?? 0
    }

    func forEachLink(_ body: (Link) throws(SQLiteError) -> Void) throws(SQLiteError) {
        try connection.prepare("SELECT id, first, through, key, mac FROM access_link ORDER BY id").forEach {
            row throws(SQLiteError) in
            try body(
                Link(
                    id: row.int64(0), first: row.int64(1), through: row.int64(2), key: row.bytes(3),
                    mac: row.bytes(4)))
        }
    }

    /// In order; their numbers are the first column.
    func forEachRow(
        from first: Int64, through last: Int64, _ body: (Statement) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT seq, community, actor, record, fields, purpose, recorded, request FROM access_log
            WHERE seq BETWEEN ? AND ? ORDER BY seq
            """)
        try statement.bind(1, first)
        try statement.bind(2, last)
        try statement.forEach(body)
    }
}
