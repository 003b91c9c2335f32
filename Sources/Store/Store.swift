import ByNameList
import CivilTime
package import SQLite
import Synchronization
import Threads

/// The record on disk: one process writes, any number of threads read.
package final class Store: Sendable {
    package let folder: DataFolder
    let clock: Clock
    package let calendar: Calendar
    /// Communities and tokens as of the last commit; of a store that writes.
    package let live = LiveRecord()
    private let lock: FolderLock?
    private let writer: Writer?
    private let readers: Readers
    /// For questions that walk through everybody: few at a time, so that the others go past them.
    private let slowReaders: Readers
    /// For rebuilds that somebody waits for: minutes, perhaps, in which the others go on.
    private let rebuilds = Mailbox<@Sendable () -> Void>(capacity: 4)
    private let rebuilder: Thread
    /// Held while a backup reads the record, which keeps the log from being reset.
    let copying = Guarded(())
    let backups = Guarded(BackupTally())
    private let isClosed = Atomic<Bool>(false)
    /// One rebuild at a time: two would drop each other's projections.
    let rebuilding = Guarded(())
    private let projecting = Atomic<Bool>(false)

    /// How a store is opened.
    package enum Mode: Sendable {
        /// Holds the folder's lock and may write.
        case writing
        /// Looks at the record beside whoever holds it.
        case reading
    }

    /// - Parameter faults: failures that a test has ordered of the writing connection.
    package init(
        folder: DataFolder, mode: Mode, readers: Int = 1, clock: @escaping Clock, calendar: @escaping Calendar,
        faults: @escaping @Sendable () -> FaultPlan? = { nil }
    ) throws(StoreError) {
        self.folder = folder
        self.clock = clock
        self.calendar = calendar
        switch mode {
        case .writing:
            lock = try FolderLock(folder)
            let accessKey = try AccessKey.readOrMake(folder)
            writer = try Writer(
                opening: { () throws(StoreError) in
                    try RecordFile.openWriter(folder, accessKey: accessKey, clock: clock, faults: faults())
                }, folder: folder, accessKey: accessKey, clock: clock, calendar: calendar, live: live)
        case .reading:
            guard folder.hasDatabase else {
                throw .notFound("there is no record in \(folder.path): create a community first")
            }
            lock = nil
            writer = nil
        }
        self.readers = try Readers(count: readers) { () throws(StoreError) in try RecordFile.openReader(folder) }
        slowReaders = try Readers(count: 1, capacity: 16) { () throws(StoreError) in
            try RecordFile.openReader(folder)
        }
        let rebuilds = rebuilds
        // A thread and no reader: what it reads as one state would keep the log from being reset all the while.
        rebuilder = Thread {
            Thread.stepBack()
            while let rebuild = rebuilds.take(atMost: 1).first { rebuild() }
        }
    }

    /// Does a change and waits until it is on disk; what `work` throws undoes it.
    ///
    /// - Parameter usesReserve: as `submit` has it.
    package func change<Answer: Sendable>(
        usesReserve: Bool = false, _ work: @escaping @Sendable (WriteTransaction) throws -> Answer
    ) throws -> Answer {
        let promise = Promise<Result<Answer, any Error>>()
        guard submit(usesReserve: usesReserve, work, answer: { promise.keep($0) }) else { throw refusal }
        return try promise.wait().get()
    }

    /// Lines a change up and returns; the answer comes on the writer's thread after the commit. False if too many wait.
    ///
    /// - Parameters:
    ///   - isLong: it takes so long that nobody else's change is to wait for its commit.
    ///   - usesReserve: it is done even on a full disk, as long as the room that is kept for that lasts.
    ///   - deadline: a change that has waited longer is not begun, and refused as `busy`.
    package func submit<Answer: Sendable>(
        isLong: Bool = false, usesReserve: Bool = false, deadline: ContinuousClock.Instant? = nil,
        _ work: @escaping @Sendable (WriteTransaction) throws -> Answer,
        answer: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) -> Bool {
        guard let writer else { preconditionFailure("a store that only reads was asked to write") }
        let result = Guarded<Answer?>(nil)
        return writer.submit(
            WriteJob(
                isLong: isLong, usesReserve: usesReserve, deadline: deadline,
                work: { transaction in
                    let value = try work(transaction)
                    result.with { $0 = value }
                },
                finish: { outcome in
                    switch outcome {
                    case .committed:
                        if let value = result.with({ $0 }) { answer(.success(value)) }
                    case .undone(let error):
                        answer(.failure(error))
                    }
                }))
    }

    /// Does a change and goes on when it is on disk; what `work` throws undoes it.
    ///
    /// - Parameters:
    ///   - isLong: as `submit` has it.
    ///   - usesReserve: as `submit` has it.
    package func write<Answer: Sendable>(
        isLong: Bool = false, usesReserve: Bool = false,
        _ work: @escaping @Sendable (WriteTransaction) throws -> Answer
    ) async throws -> Answer {
        try await answered {
            submit(isLong: isLong, usesReserve: usesReserve, deadline: .now + Store.questionTime, work, answer: $0)
        }
    }

    /// How long a question that a client waits for may take, and a change may wait for the writer.
    private static let questionTime = Duration.seconds(5)

    /// Asks a question of one state of the record on a reader's thread.
    ///
    /// - Parameter isSlow: it walks through everybody, and waits for others that do.
    package func ask<Answer: Sendable>(
        isSlow: Bool = false, _ question: @escaping @Sendable (Reader) throws -> Answer
    ) async throws -> Answer {
        let deadline = ContinuousClock.now + Store.questionTime
        let lane = isSlow ? slowReaders : readers
        return try await answered { lane.submit(question, until: deadline, answer: $0) }
    }

    /// Goes on with the answer that another thread gives, or with a refusal if `submit` is not taken.
    ///
    /// The answer goes through a lock of ours: where it comes before the task waits for it, the runtime hands it over
    /// in a way that ThreadSanitizer does not see.
    private func answered<Answer: Sendable>(
        _ submit: (@escaping @Sendable (Result<Answer, any Error>) -> Void) -> Bool
    ) async throws -> Answer {
        let answer = Guarded<Result<Answer, any Error>?>(nil)
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let isTaken = submit { result in
                answer.with { $0 = result }
                continuation.resume()
            }
            if !isTaken { continuation.resume() }
        }
        guard let answer = answer.with({ $0 }) else { throw refusal }
        return try answer.get()
    }

    /// Asks a question of one state of the record and waits.
    package func read<Answer: Sendable>(_ question: @escaping @Sendable (Reader) throws -> Answer) throws -> Answer {
        try readers.ask(question)
    }

    /// Finishes what waits and closes the record; once is enough.
    package func close() {
        guard !isClosed.exchange(true, ordering: .sequentiallyConsistent) else { return }
        // A rebuild sees that the store is closing, and what it has built is dropped by the next start.
        rebuilds.close()
        rebuilder.join()
        // A copy sees it too, and gives up at its next step.
        copying.with { _ in }
        readers.stop()
        slowReaders.stop()
        writer?.stop()
        lock?.release()
    }

    /// Whether the record is being closed: what takes long gives up.
    var isClosing: Bool { isClosed.load(ordering: .sequentiallyConsistent) }

    /// Builds the community's projections anew as `rebuild(community:)` does, on a thread of its own.
    package func rebuildAside(community code: String, policy: String, replacing version: Int) async throws {
        try await answered { answer in
            rebuilds.post { [self] in
                answer(Result { try rebuild(community: code, policy: policy, replacing: version) })
            }
        }
    }

    /// Whether projections of former rules are being replaced.
    package internal(set) var isProjecting: Bool {
        get { projecting.load(ordering: .sequentiallyConsistent) }
        set { projecting.store(newValue, ordering: .sequentiallyConsistent) }
    }

    /// Why nothing more is lined up.
    var refusal: StoreError { isClosed.load(ordering: .sequentiallyConsistent) ? .closing : .busy }

    /// Changes that wait for the writer, and questions that wait for a reader.
    package var waiting: (changes: Int, questions: Int) {
        (writer?.waiting ?? 0, readers.waiting + slowReaders.waiting)
    }
}

extension Store {
    /// The version of the SQLite library that this process runs with.
    package static var sqliteVersion: String { Connection.libraryVersion }

    /// Whether that version has the WAL-reset bug of 3.7.0 to 3.51.2; the one writing connection avoids it.
    package static var hasWALResetBug: Bool { Connection.libraryVersionNumber < 3_051_003 }
}
