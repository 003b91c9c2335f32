import Foundation
import SQLite
import Testing

@Suite struct `A connection` {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    static let expected: [(pragma: String, value: Int64)] = [
        ("application_id", Int64(applicationID)), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5_000),
        ("trusted_schema", 0), ("cell_size_check", 1), ("secure_delete", 1), ("temp_store", 2), ("mmap_size", 0),
        ("journal_size_limit", 67_108_864), ("recursive_triggers", 1), ("wal_autocheckpoint", 0),
    ]

    @Test func `of the writer is configured for power loss and hostile files`() throws {
        let writer = try folder.writer()
        for (pragma, value) in Self.expected {
            #expect(try number("PRAGMA \(pragma)", on: writer) == value, "\(pragma)")
        }
        #expect(try writer.prepare("PRAGMA journal_mode").first { $0.string(0) } == "wal")
        #expect(try number("PRAGMA query_only", on: writer) == 0)
    }

    @Test func `that gives way goes through with what it does`() throws {
        let connection = try folder.writer()
        connection.givesWay(everySteps: 10)
        let sum: StaticString =
            """
            WITH RECURSIVE counted (number) AS (
                SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 100000
            ) SELECT sum(number) FROM counted
            """
        #expect(try connection.statement(sum).first { $0.int64(0) } == 5_000_050_000)
    }

    @Test func `of a reader is configured likewise and may only read`() throws {
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT) STRICT")
        let reader = try folder.reader()
        for (pragma, value) in Self.expected {
            #expect(try number("PRAGMA \(pragma)", on: reader) == value, "\(pragma)")
        }
        #expect(try number("PRAGMA query_only", on: reader) == 1)
        let refused = failure { () throws(SQLiteError) in try reader.run("INSERT INTO note (id) VALUES (1)") }
        #expect(refused?.code == .readOnly)
        #expect(failure { () throws(SQLiteError) in _ = try reader.checkpoint(.passive) }?.code == .misuse)
        #expect(failure { () throws(SQLiteError) in try reader.run("PRAGMA user_version = 9") } != nil)
    }

    @Test func `takes no string for a column and no double-quoted text`() throws {
        let memory = try Connection(path: "", mode: .memory, applicationID: applicationID)
        #expect(failure { () throws(SQLiteError) in try memory.run("SELECT \"nothing of that name\"") }?.code == .error)
        let long = String(repeating: " ", count: 300_000)
        #expect(failure { () throws(SQLiteError) in try memory.execute("SELECT 1\(long);") }?.code == .tooBig)
    }

    @Test func `refuses another application's file and leaves it as it was`() throws {
        try folder.writer().execute("CREATE TABLE theirs (id INTEGER) STRICT")
        let error = failure { () throws(SQLiteError) in
            _ = try Connection(path: folder.file("record.db"), mode: .readWriteCreate, applicationID: 77)
        }
        #expect(error?.code == .notADatabase)
        #expect(try number("PRAGMA application_id", on: folder.reader()) == Int64(applicationID))
    }

    @Test func `tells whose file it is and whether it comes from the future`() throws {
        let path = folder.file("record.db")
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        #expect(try Connection.origin(of: path, applicationID: applicationID, newestVersion: 3) == .empty)
        let writer = try folder.writer()
        #expect(try Connection.origin(of: path, applicationID: applicationID, newestVersion: 3) == .ours(version: 0))
        try writer.execute("PRAGMA user_version = 4")
        #expect(try writer.userVersion() == 4)
        #expect(try Connection.origin(of: path, applicationID: applicationID, newestVersion: 3) == .newer(version: 4))
        #expect(try Connection.origin(of: path, applicationID: applicationID, newestVersion: 4) == .ours(version: 4))
        let foreign = try Connection.origin(of: path, applicationID: 77, newestVersion: 4)
        #expect(foreign == .foreign(applicationID: applicationID))
    }

    @Test func `says that a file of other bytes is no database`() throws {
        let path = folder.file("letter.txt")
        try Data(repeating: 65, count: 4_096).write(to: URL(fileURLWithPath: path))
        let error = failure { () throws(SQLiteError) in
            _ = try Connection(path: path, mode: .readWriteCreate, applicationID: applicationID)
        }
        #expect(error?.code == .notADatabase)
    }

    @Test func `keeps a statement and refuses to hand it out while it runs`() throws {
        let memory = try Connection(path: "", mode: .memory, applicationID: applicationID)
        let sql: StaticString = "SELECT 1 UNION ALL SELECT 2"
        let first = try memory.statement(sql)
        #expect(try memory.statement(sql) === first)
        _ = try first.step()
        #expect(failure { () throws(SQLiteError) in _ = try memory.statement(sql) }?.code == .misuse)
        first.reset()
        #expect(try memory.statement(sql) === first)
        #expect(failure { () throws(SQLiteError) in try memory.run("SELECT 1; SELECT 2") }?.code == .misuse)
    }

    @Test func `runs a script to its first failure`() throws {
        let memory = try Connection(path: "", mode: .memory, applicationID: applicationID)
        let script = """
            CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT; -- the first
            INSERT INTO note VALUES (1); INSERT INTO note VALUES (1);
            INSERT INTO note VALUES (2);
            """
        #expect(failure { () throws(SQLiteError) in try memory.execute(script) }?.code == .constraint)
        #expect(try number("SELECT count(*) FROM note", on: memory) == 1)
    }
}

