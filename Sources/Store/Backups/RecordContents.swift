package import CivilTime
import Crypto
import SQLite

/// What a copy of the record holds, table by table: two copies of one state have the same.
package struct RecordContents: Hashable, Sendable {
    /// One table's rows and what they hash to.
    package struct Table: Hashable, Sendable {
        package let name: String
        package let rows: Int
        /// SHA-256 of every row in the order of the primary key, as hexadecimal digits.
        package let hash: String
    }

    package let schemaVersion: Int
    /// When the last fact was recorded.
    package let lastChange: Instant?
    package let accessLog: AccessLogEnd
    /// In the order of their names.
    package let tables: [Table]

    init(schemaVersion: Int, lastChange: Instant?, accessLog: AccessLogEnd, tables: [Table]) {
        self.schemaVersion = schemaVersion
        self.lastChange = lastChange
        self.accessLog = accessLog
        self.tables = tables
    }

    /// Whether the other holds the same rows; what is wrong with its access log only a folder with the key can say.
    func isSame(as other: RecordContents) -> Bool {
        schemaVersion == other.schemaVersion && tables == other.tables && accessLog.last == other.accessLog.last
            && accessLog.head == other.accessLog.head
    }

    /// Checks a copy in full and counts what it holds: pages, indexes, foreign keys and the access log.
    ///
    /// - Parameters:
    ///   - path: the copy's file.
    ///   - folder: the data folder that the copy was taken from or is to go into.
    init(checking path: String, in folder: DataFolder) throws(StoreError) {
        let copy = try translatingErrors { () throws(SQLiteError) in
            let copy = try Connection(path: path, mode: .scratch, applicationID: RecordFile.applicationID)
            // 16 MiB: fewer ways to the disk, and hardly more memory than a server has anyway.
            try copy.execute("PRAGMA cache_size = -16384")
            return copy
        }
        let (problems, version, last, tables) = try translatingErrors { () throws(SQLiteError) in
            (
                try copy.integrityProblems(), try copy.userVersion(), try Journal(connection: copy).lastRecorded(),
                try TableDigest(connection: copy).all()
            )
        }
        if let first = problems.first { throw .damaged(detail: "the copy does not pass its check: \(first)") }
        self.init(
            schemaVersion: Int(version), lastChange: last.microseconds == 0 ? nil : last,
            accessLog: try AccessLogEnd(checking: copy, in: folder), tables: tables)
    }
}

/// Where the access log of a copy ends: what was cut off its tail shows by this.
package struct AccessLogEnd: Hashable, Sendable {
    /// The number of the last row; 0 while nobody has looked at anybody.
    package let last: Int64
    /// The end of its chain.
    package let head: AccessHead
    /// What does not hold; a copy is made all the same, as otherwise whoever alters the log ends all backups.
    package let problems: [String]

    init(last: Int64, head: AccessHead, problems: [String]) {
        self.last = last
        self.head = head
        self.problems = problems
    }

    /// Holds the log of a copy against its chain, with the key of the folder.
    init(checking copy: Connection, in folder: DataFolder) throws(StoreError) {
        let links = AccessLinks(connection: copy)
        let (last, hasLinks) = try translatingErrors { () throws(SQLiteError) in
            (try links.lastRow(), Int(try copy.userVersion()) >= Migrator.firstWithLinks)
        }
        guard hasLinks else {
            self.init(last: last, head: .none, problems: [])
            return
        }
        let check = try Reader(connection: copy).checkAccesses(in: folder)
        self.init(last: last, head: check.head, problems: check.problems)
    }
}

extension DataFolder {
    /// How the access log ended in each backup that lies here, by the backup's name: witnesses for a later check.
    package var accessHeads: [(name: String, head: AccessHead)] {
        BackupShelf.manifests(in: backupsPath).map { ($0.name, $0.manifest.contents.accessLog.head) }
    }
}

/// Hashes tables row by row, so that a record of any size takes the memory of a few rows.
struct TableDigest {
    let connection: Connection
    private static let bytesAtOnce = 1 << 18

    func all() throws(SQLiteError) -> [RecordContents.Table] {
        var names: [(String, isWithoutRowID: Bool)] = []
        try connection.statement(
            """
            SELECT name, wr FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name
            """
        ).forEach { row throws(SQLiteError) in names.append((row.string(0), row.int(1) == 1)) }
        var tables: [RecordContents.Table] = []
        for (name, isWithoutRowID) in names {
            tables.append(try digest(name, order: isWithoutRowID ? try primaryKey(of: name) : "rowid"))
        }
        return tables
    }

    private func primaryKey(of table: String) throws(SQLiteError) -> String {
        let statement = try connection.statement("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
        try statement.bind(1, table)
        var columns: [String] = []
        try statement.forEach { row throws(SQLiteError) in columns.append(Self.quoted(row.string(0))) }
        return columns.joined(separator: ", ")
    }

    private func digest(_ name: String, order: String) throws(SQLiteError) -> RecordContents.Table {
        var hash = SHA256()
        var bytes: [UInt8] = []
        var rows = 0
        // Names of the schema, which is ours; there is no other way to name a table.
        try connection.prepare("SELECT * FROM \(Self.quoted(name)) ORDER BY \(order)").forEach { row in
            rows += 1
            row.appendContents(to: &bytes)
            guard bytes.count >= Self.bytesAtOnce else { return }
            hash.update(data: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        hash.update(data: bytes)
        return RecordContents.Table(name: name, rows: rows, hash: Hex.text(hash.finalize()))
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
