import ByNameList
import CivilTime
import Foundation
import SQLite
import Store
import Synchronization
import Testing

@Suite struct `The record's folder and file` {
    private let trial: TrialStore

    init() throws {
        trial = try TrialStore()
    }

    private func opening(_ mode: Store.Mode) throws -> Store {
        try Store(folder: trial.folder, mode: mode, clock: { Instant(microseconds: 0) }, calendar: utcDate)
    }

    private func raw(_ path: String, applicationID: Int32 = 0x424E_4C31) throws -> Connection {
        try Connection(path: path, mode: .readWriteCreate, applicationID: applicationID)
    }

    private func emptyFolder() throws -> DataFolder {
        try DataFolder(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path)
    }

    private func remove(_ folder: DataFolder) {
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    @Test func `are held by one writer, and read beside it`() throws {
        #expect(throws: StoreError.held(byProcess: Int(getpid()))) { try opening(.writing) }
        let beside = try opening(.reading)
        _ = try trial.store.change(trial.admission)
        #expect(try beside.read { reader in try reader.measure().facts } == 3)
        beside.close()
        // Going, the reader must leave the log and the lock to the writer.
        _ = try trial.store.change(trial.admission)
        #expect(throws: StoreError.held(byProcess: Int(getpid()))) { try opening(.writing) }
        #expect(try trial.factCount() == 6)
        trial.close()
        let next = try opening(.writing)
        next.close()
        try trial.reopen()
    }

    @Test func `cannot be read where there is none`() throws {
        let folder = try emptyFolder()
        defer { remove(folder) }
        let error = #expect(throws: StoreError.self) {
            try Store(folder: folder, mode: .reading, clock: { Instant(microseconds: 0) }, calendar: utcDate)
        }
        guard case .notFound = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test(arguments: [Store.Mode.writing, .reading])
    func `of a newer program are left alone`(mode: Store.Mode) throws {
        trial.close()
        do {
            try raw(trial.folder.databasePath).execute("PRAGMA user_version = 4000")
        }
        let error = #expect(throws: StoreError.self) { try opening(mode) }
        guard case .newer(fileVersion: 4000, knownVersion: let known) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(known < 4000)
        do {
            try raw(trial.folder.databasePath).execute("PRAGMA user_version = \(known)")
        }
        try trial.reopen()
    }

    @Test(arguments: [Store.Mode.writing, .reading])
    func `of another application are left alone`(mode: Store.Mode) throws {
        let folder = try emptyFolder()
        defer { remove(folder) }
        do {
            let foreign = try raw(folder.databasePath, applicationID: 77)
            try foreign.execute("CREATE TABLE recipe (name TEXT)")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.databasePath))
        #expect(throws: StoreError.damaged(detail: "\(folder.databasePath) is not a by-name list")) {
            try Store(folder: folder, mode: mode, clock: { Instant(microseconds: 0) }, calendar: utcDate)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.databasePath)) == before)
    }

    @Test func `that are no database at all are left alone`() throws {
        let folder = try emptyFolder()
        defer { remove(folder) }
        let text = Data(String(repeating: "A letter to the council. ", count: 200).utf8)
        #expect(FileManager.default.createFile(atPath: folder.databasePath, contents: text))
        let error = #expect(throws: StoreError.self) {
            try Store(folder: folder, mode: .writing, clock: { Instant(microseconds: 0) }, calendar: utcDate)
        }
        guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.databasePath)) == text)
    }

    @Test(arguments: [0o755, 0o750, 0o701])
    func `that others may look into are refused`(mode: Int) throws {
        let folder = try emptyFolder()
        defer { remove(folder) }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
        let error = #expect(throws: StoreError.self) { try DataFolder(path: folder.path) }
        guard case .unavailable(let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("chmod 700"))
    }

    @Test func `are for the owner only`() throws {
        _ = try trial.store.change(trial.admission)
        _ = try trial.store.backUp(named: "today", program: "test", recipient: nil)
        let paths = [
            trial.folder.path, trial.folder.databasePath, trial.folder.databasePath + "-wal", trial.folder.lockPath,
            trial.folder.backupsPath, trial.folder.backupsPath + "/today.sqlite3",
            trial.folder.backupsPath + "/today.json", trial.folder.path + "/ballast",
        ]
        for path in paths {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect((mode ?? 0o777) & 0o077 == 0, "\(path)")
        }
    }
}

