import ByNameList
import CivilTime
import Foundation
import HMIS
import SQLite
import ShippedConfig
import Store
import Synchronization

/// A record in a folder that is gone after the test, with a community in it and a clock of the test's own.
final class ScratchStore {
    let folder: DataFolder
    let store: Store
    let community: Int64
    private let now: TestClock

    init(
        policy document: String? = nil, at instant: String = "2024-04-01T12:00:00Z", tickMicroseconds: Int64 = 1
    ) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)")
        let now = TestClock(Instant(instant) ?? Instant(microseconds: 0), tickMicroseconds: tickMicroseconds)
        self.now = now
        folder = try DataFolder(path: place.path)
        store = try Store(folder: folder, mode: .writing, clock: { now.tick() }, calendar: utcDate)
        let policy = document ?? PolicyDocument.template("us_bfz") ?? ""
        community = try store.change { transaction in
            try transaction.createCommunity(code: "test", name: "Test", zone: "UTC", policy: policy)
        }
    }

    deinit {
        store.close()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    @discardableResult
    func importing(_ export: some ExportFolder, isDryRun: Bool = false) throws -> ImportOutcome {
        try store.importHMIS(
            export, ImportOrder(community: "test", agency: "Agency", actor: "importer", isDryRun: isDryRun))
    }

    /// Everything that an import could change, counted.
    func rows() throws -> [String: Int64] {
        let record = try record()
        var counts: [String: Int64] = [:]
        for table in [
            "fact", "identity", "record", "household", "external_id", "match_key", "receipt", "spell", "tally",
            "month_tally", "length_tally", "late_fact", "actor", "source", "note",
        ] { counts[table] = try number("SELECT count(*) FROM \(table)", record) }
        counts["voids"] = try number("SELECT count(*) FROM fact WHERE kind = 16", record)
        counts["generation"] = try number("SELECT generation FROM community", record)
        return counts
    }

    func person(_ personalID: String) throws -> PersonID {
        PersonID(try number("SELECT record FROM external_id WHERE value = '\(personalID)'", try record()))
    }

    func facts(_ personalID: String) throws -> [Fact] {
        let person = try person(personalID)
        return try store.read { reader in try reader.facts(of: person) }
    }

    /// What stands about the person, in the order of the journal.
    func standingFacts(_ personalID: String) throws -> [FactContent] {
        standing(try facts(personalID)).map(\.content)
    }

    func timeline(_ personalID: String) throws -> Timeline {
        let person = try person(personalID)
        return try store.read { reader in
            let projection = try reader.projection(of: try reader.community("test"))
            return ByNameList.timeline(
                of: person, among: try reader.household(of: person), policy: projection.policy)
        }
    }

    func spells(_ personalID: String) throws -> [Spell] {
        let person = try person(personalID)
        return try store.read { reader in
            try reader.spells(of: person, in: try reader.projection(of: try reader.community("test")))
        }
    }

    /// The first column of all rows.
    func texts(_ sql: String) throws -> [String] {
        var found: [String] = []
        try record().prepare(sql).forEach { row in found.append(row.string(0)) }
        return found
    }

    /// Lets the clock go on by so many days.
    func pass(days: Int) { now.pass(days: days) }

    /// Sums over the bytes of the database and its log.
    ///
    /// Taken by another process: one that opens and closes the file itself would drop SQLite's locks on it.
    func checksums() throws -> String {
        let sum = Process()
        sum.executableURL = URL(fileURLWithPath: "/usr/bin/cksum")
        sum.arguments = [folder.databasePath, folder.databasePath + "-wal"]
        let output = Pipe()
        sum.standardOutput = output
        try sum.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        sum.waitUntilExit()
        return text
    }

    private func record() throws -> Connection {
        try Connection(path: folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
    }

    private func number(_ sql: String, _ record: Connection) throws -> Int64 {
        try record.prepare(sql).first { row in row.int64(0) } ?? 0
    }
}

/// A clock that goes on whenever it is looked at.
final class TestClock: Sendable {
    fileprivate let instant: Mutex<Int64>
    private let tickMicroseconds: Int64

    init(_ start: Instant, tickMicroseconds: Int64) {
        self.tickMicroseconds = tickMicroseconds
        instant = Mutex(start.microseconds)
    }

    func tick() -> Instant {
        instant.withLock { now in
            now += tickMicroseconds
            return Instant(microseconds: now)
        }
    }
}

extension TestClock {
    func pass(days: Int) {
        instant.withLock { $0 += Int64(days) * 86_400_000_000 }
    }
}

/// The date in a community that lives by UTC.
@Sendable func utcDate(_ zone: String, _ instant: Instant) -> CivilDate {
    CivilDate(dayNumber: Int32((instant.seconds - (instant.seconds % 86_400 + 86_400) % 86_400) / 86_400))
}

/// That day; the test's own dates exist.
func day(_ text: String) -> CivilDate {
    CivilDate(text) ?? CivilDate(dayNumber: 0)
}