@Suite struct `A checkpoint` {
    @Test func `is the writer's, tells its frames and says when a reader is in the way`() throws {
        let folder = try ScratchFolder()
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT; INSERT INTO note VALUES (1)")
        let reader = try folder.reader()
        try reader.run("BEGIN")
        _ = try number("SELECT count(*) FROM note", on: reader)
        try writer.run("INSERT INTO note VALUES (2)")
        let blocked = try writer.checkpoint(.truncate)
        #expect(blocked.isBlocked)
        #expect(blocked.walFrames > 0)
        try reader.run("ROLLBACK")
        let passive = try writer.checkpoint(.passive)
        #expect(!passive.isBlocked)
        #expect(passive.copiedFrames == passive.walFrames)
        #expect(!(try writer.checkpoint(.truncate)).isBlocked)
        let log = try FileManager.default.attributesOfItem(atPath: folder.file("record.db-wal"))
        #expect(log[.size] as? Int == 0)
    }
}

@Suite struct `A backup` {
    @Test func `is one moment of the record, whatever is written meanwhile`() throws {
        let folder = try ScratchFolder()
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT")
        let insert = try writer.statement("INSERT INTO note (words) VALUES (?)")
        try writer.run("BEGIN IMMEDIATE")
        for _ in 0..<2_000 {
            try insert.bind(1, String(repeating: "w", count: 500))
            try insert.run()
        }
        try writer.run("COMMIT")
        let reader = try folder.reader()
        do {
            let copy = try Connection(path: folder.file("copy.db"), mode: .scratch, applicationID: applicationID)
            var portions = 0
            try reader.backup(to: copy, pagesPerStep: 20) { _, _ in
                portions += 1
                #expect(throws: Never.self) {
                    try insert.bind(1, "written meanwhile")
                    try insert.run()
                }
                return portions < 1_000
            }
            #expect(portions > 5)
            #expect(!reader.isInTransaction)
            #expect(try copy.integrityProblems().isEmpty)
        }
        let restored = try folder.writer("copy.db")
        #expect(try number("SELECT count(*) FROM note", on: restored) == 2_000)
        #expect(try number("SELECT count(*) FROM note", on: writer) ?? 0 > 2_005)
        #expect(try number("PRAGMA application_id", on: restored) == Int64(applicationID))
    }

    @Test func `ends when it is told to`() throws {
        let folder = try ScratchFolder()
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")
        let reader = try folder.reader()
        let copy = try Connection(path: folder.file("copy.db"), mode: .scratch, applicationID: applicationID)
        let error = failure { () throws(SQLiteError) in
            try reader.backup(to: copy, pagesPerStep: 1) { _, _ in false }
        }
        #expect(error?.code == .interrupt)
        #expect(!reader.isInTransaction)
    }
}