@Suite struct `The journal on disk` {
    @Test(arguments: [
        "UPDATE fact SET code = 9", "UPDATE fact SET recorded = 1 WHERE seq = 1", "DELETE FROM fact",
        "DELETE FROM fact WHERE seq = 1",
        """
        INSERT OR REPLACE INTO fact (seq, community, record, kind, version, actor, source, recorded)
        VALUES (1, 1, 1, 15, 1, 1, 1, 1)
        """,
        "UPDATE access_log SET purpose = 'none'", "DELETE FROM access_log",
    ])
    func `cannot be changed, not even by hand`(sql: String) throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let person = try trial.store.change(trial.admission)
        let disclosure = Disclosure(
            actor: origin.actor, community: origin.community, fields: "page", purpose: "intake")
        _ = try trial.store.release(
            trial.store.read { reader in try reader.page(of: person, in: disclosure.community) }, to: disclosure)
        trial.close()
        do {
            let connection = try Connection(
                path: trial.folder.databasePath, mode: .readWriteCreate, applicationID: 0x424E_4C31)
            let before = try rows(connection)
            #expect(throws: SQLiteError.self) { try connection.execute(sql) }
            #expect(try rows(connection) == before)
            #expect(before.count == 4)
        }
        try trial.reopen()
        #expect(try trial.problems() == [])
    }

    private func rows(_ connection: Connection) throws -> [String] {
        var rows: [String] = []
        let sql = [
            "SELECT seq || ' ' || kind || ' ' || code || ' ' || recorded FROM fact ORDER BY seq",
            "SELECT seq || ' ' || purpose FROM access_log ORDER BY seq",
        ]
        for sql in sql { try connection.prepare(sql).forEach { row in rows.append(row.string(0)) } }
        return rows
    }
}

@Suite struct `A backup` {
    @Test func `taken while somebody writes is a whole record of one moment`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        for _ in 0..<20 {
            try trial.store.change { transaction in
                for _ in 0..<50 { _ = try TrialStore.admit(transaction, from: origin) }
            }
        }
        let writing = Writing(trial.store, trial.admission)
        writing.start()
        let all = try ["busy", "later"].map { try trial.store.backUp(named: $0, program: "test", recipient: nil) }
        writing.stop()
        #expect(try FileManager.default.contentsOfDirectory(atPath: trial.folder.backupsPath).count == 4)
        let journal = try journal(trial.store)
        for manifest in all {
            let copy = try TrialStore()
            copy.close()
            _ = try Restore(trial.folder.backupsPath + "/" + manifest.file, into: copy.folder).run(
                at: copy.clock.now, isTrial: false, movesAside: true
            ) { _, _ in 0 }
            try copy.reopen()
            let copied = try self.journal(copy.store)
            #expect(copied.count >= 3_000 && copied.count % 3 == 0)
            #expect(copied == Array(journal.prefix(copied.count)))
            #expect(try copy.countedToday() == copied.count / 3)
            #expect(try copy.problems() == [])
        }
    }

    private func journal(_ store: Store) throws -> [Fact] {
        try store.read { reader in
            let community = try reader.community("test").id
            return try reader.people(of: community, after: PersonID(0), limit: 100_000)
                .flatMap { try reader.facts(of: $0) }
        }.sorted { $0.id < $1.id }
    }
}

/// Changes that follow one another until they are stopped.
private final class Writing: Sendable {
    private let store: Store
    private let change: @Sendable (WriteTransaction) throws -> PersonID
    private let isStopping = Mutex(false)
    private let end = DispatchSemaphore(value: 0)

    init(_ store: Store, _ change: @escaping @Sendable (WriteTransaction) throws -> PersonID) {
        self.store = store
        self.change = change
    }

    func start() {
        let isTaken = store.submit(change) { [self] _ in
            if isStopping.withLock({ $0 }) { end.signal() } else { start() }
        }
        precondition(isTaken, "the queue is full")
    }

    func stop() {
        isStopping.withLock { $0 = true }
        end.wait()
    }
}
