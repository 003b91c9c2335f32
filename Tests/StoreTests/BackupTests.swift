import ByNameList
import CivilTime
import Foundation
import SQLite
import Store
import Testing

@Suite struct `A backup that is restored` {
    private let trial: TrialStore
    private let target: DataFolder

    init() throws {
        trial = try TrialStore()
        let origin = trial.origin
        _ = try trial.store.change { transaction in
            for _ in 0..<200 { _ = try TrialStore.admit(transaction, from: origin) }
        }
        target = try DataFolder(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path)
    }

    private func backUp(_ name: String, recipient: String? = nil) throws -> String {
        let manifest = try trial.store.backUp(named: name, program: "test", recipient: recipient)
        return trial.folder.backupsPath + "/" + manifest.file
    }

    private func restore(
        _ path: String, movesAside: Bool = false, isTrial: Bool = false, identity: String? = nil
    ) throws -> Restore.Report {
        defer { try? FileManager.default.removeItem(atPath: target.path + "/record.lock") }
        return try Restore(path, into: target, identity: identity).run(
            at: trial.clock.now, isTrial: isTrial, movesAside: movesAside
        ) { _, _ in 0 }
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: target.path).sorted()
    }

    private func opened() throws -> Store {
        let clock = trial.clock
        return try Store(folder: target, mode: .writing, clock: { clock.now }, calendar: utcDate)
    }

    /// Nothing depends on the folder being gone.
    private func end() { try? FileManager.default.removeItem(atPath: target.path) }

    @Test func `has the same contents, table by table`() throws {
        defer { end() }
        let report = try restore(try backUp("one"))
        #expect(report.manifest.contents.tables.contains { $0.name == "fact" && $0.rows == 600 })
        let store = try opened()
        let again = try store.backUp(named: "again", program: "test", recipient: nil)
        #expect(again.contents == report.manifest.contents)
        let facts = try store.read { reader in try reader.measure().facts }
        #expect(facts == 600)
        store.close()
    }

    @Test func `is only tried when it is to be only tried`() throws {
        defer { end() }
        let path = try backUp("one")
        let report = try restore(path, isTrial: true)
        #expect(report.manifest.contents.tables.count > 10)
        #expect(try files() == [])
    }

    @Test func `overwrites nothing, and moves what is there aside whole`() throws {
        defer { end() }
        let path = try backUp("one")
        _ = try restore(path)
        let store = try opened()
        let origin = trial.origin
        _ = try store.change { transaction in try TrialStore.admit(transaction, from: origin) }
        // Left behind as by a process that was killed: with its log.
        let log = try Data(contentsOf: URL(fileURLWithPath: target.databasePath + "-wal"))
        #expect(throws: StoreError.held(byProcess: Int(getpid()))) { try restore(path, movesAside: true) }
        store.close()
        try log.write(to: URL(fileURLWithPath: target.databasePath + "-wal"))
        let before = try files()
        #expect(throws: StoreError.self) { try restore(path) }
        #expect(try files() == before)
        let report = try restore(path, movesAside: true)
        let former = try #require(report.former)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: former).sorted() == [
                "record.sqlite3", "record.sqlite3-wal",
            ])
        #expect(!FileManager.default.fileExists(atPath: target.databasePath + "-wal"))
        let restored = try opened()
        #expect(try restored.read { reader in try reader.measure().facts } == 600)
        restored.close()
        let aside = try Store(
            folder: try DataFolder(path: former), mode: .writing, clock: { Instant(microseconds: 0) }, calendar: utcDate
        )
        #expect(try aside.read { reader in try reader.measure().facts } == 603)
        aside.close()
    }

    @Test(arguments: ["cut", "altered", "other table", "newer", "no manifest", "other file"])
    func `is refused if anything about it is not as it was, and the folder stays empty`(harm: String) throws {
        defer { end() }
        let path = try backUp("one")
        let manifest = trial.folder.backupsPath + "/one.json"
        let (file, listed) = (URL(fileURLWithPath: path), URL(fileURLWithPath: manifest))
        var bytes = try Data(contentsOf: file)
        var text = try String(contentsOf: listed, encoding: .utf8)
        switch harm {
        case "cut": bytes.removeLast(4_096)
        case "altered": bytes[bytes.count / 2] ^= 1
        case "other table":
            let rows = try #require(text.firstRange(of: #""rows": 600"#))
            text.replaceSubrange(rows, with: #""rows": 601"#)
        case "newer": text = text.replacing(#/"schema": \d+/#, with: #""schema": 4000"#)
        case "other file": text = text.replacing(#""file": "one"#, with: #""file": "../one"#)
        default: try FileManager.default.removeItem(at: listed)
        }
        try bytes.write(to: file)
        if harm != "no manifest" { try text.write(to: listed, atomically: false, encoding: .utf8) }
        #expect(throws: StoreError.self) { try restore(path) }
        #expect(try files() == [])
    }

    @Test func `of somebody erased is nothing before the erasure was done again`() throws {
        defer { end() }
        let path = try backUp("one")
        let list = trial.folder.backupsPath + "/erasures.jsonl"
        try "".write(toFile: list, atomically: false, encoding: .utf8)
        let restore = Restore(path, into: target)
        #expect(throws: StoreError.stopped) {
            try restore.run(at: trial.clock.now, isTrial: false, movesAside: false) { restored, lists in
                #expect(restored.hasDatabase && lists.count == 1)
                throw StoreError.stopped
            }
        }
        #expect(!target.hasDatabase)
        let report = try restore.run(at: trial.clock.now, isTrial: false, movesAside: false) { _, _ in 1 }
        #expect(report.erasures == 1 && target.hasDatabase)
    }

    @Test func `has forgotten whoever was erased since, and whoever restores from there will, too`() throws {
        defer { end() }
        let origin = trial.origin
        let person = try trial.store.change { transaction in
            let person = try TrialStore.admit(transaction, from: origin)
            try transaction.append(
                NewFact(
                    .identity(named: true, birth: nil), about: person,
                    identity: IdentityDetails(givenName: "Zephyrine")), from: origin)
            return person
        }
        let path = try backUp("one")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data("Zephyrine".utf8)) != nil)
        try trial.store.change { transaction in try transaction.erase(person, for: .request, from: origin) }
        let clock = trial.clock
        let report = try Restore(path, into: target).run(at: clock.now, isTrial: false, movesAside: false) {
            restored, lists in
            let store = try Store(folder: restored, mode: .writing, clock: { clock.now }, calendar: utcDate)
            defer { store.close() }
            return try store.eraseAgain(lists, by: "operator")
        }
        #expect(report.erasures == 1)
        let restored = try Data(contentsOf: URL(fileURLWithPath: target.databasePath))
        #expect(restored.range(of: Data("Zephyrine".utf8)) == nil)
        #expect(!FileManager.default.fileExists(atPath: target.path + "/restoring"))
        let lists = try [trial.folder, target].map {
            try String(contentsOfFile: $0.backupsPath + "/erasures.jsonl", encoding: .utf8)
        }
        #expect(lists[0] == lists[1] && lists[0].split(separator: "\n").count == 1)
        let store = try opened()
        #expect(try store.read { reader in try reader.check(try reader.community("test")).problems } == [])
        store.close()
    }

    @Test func `says where the access log ends, and whether it holds`() throws {
        defer { end() }
        let origin = trial.origin
        let person = try #require(try trial.people().first)
        let disclosure = Disclosure(
            actor: origin.actor, community: origin.community, fields: "page", purpose: "intake")
        for _ in 0..<3 {
            _ = try trial.store.release(
                trial.store.read { reader in try reader.page(of: person, in: disclosure.community) }, to: disclosure)
        }
        let manifest = try trial.store.backUp(named: "one", program: "test", recipient: nil)
        #expect(manifest.contents.accessLog.last == 3 && manifest.contents.accessLog.problems == [])
        #expect(trial.folder.accessHeads.map(\.head) == [manifest.contents.accessLog.head])
        try trial.reopen(after: "DROP TRIGGER access_log_is_never_changed; UPDATE access_log SET purpose = 'none'")
        let altered = try trial.store.backUp(named: "two", program: "test", recipient: nil)
        #expect(!altered.contents.accessLog.problems.isEmpty)
    }

    @Test func `is clear to nobody but its recipient, and nothing clear is left`() throws {
        defer { end() }
        guard let key = try AgeKey() else { return print("skipped: encrypted backups, for there is no age") }
        let path = try backUp("sealed", recipient: key.recipient)
        #expect(path.hasSuffix(".sqlite3.age"))
        let all = try FileManager.default.contentsOfDirectory(atPath: trial.folder.backupsPath).sorted()
        #expect(all == ["sealed.json", "sealed.sqlite3.age"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.range(of: Data("SQLite format 3".utf8)) == nil)
        #expect(throws: StoreError.self) { try restore(path) }
        let other = try #require(try AgeKey())
        #expect(throws: StoreError.self) { try restore(path, identity: other.path) }
        #expect(try files() == [])
        #expect(try restore(path, identity: key.path).manifest.isEncrypted)
        #expect(try files() == ["record.sqlite3"])
    }

    @Test func `is none if it cannot be encrypted`() throws {
        guard try AgeKey() != nil else { return print("skipped: a failing age, for there is none") }
        #expect(throws: StoreError.self) { try backUp("sealed", recipient: "age1nobody") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: trial.folder.backupsPath).isEmpty)
        #expect(trial.store.backupTally.failed == 1)
    }
}

