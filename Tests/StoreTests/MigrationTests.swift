import CivilTime
import Fixtures
import Foundation
import Migrations
import SQLite
import ShippedConfig
import Store
import Testing

/// A record as it was when the schema had only its first steps, with a community in it.
private final class FormerRecord {
    let folder: DataFolder
    private static let applicationID: Int32 = 0x424E_4C31

    init(version: Int) throws {
        folder = try DataFolder(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path)
        let connection = try Connection(
            path: folder.databasePath, mode: .readWriteCreate, applicationID: Self.applicationID)
        for migration in Migration.all.prefix(version) { try connection.executeMigration(migration.sql) }
        try connection.execute(
            """
            INSERT INTO community (id, code, name, zone, created) VALUES (1, 'old', 'Old', 'UTC', 1);
            INSERT INTO actor (id, community, agency, name) VALUES (1, 1, 'Agency', 'worker');
            INSERT INTO source (id, community, code, imported) VALUES (1, 1, 'intake', 0);
            INSERT INTO record (id, community) VALUES (1, 1);
            INSERT INTO fact (seq, community, record, kind, version, effective_from, actor, source, recorded)
            VALUES (1, 1, 1, 1, 1, 19000, 1, 1, 1);
            INSERT INTO policy (id, community, version, effective_from, document, recorded) VALUES (1, 1, 1, 0, '', 1);
            INSERT INTO projection (id, community, policy, rule_version) VALUES (1, 1, 1, 1);
            UPDATE community SET projection = 1;
            PRAGMA user_version = \(version)
            """)
        let policy = try connection.prepare("UPDATE policy SET document = ?")
        try policy.bind(1, PolicyDocument.template("us_bfz") ?? "")
        try policy.run()
    }

    deinit {
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    func open(faults: FaultPlan? = nil) throws -> Store {
        // A plan is met by one thread: the writer's, which is handed it here.
        nonisolated(unsafe) let faults = faults
        return try Store(
            folder: folder, mode: .writing, clock: { Instant(microseconds: 1_700_000_000_000_000) }, calendar: utcDate,
            faults: { faults })
    }

    /// The schema's version and words, and every value of every table.
    func state() throws -> [String] {
        let connection = try Connection(path: folder.databasePath, mode: .readOnly, applicationID: Self.applicationID)
        var lines = ["version \(try connection.userVersion())"]
        var tables: [String] = []
        try connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").forEach { row in
            lines.append("\(row.string(0)) \(row.string(1)) \(row.string(2))")
            if row.string(0) == "table" { tables.append(row.string(1)) }
        }
        for table in tables {
            try connection.prepare("SELECT * FROM \"\(table)\"").forEach { row in
                lines.append(table + (0..<row.columnCount).map { " " + row.string($0) }.joined())
            }
        }
        return lines
    }

    var backups: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.backupsPath)) ?? []).sorted()
    }
}

@Suite(.serialized) struct `A record of a former schema` {
    static let released = Array(1..<Migration.all.count)

    @Test(arguments: released)
    func `is brought forward, and there is a backup of what it was`(version: Int) throws {
        let record = try FormerRecord(version: version)
        let before = try record.state()
        try record.open().close()
        #expect(try record.state().first == "version \(Migration.all.count)")
        #expect(record.backups == ["before-m\(version + 1).json", "before-m\(version + 1).sqlite3"])
        let other = try FormerRecord(version: version)
        _ = try Restore(record.folder.backupsPath + "/before-m\(version + 1).json", into: other.folder).run(
            at: Instant(microseconds: 0), isTrial: false, movesAside: true
        ) { _, _ in 0 }
        #expect(try other.state() == before)
        let facts = try record.open().read { reader in try reader.measure().facts }
        #expect(facts == 1)
    }

    /// Fails at the first step of the migrations, then at the next, and so on until none is left to fail at.
    @Test(arguments: released)
    func `is at each step what it was after a whole one, wherever it fails`(version: Int) throws {
        var wholes: [[String]] = []
        for version in version...Migration.all.count { wholes.append(try FormerRecord(version: version).state()) }
        var step = 1
        while true {
            let record = try FormerRecord(version: version)
            let plan = FaultPlan(FaultPlan.Fault("", step: step, code: .ioError, rollsBack: step % 2 == 0))
            let failed = (try? record.open(faults: plan)) == nil
            guard failed else { break }
            #expect(!plan.met.isEmpty)
            let state = try record.state()
            let reached = state.first.flatMap { Int($0.dropFirst(8)) } ?? 0
            #expect((version...Migration.all.count).contains(reached))
            if reached < Migration.all.count { #expect(!record.backups.isEmpty || reached == version) }
            // What the record holds after a whole step, and nothing between two.
            #expect(Set(schema(state)) == Set(schema(wholes[reached - version])))
            try record.open().close()
            #expect(try record.state().first == "version \(Migration.all.count)")
            // Every step of what comes first; of what follows some, for it comes first elsewhere.
            step += reached == version ? 1 : 7
        }
        #expect(step > 5)
    }

    private func schema(_ state: [String]) -> [String] {
        state.filter { line in ["version", "table", "index", "trigger"].contains { line.hasPrefix($0 + " ") } }
    }

    /// A real end of a real process, at every write, sync and truncation that bringing the record forward makes.
    @Test(arguments: released)
    func `is whole, wherever its program is killed`(version: Int) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
            return print("strace is absent: no migration was killed")
        }
        let count = try writes(of: try FormerRecord(version: version), killedAt: nil)
        #expect(count > 5)
        // Every write of the latest, some of the others.
        let stride = version == Self.released.last ? 1 : 7
        for place in Swift.stride(from: 1, through: count, by: stride) {
            let record = try FormerRecord(version: version)
            _ = try writes(of: record, killedAt: place)
            let reached = try record.state().first.flatMap { Int($0.dropFirst(8)) } ?? 0
            #expect((version...Migration.all.count).contains(reached))
            try record.open().close()
            #expect(try record.state().first == "version \(Migration.all.count)")
        }
    }

    private func writes(of record: FormerRecord, killedAt place: Int?) throws -> Int {
        let calls = "pwrite64,fdatasync,fsync,ftruncate,unlink,rename"
        let trace = record.folder.path + "-trace"
        defer { try? FileManager.default.removeItem(atPath: trace) }
        let inject = place.map { ["-e", "inject=\(calls):signal=KILL:when=\($0)"] } ?? []
        let process = try ChildProcess(
            "bnl", ["token", "revoke", "99", "--community", "old", "--data", record.folder.path],
            under: ["/usr/bin/strace", "-f", "-o", trace, "-e", "trace=\(calls)"] + inject)
        process.finish()
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        return lines.count { $0.contains("(") && !$0.contains("resumed") }
    }
}
