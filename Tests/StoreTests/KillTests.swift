import ByNameList
import CivilTime
import Fixtures
import Foundation
import SQLite
import ShippedConfig
import Store
import Testing

/// How often programs are killed: `BNL_KILLS`, or 5.
private let kills = ProcessInfo.processInfo.environment["BNL_KILLS"].flatMap(UInt64.init) ?? 5

/// A record that other processes write.
private final class WrittenElsewhere {
    let folder: DataFolder
    let code: String
    private var store: Store?

    init(code: String) throws {
        self.code = code
        folder = try DataFolder(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path)
    }

    deinit {
        close()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    /// The record, opened as after any end of the process before.
    func opened() throws -> Store {
        if let store { return store }
        let opened = try Store(
            folder: folder, mode: .writing, clock: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) },
            calendar: utcDate)
        store = opened
        return opened
    }

    func close() {
        store?.close()
        store = nil
    }

    /// What is wrong with the file, the projections or the counts.
    func problems() throws -> [String] {
        let code = code
        return try opened().read { reader in try reader.check(try reader.community(code)).problems }
    }

    /// Rows of the projection in force, sorted.
    func projectionRows() throws -> [String] {
        let sql = [
            "SELECT person, ordinal, from_day, ifnull(to_day, '-'), populations, gaps, opened FROM spell",
            "SELECT population, unit, day, measure, reason, events, people FROM tally WHERE events <> 0 OR people <> 0",
            """
            SELECT population, unit, month, measure, reason, events, people FROM month_tally
            WHERE events <> 0 OR people <> 0
            """,
            "SELECT population, unit, month, start, width, bucket, move_ins FROM length_tally WHERE move_ins <> 0",
        ]
        var rows: [String] = []
        for select in sql {
            try record().prepare(select).forEach { row in
                rows.append((0..<7).map { row.string($0) }.joined(separator: " "))
            }
        }
        return rows.sorted()
    }

    func number(_ sql: String) throws -> Int64 {
        try record().prepare(sql).first { row in row.int64(0) } ?? 0
    }

    /// What an import leaves, whatever way it went.
    func counts() throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for table in ["fact", "identity", "record", "household", "external_id", "spell", "actor", "source"] {
            counts[table] = try number("SELECT count(*) FROM \(table)")
        }
        counts["voids and replacements"] = try number("SELECT count(*) FROM fact WHERE target IS NOT NULL")
        counts["events"] = try number("SELECT sum(events) FROM tally")
        counts["move-ins"] = try number("SELECT sum(move_ins) FROM length_tally WHERE width = 1")
        counts["people"] = try number("SELECT sum(people) FROM tally")
        return counts
    }

    private func record() throws -> Connection {
        try Connection(path: folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
    }
}

@Suite(.serialized) struct `A writer that is killed` {
    /// A change of the benchmark writes as many facts.
    private static let factsOfOne: Int64 = 20

    @Test(arguments: 0..<kills)
    func `has kept every change that it acknowledged, and each one whole`(kill: UInt64) throws {
        var random = SplitMix64(seed: kill ^ UInt64(getpid()) << 20)
        let record = try WrittenElsewhere(code: "bench")
        var acknowledged: [Int64] = []
        // Killed twice: the second begins with what the first has left.
        for _ in 0..<2 {
            record.close()
            let writer = try ChildProcess("bnl-bench", ["write", "--data", record.folder.path, "--clients", "8"])
            try #require(writer.waitForLine())
            #expect(throws: StoreError.held(byProcess: writer.id)) { try record.opened() }
            acknowledged += writer.kill(afterMilliseconds: random.number(60...400)).compactMap { Int64($0) }
            try expectWhole(record, acknowledged)
        }
        let rows = try record.projectionRows()
        try record.opened().rebuild(community: "bench")
        #expect(try record.projectionRows() == rows)
        #expect(try record.problems() == [])
    }

    private func expectWhole(_ record: WrittenElsewhere, _ acknowledged: [Int64]) throws {
        let store = try record.opened()
        let people = try store.read { reader in
            let community = try reader.community("bench").id
            return try reader.people(of: community, after: PersonID(0), limit: 1_000_000).map(\.number)
        }
        #expect(Set(acknowledged).count == acknowledged.count && !acknowledged.isEmpty)
        #expect(Set(acknowledged).isSubset(of: people))
        let whole = "SELECT count(*) FROM (SELECT 1 FROM fact GROUP BY record HAVING count(*) = \(Self.factsOfOne))"
        #expect(try record.number(whole) == people.count)
        #expect(try record.number("SELECT count(*) FROM fact") == Int64(people.count) * Self.factsOfOne)
        #expect(try record.number("SELECT count(*) FROM household") == people.count)
        #expect(try record.problems() == [])
    }
}

@Suite(.serialized) struct `An import that is killed` {
    private let export: URL

    init() throws {
        export = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-export-\(UUID().uuidString)")
        try SyntheticExport(clients: 3_000).write(to: export)
    }

    private func record() throws -> WrittenElsewhere {
        let record = try WrittenElsewhere(code: "test")
        _ = try record.opened().change { transaction in
            try transaction.createCommunity(
                code: "test", name: "Test", zone: "UTC", policy: PolicyDocument.template("us_bfz") ?? "")
        }
        record.close()
        return record
    }

    private func start(_ record: WrittenElsewhere) throws -> ChildProcess {
        record.close()
        return try ChildProcess(
            "bnl", ["import", "hmis", export.path, "--community", "test", "--data", record.folder.path])
    }

    @Test func `is a whole record, and ends as if nothing had happened`() throws {
        defer {
            // Nothing depends on the folder being gone.
            try? FileManager.default.removeItem(at: export)
        }
        let clock = ContinuousClock()
        let unkilled = try record()
        let begin = clock.now
        let whole = try start(unkilled)
        _ = whole.finish()
        try #require(whole.hasSucceeded)
        let took = (clock.now - begin).components
        let milliseconds = Int(took.seconds * 1_000 + took.attoseconds / 1_000_000_000_000_000)
        let expected = try unkilled.counts()
        #expect(expected["record"] == 3_000 && expected["voids and replacements"] == 0)
        #expect(try unkilled.problems() == [])
        var random = SplitMix64(seed: UInt64(getpid()))
        for _ in 0..<kills {
            let killed = try record()
            for _ in 0..<2 {
                _ = try start(killed).kill(afterMilliseconds: random.number(milliseconds / 20...milliseconds))
                #expect(try killed.problems() == [])
                #expect(try killed.number("SELECT count(*) FROM record") <= 3_000)
            }
            let last = try start(killed)
            _ = last.finish()
            #expect(last.hasSucceeded)
            #expect(try killed.counts() == expected)
            #expect(try killed.problems() == [])
            let left = try FileManager.default.contentsOfDirectory(atPath: killed.folder.path)
            #expect(!left.contains { $0.contains("scratch") })
        }
    }
}
