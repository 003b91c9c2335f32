package import CivilTime
import SQLite
import Threads

/// The one thread that writes: changes that wait together share one commit, and no answer leaves before it.
///
/// Each change has a savepoint of its own: one that fails is undone alone. When a failure has rolled back the whole
/// group, or the commit fails, every change of the group is answered with a failure and none is kept.
final class Writer: Sendable {
    /// Changes that one commit holds at the most, and that may wait.
    static let groupMax = 64
    static let waitingMax = 1024

    private let jobs = Mailbox<WriteJob>(capacity: Writer.waitingMax)
    private let thread: Thread
    /// Ends the waiting of those for whom a commit that hangs has taken too long.
    private let watch: Thread
    private let watchEnds = Mailbox<Void>(capacity: 1)
    private static let watchMilliseconds = 250

    /// Opens the writing connection on the writer's own thread; throws if it cannot.
    init(
        opening: @escaping @Sendable () throws(StoreError) -> Connection, folder: DataFolder, accessKey: AccessKey,
        clock: @escaping Clock,
        calendar: @escaping Calendar, live: LiveRecord
    ) throws(StoreError) {
        let opened = Promise<StoreError?>()
        let jobs = jobs
        thread = Thread {
            do throws(StoreError) {
                let connection = try opening()
                let group = try CommitGroup(
                    connection: connection, folder: folder, accessKey: accessKey, clock: clock, calendar: calendar,
                    live: live)
                // A page of the list writes a hundred rows: what is answered from memory does not wait for them.
                Thread.shortenTurns()
                connection.givesWay(everySteps: 1_000)
                opened.keep(nil)
                group.run(jobs)
            } catch {
                opened.keep(error)
            }
        }
        let watchEnds = watchEnds
        watch = Thread {
            while !watchEnds.isClosedAfter(milliseconds: Writer.watchMilliseconds) {
                let now = ContinuousClock.now
                for job in jobs.remove(where: { $0.isLate(at: now) }) { job.finish(.undone(StoreError.busy)) }
            }
        }
        if let failure = opened.wait() {
            watchEnds.close()
            watch.join()
            thread.join()
            throw failure
        }
    }

    /// Lines a change up; false if too many wait.
    func submit(_ job: WriteJob) -> Bool { jobs.post(job) }

    var waiting: Int { jobs.count }

    /// Finishes what waits, checkpoints and closes.
    func stop() {
        jobs.close()
        thread.join()
        watchEnds.close()
        watch.join()
    }
}

/// The time of day, as the caller tells it.
package typealias Clock = @Sendable () -> Instant

/// A change that waits for the writer.
struct WriteJob: Sendable {
    /// Takes so long that nobody else's change is to wait for its commit.
    let isLong: Bool
    /// May use the room that is kept for a full disk.
    let usesReserve: Bool
    /// When whoever asked has been told that nothing was kept: a change that has waited so long is not begun.
    let deadline: ContinuousClock.Instant?
    /// Whether whoever asked has stopped waiting.
    func isLate(at now: ContinuousClock.Instant) -> Bool { deadline.map { now > $0 } ?? false }

    /// Does the work; what it throws undoes this change alone.
    let work: @Sendable (WriteTransaction) throws -> Void
    /// Called once, after the commit or after it is certain that nothing was kept.
    let finish: @Sendable (JobOutcome) -> Void
}

enum JobOutcome: Sendable {
    case committed
    /// The change itself refused or failed; others of the group were not touched.
    case undone(any Error)
}

/// Works through groups of changes on the writer's thread.
final class CommitGroup {
    /// Frames in the log from which the writer checkpoints when nobody waits, and whether anybody waits or not.
    private static let pagesWhenIdle = 1_000
    private static let pagesAtMost = 4_000
    /// For how long nobody has come when nobody waits.
    private static let idleMilliseconds = 20

    private let connection: Connection
    private let ballast: Ballast
    private let memory: CommunityMemory
    private let accesses: AccessChain
    private let clock: Clock
    private let calendar: Calendar
    private let live: LiveRecord
    private let folder: DataFolder
    /// Text that was erased may lie in the log: that of the last start, too.
    private var mustCutLog = true
    private var lastRecorded: Instant

    init(
        connection: Connection, folder: DataFolder, accessKey: AccessKey, clock: @escaping Clock,
        calendar: @escaping Calendar, live: LiveRecord
    ) throws(StoreError) {
        accesses = AccessChain(connection: connection, key: accessKey)
        self.connection = connection
        ballast = Ballast(folder)
        self.live = live
        self.folder = folder
        self.clock = clock
        self.calendar = calendar
        memory = CommunityMemory(connection: connection)
        lastRecorded = try translatingErrors { () throws(SQLiteError) in
            try live.readEverything(connection)
            return try Journal(connection: connection).lastRecorded()
        }
        if !ballast.take() { live.note(.full) }
    }

