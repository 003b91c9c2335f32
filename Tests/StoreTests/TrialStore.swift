import ByNameList
import CivilTime
import Foundation
import SQLite
import ShippedConfig
import Store
import Synchronization

/// A record that can be closed and opened anew, with failures ordered of its writer and a clock that the test sets.
final class TrialStore {
    let folder: DataFolder
    let clock = SetClock(Instant("2024-04-01T12:00:00Z") ?? Instant(microseconds: 0))
    let origin: Origin
    private(set) var store: Store
    private var isOpen = true

    init(faults: @escaping @Sendable () -> FaultPlan? = { nil }) throws {
        let clock = clock
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)")
        folder = try DataFolder(path: place.path)
        // The community is made before any failure, so that tests count from their own first step.
        let first = try Store(folder: folder, mode: .writing, clock: { clock.now }, calendar: utcDate)
        origin = try first.change { transaction in
            let community = try transaction.createCommunity(
                code: "test", name: "Test", zone: "UTC", policy: PolicyDocument.template("us_bfz") ?? "")
            return try transaction.origin(
                community: community, agency: "Agency", actor: "worker", source: "intake", isImport: false)
        }
        first.close()
        store = try Store(folder: folder, mode: .writing, clock: { clock.now }, calendar: utcDate, faults: faults)
    }

    deinit {
        close()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    func close() {
        if isOpen { store.close() }
        isOpen = false
    }

    /// - Parameter statement: done to the closed record, as another program might have.
    func reopen(after statement: String? = nil) throws {
        close()
        if let statement {
            let connection = try Connection(
                path: folder.databasePath, mode: .readWriteCreate, applicationID: 0x424E_4C31)
            try connection.execute(statement)
        }
        let clock = clock
        store = try Store(folder: folder, mode: .writing, clock: { clock.now }, calendar: utcDate)
        isOpen = true
    }

    /// Does the changes in one group: the writer is held by a change of no consequence until all of them wait.
    func group<Answer: Sendable>(
        _ changes: [@Sendable (WriteTransaction) throws -> Answer], deadline: ContinuousClock.Instant? = nil
    ) -> [Result<Answer, any Error>] {
        let answers = Answers<Answer>(changes.count)
        let hold = Hold()
        hold.take(store)
        for (place, change) in changes.enumerated() {
            let isTaken = store.submit(deadline: deadline, change) { answers.keep($0, at: place) }
            precondition(isTaken, "the queue is full")
        }
        hold.release()
        return answers.wait()
    }

    /// Somebody new, with three facts.
    static func admit(_ transaction: WriteTransaction, from origin: Origin) throws -> PersonID {
        let person = try transaction.newPerson(in: origin.community)
        let today = try transaction.today(in: origin.community)
        try transaction.append(NewFact(.intake(on: today, saidOf: .theDay), about: person), from: origin)
        try transaction.append(NewFact(.stay(Stay(.emergencyShelter, from: today)), about: person), from: origin)
        try transaction.append(NewFact(.assessment(on: today), about: person), from: origin)
        return person
    }

    var admission: @Sendable (WriteTransaction) throws -> PersonID {
        let origin = origin
        return { transaction in try TrialStore.admit(transaction, from: origin) }
    }

    /// Everybody in the record.
    func people() throws -> [PersonID] {
        let community = origin.community
        return try store.read { reader in try reader.people(of: community, after: PersonID(0), limit: 10_000) }
    }

    func factCount() throws -> Int { try store.read { reader in try reader.measure().facts } }

    /// The people on the list by the counts, which only a kept change may have raised.
    func countedToday() throws -> Int {
        let today = utcDate("UTC", clock.now)
        return try store.read { reader in
            let community = try reader.community("test")
            return try reader.month(today.month, of: community, population: .all, unit: .persons, asOf: today)
                .report.figures.activeAtEnd
        }
    }

    func problems() throws -> [String] {
        try store.read { reader in try reader.check(try reader.community("test")).problems }
    }
}

/// A clock that stands still until it is set.
final class SetClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant) {
        instant = Mutex(start)
    }

    var now: Instant { instant.withLock { $0 } }

    func set(_ new: Instant) { instant.withLock { $0 = new } }
}

/// Keeps the writer busy, so that what is submitted meanwhile becomes one group.
final class Hold: Sendable {
    private let started = DispatchSemaphore(value: 0)
    private let end = DispatchSemaphore(value: 0)

    func take(_ store: Store) {
        let isTaken = store.submit({ [started, end] _ in
            started.signal()
            end.wait()
        }) { _ in }
        precondition(isTaken, "the queue is full")
        started.wait()
    }

    func release() { end.signal() }
}

/// The answers of several changes, waited for together.
final class Answers<Answer: Sendable>: Sendable {
    private let kept: Mutex<[Int: Result<Answer, any Error>]> = Mutex([:])
    private let arrival = DispatchSemaphore(value: 0)
    private let count: Int

    init(_ count: Int) {
        self.count = count
    }

    func keep(_ answer: Result<Answer, any Error>, at place: Int) {
        kept.withLock { $0[place] = answer }
        arrival.signal()
    }

    func wait() -> [Result<Answer, any Error>] {
        for _ in 0..<count { arrival.wait() }
        return kept.withLock { kept in (0..<count).compactMap { kept[$0] } }
    }
}

extension Result where Failure == any Error {
    var storeError: StoreError? {
        if case .failure(let error) = self { error as? StoreError } else { nil }
    }

    var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}

func successes<Answer>(of answers: [Result<Answer, any Error>]) -> Int { answers.count { $0.isSuccess } }