@Suite struct `The contents of a table` {
    private func hash(_ rows: String...) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path
        let trial = try TrialStore()
        trial.close()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let insertions = rows.map { "INSERT INTO trial_value VALUES \($0);" }.joined(separator: "\n")
        try trial.reopen(after: "CREATE TABLE trial_value (a ANY, b ANY) STRICT;\n\(insertions)")
        let contents = try trial.store.backUp(named: "one", program: "test", recipient: nil).contents
        return try #require(contents.tables.first { $0.name == "trial_value" }).hash
    }

    /// Values that look alike, and rows that do when their values are run together.
    @Test func `hash to something else with any other value, type, place or order`() throws {
        let all = [
            try hash(), try hash("(1, 2)"), try hash("(2, 1)"), try hash("(1, 2)", "(1, 2)"), try hash("('1', 2)"),
            try hash("(1.0, 2)"), try hash("(x'31', 2)"), try hash("(NULL, 2)"), try hash("('', 2)"),
            try hash("(x'', 2)"), try hash("('ab', 'c')"), try hash("('a', 'bc')"), try hash("(1, 2)", "(3, 4)"),
            try hash("(3, 4)", "(1, 2)"), try hash("(0, 0)"), try hash("(1, NULL)"), try hash("(NULL, 1)"),
        ]
        #expect(Set(all).count == all.count)
        #expect(try hash("('ab', 'c')", "(1.5, x'00')") == hash("('ab', 'c')", "(1.5, x'00')"))
    }
}

/// A key of age, in a file of its own.
private final class AgeKey {
    let path: String
    let recipient: String

    /// `nil` where there is no age.
    init?() throws {
        guard
            let program = ["/usr/bin/age-keygen", "/usr/local/bin/age-keygen"].first(where: {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { return nil }
        path = FileManager.default.temporaryDirectory.appendingPathComponent("age-\(UUID().uuidString)").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-o", path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        recipient = text.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.hasPrefix("age1") } ?? ""
    }

    deinit {
        // Nothing depends on the file being gone.
        try? FileManager.default.removeItem(atPath: path)
    }
}