    func run(_ jobs: Mailbox<WriteJob>) {
        if live.writing == .good { cutLog(jobs) }
        while case let group = jobs.take(atMost: Writer.groupMax), !group.isEmpty {
            let group = refusingLate(group)
            // Who came together with a long change goes first, and has a commit without it.
            let short = group.filter { !$0.isLong }
            if !short.isEmpty { commit(short) }
            for job in group where job.isLong { commit([job]) }
            checkpoint(jobs)
        }
        guard live.writing != .stopped else { return }
        // What is not copied now is copied when the file is opened again: a failure loses nothing.
        _ = try? connection.checkpoint(.truncate)
    }

    /// After a failed sync nothing is tried again; while the disk is full, only what may use the reserve.
    private func refusingForbidden(_ group: [WriteJob]) -> [WriteJob] {
        let refusal: StoreError
        switch live.writing {
        case .good, .failed: return group
        case .stopped: refusal = .stopped
        case .full:
            if ballast.take() {
                live.note(.good)
                return group
            }
            refusal = .full
        }
        return group.filter { job in
            if refusal == .full, job.usesReserve { return true }
            job.finish(.undone(refusal))
            return false
        }
    }

    /// What a failure means for the changes that follow.
    private func meet(_ failure: StoreError) {
        switch failure {
        case .full:
            ballast.giveUp()
            live.note(.full)
            // Into the room that has just been given up: afterwards the log's own is used again.
            copyLog()
        case .stopped, .damaged:
            live.note(.stopped)
            connection.keepLogOnClose()
        default: live.note(.failed)
        }
    }

    /// A disk that has become slow must not be waited for without an end: who has waited too long is told so.
    private func refusingLate(_ group: [WriteJob]) -> [WriteJob] {
        guard group.contains(where: { $0.deadline != nil }) else { return group }
        let now = ContinuousClock.now
        return group.filter { job in
            guard job.isLate(at: now) else { return true }
            job.finish(.undone(StoreError.busy))
            return false
        }
    }

    private func commit(_ group: [WriteJob]) {
        let group = refusingForbidden(group)
        guard !group.isEmpty else { return }
        let recorded = Instant(microseconds: max(clock().microseconds, lastRecorded.microseconds + 1))
        var outcomes: [JobOutcome] = []
        do throws(StoreError) {
            try translatingErrors { () throws(SQLiteError) in try connection.run("BEGIN IMMEDIATE") }
            var stage = GroupStage()
            for job in group { outcomes.append(try work(job, recorded: recorded, into: &stage)) }
            let changed = try translatingErrors { () throws(SQLiteError) in
                let changed = try GroupTables(connection: connection, recorded: recorded).write(stage)
                try accesses.link(rows: stage.accesses)
                return changed
            }
            if !stage.erasures.isEmpty { try list(stage.erasures) }
            if stage.removesText { mustCutLog = true }
            try end()
            lastRecorded = recorded
            live.countCommit()
            publish(changed, tokens: stage.changesTokens)
            noteSuccess(outcomes)
        } catch {
            abandon()
            meet(error)
            outcomes = group.map { _ in .undone(error) }
        }
        for (job, outcome) in zip(group, outcomes) { job.finish(outcome) }
    }

    /// Commits; whatever the disk says against it ends all writing, for what it holds now nobody knows.
    private func end() throws(StoreError) {
        do throws(SQLiteError) {
            try connection.run("COMMIT")
        } catch {
            throw error.code == .ioError ? .stopped : StoreError(error)
        }
    }

    private func noteSuccess(_ outcomes: [JobOutcome]) {
        for case .undone(let error as StoreError) in outcomes where error == .full || error.isDamage {
            return meet(error)
        }
        if live.isForgotten { return live.note(.failed) }
        // That there is room the ballast says, and not a change that fitted into what was left.
        if live.writing != .full { live.note(.good) }
    }

    /// Does one change in its savepoint; throws only when the whole group is lost.
    private func work(
        _ job: WriteJob, recorded: Instant, into stage: inout GroupStage
    ) throws(StoreError) -> JobOutcome {
        try translatingErrors { () throws(SQLiteError) in try connection.run("SAVEPOINT change") }
        // A change that goes on after the group was rolled back under it would commit each of its statements alone.
        connection.needsTransaction = true
        defer { connection.needsTransaction = false }
        let transaction = WriteTransaction(
            connection: connection, memory: memory, recorded: recorded, calendar: calendar)
        do {
            try job.work(transaction)
            try transaction.settle()
            try connection.run("RELEASE change")
            stage.take(transaction.stage)
            return .committed
        } catch {
            memory.forget()
            // FULL, IOERR and NOMEM may have rolled back everything, the changes before this one too.
            guard connection.isInTransaction else { throw CommitGroup.groupFailure(error) }
            try translatingErrors { () throws(SQLiteError) in
                try connection.run("ROLLBACK TO change")
                try connection.run("RELEASE change")
            }
            return .undone((error as? SQLiteError).map { StoreError($0) } ?? error)
        }
    }

    /// What the others of a group are told when one change took them all with it.
    private static func groupFailure(_ error: any Error) -> StoreError {
        if let error = error as? SQLiteError { return StoreError(error) }
        switch error as? StoreError {
        case .full?: return .full
        case .stopped?: return .stopped
        case .unavailable(let detail)?: return .unavailable(detail: detail)
        case .damaged(let detail)?: return .damaged(detail: detail)
        case .busy?, .closing?, .newer?, .held?, .notFound?, .alreadyExists?, .notAllowed?,
            .idempotencyConflict?, nil:
            return .unavailable(detail: "the group was rolled back")
        }
    }

    /// Whoever hears of the commit finds it in memory too.
    private func publish(_ changed: Set<Int64>, tokens: Bool) {
        do throws(SQLiteError) {
            if live.isForgotten { return try live.readEverything(connection) }
            if !changed.isEmpty { try live.read(changed, connection) }
            if tokens { try live.readTokens(connection) }
        } catch {
            // Better nobody is let in than somebody who was just shut out; the next commit reads it anew.
            live.forget()
        }
    }

    private func abandon() {
        memory.forget()
        accesses.forget()
        // The failure itself may have ended the transaction; if this fails too, the next BEGIN says so.
        if connection.isInTransaction { try? connection.run("ROLLBACK") }
    }

    /// What is listed and then not kept is erased by nobody but a restore; what is kept is listed.
    private func list(_ erasures: [Erasure]) throws(StoreError) {
        guard let ids = live.publicIDs else { throw .unavailable(detail: "the key of the public ids is missing") }
        try ErasureList(folder).add(erasures, ids)
        // What was erased is in the log until it is cut.
        mustCutLog = true
    }

    private func checkpoint(_ jobs: Mailbox<WriteJob>) {
        if live.writing == .stopped { return }
        if mustCutLog { return cutLog(jobs) }
        if live.writing == .full { return copyLog() }
        guard connection.logPages >= CommitGroup.pagesWhenIdle else { return }
        // Whoever has just had an answer sends the next change in a moment: that is no time for a checkpoint.
        if connection.logPages < CommitGroup.pagesAtMost, jobs.wait(milliseconds: CommitGroup.idleMilliseconds) {
            return
        }
        copyLog()
    }

    /// Passive and best effort: what it leaves is copied by a later one.
    private func copyLog() { _ = checkpointed(.passive) }

    private func checkpointed(_ mode: Connection.CheckpointMode) -> Checkpoint? {
        do throws(SQLiteError) {
            return try connection.checkpoint(mode)
        } catch {
            if error.isFailedSync || error.code == .corrupt || error.code == .full && live.writing != .full {
                meet(StoreError(error))
            }
            return nil
        }
    }

    /// Cuts the log to nothing as soon as no reader is in the way; whoever comes meanwhile goes first.
    private func cutLog(_ jobs: Mailbox<WriteJob>) {
        repeat {
            // What the disk refuses now is tried again after the next group.
            guard let done = checkpointed(.truncate) else { return }
            guard done.isBlocked else {
                mustCutLog = false
                return
            }
        } while !jobs.isClosedAfter(milliseconds: CommitGroup.idleMilliseconds) && jobs.isEmpty
    }
}

/// What a group of changes writes once, together: counts, late facts, generations.
struct GroupTables {
    let connection: Connection
    let recorded: Instant

    /// - Returns: the communities whose figures are others now.
    func write(_ stage: GroupStage) throws(SQLiteError) -> Set<Int64> {
        let tables = TallyTables(connection: connection)
        var changed = stage.changedCommunities
        for (community, difference) in stage.differences where difference.changesAnything {
            try tables.apply(difference)
            changed.insert(community)
        }
        try tables.apply(stage.rebuilt)
        for (key, count) in stage.lateFacts {
            let statement = try connection.statement(
                """
                INSERT INTO late_fact (community, month, imported, facts) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET facts = facts + excluded.facts
                """)
            try statement.bind(1, key.community)
            try statement.bind(2, Int64(key.month))
            try statement.bind(3, key.isImport ? 1 : 0)
            try statement.bind(4, count)
            try statement.run()
        }
        for community in changed {
            let statement = try connection.statement(
                "UPDATE community SET generation = generation + 1, changed = ? WHERE id = ?")
            try statement.bind(1, recorded.microseconds)
            try statement.bind(2, community)
            try statement.run()
        }
        return changed
    }
}
