import ByNameList
import CivilTime
import Foundation
import SQLite
import Store
import Testing

@Suite struct `A group of changes` {
    /// The fifth line of the journal is the second of the second change.
    private func failing(_ code: ResultCode, rollsBack: Bool) throws -> TrialStore {
        try TrialStore { FaultPlan(FaultPlan.Fault("INSERT INTO fact", step: 5, code: code, rollsBack: rollsBack)) }
    }

    private func expectNext(_ trial: TrialStore, after kept: Int) throws {
        let next = trial.group([trial.admission, trial.admission])
        #expect(successes(of: next) == next.count)
        #expect(try trial.people().count == kept + 2)
        #expect(try trial.factCount() == 3 * (kept + 2))
        #expect(try trial.countedToday() == kept + 2)
        #expect(try trial.problems() == [])
    }

    @Test func `shares one commit`() throws {
        let trial = try TrialStore()
        let answers = trial.group(Array(repeating: trial.admission, count: 5))
        #expect(successes(of: answers) == answers.count)
        let recorded = try Set(
            trial.people().flatMap { person in
                try trial.store.read { reader in try reader.facts(of: person).map(\.recorded) }
            })
        #expect(recorded.count == 1)
        #expect(try trial.problems() == [])
    }

    @Test(arguments: [
        (ResultCode.full, StoreError.full), (.ioError, .unavailable(detail: "SQLite 10: disk I/O error")),
        (.noMemory, .unavailable(detail: "SQLite 7: out of memory")),
    ])
    func `that a failure has rolled back keeps nothing and answers nobody with success`(
        code: ResultCode, error: StoreError
    ) throws {
        let trial = try failing(code, rollsBack: true)
        let answers = trial.group(Array(repeating: trial.admission, count: 4))
        #expect(answers.map(\.storeError) == Array(repeating: error, count: 4))
        #expect(try trial.people().isEmpty)
        #expect(try trial.factCount() == 0)
        #expect(try trial.countedToday() == 0)
        try expectNext(trial, after: 0)
    }

    @Test func `that was rolled back under a change which goes on regardless keeps nothing of it`() throws {
        let trial = try failing(.full, rollsBack: true)
        let origin = trial.origin
        let stubborn: @Sendable (WriteTransaction) throws -> PersonID = { transaction in
            do {
                return try TrialStore.admit(transaction, from: origin)
            } catch {
                return try TrialStore.admit(transaction, from: origin)
            }
        }
        let answers = trial.group([trial.admission, stubborn, trial.admission])
        #expect(successes(of: answers) == 0)
        #expect(try trial.people().isEmpty)
        #expect(try trial.factCount() == 0)
        try expectNext(trial, after: 0)
    }

    @Test(arguments: [ResultCode.full, .ioError, .constraint])
    func `loses only the change that failed in its savepoint`(code: ResultCode) throws {
        let trial = try failing(code, rollsBack: false)
        let answers = trial.group(Array(repeating: trial.admission, count: 4))
        #expect(answers.map(\.isSuccess) == [true, false, true, true])
        #expect(try trial.people().count == 3)
        #expect(try trial.factCount() == 9)
        #expect(try trial.countedToday() == 3)
        try expectNext(trial, after: 3)
    }

    @Test func `loses only the change that refused, and tells it why`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let refusing: @Sendable (WriteTransaction) throws -> PersonID = { transaction in
            _ = try TrialStore.admit(transaction, from: origin)
            throw Refusal.tooLongAgo(day("1850-01-01"))
        }
        let answers = trial.group([trial.admission, refusing, trial.admission])
        #expect(answers.map(\.isSuccess) == [true, false, true])
        #expect(throws: Refusal.tooLongAgo(day("1850-01-01"))) { try answers[1].get() }
        try expectNext(trial, after: 2)
    }

    @Test(arguments: [
        // The commit of the change that holds the writer is the first.
        FaultPlan.Fault("COMMIT", step: 2, code: .noMemory),
        FaultPlan.Fault("COMMIT", step: 2, code: .full, rollsBack: true),
        FaultPlan.Fault("INSERT INTO tally", step: 1, code: .full),
        FaultPlan.Fault("INSERT INTO tally", step: 2, code: .ioError, rollsBack: true),
        FaultPlan.Fault("INSERT INTO month_tally", step: 1, code: .ioError),
        FaultPlan.Fault("UPDATE community SET generation", step: 1, code: .full),
        FaultPlan.Fault("BEGIN IMMEDIATE", step: 2, code: .busy), FaultPlan.Fault("SAVEPOINT", step: 3, code: .ioError),
        FaultPlan.Fault("RELEASE", step: 3, code: .ioError, rollsBack: true),
    ])
    func `whose common part fails keeps nothing, and the writer goes on`(fault: FaultPlan.Fault) throws {
        let trial = try TrialStore { FaultPlan(fault) }
        let answers = trial.group(Array(repeating: trial.admission, count: 3))
        #expect(successes(of: answers) == 0)
        #expect(try trial.people().isEmpty)
        #expect(try trial.factCount() == 0)
        try expectNext(trial, after: 0)
    }

    @Test func `that cannot even undo one change keeps nothing`() throws {
        let trial = try TrialStore {
            FaultPlan(
                FaultPlan.Fault("INSERT INTO fact", step: 5, code: .ioError),
                FaultPlan.Fault("ROLLBACK TO", step: 1, code: .ioError))
        }
        let answers = trial.group(Array(repeating: trial.admission, count: 4))
        #expect(successes(of: answers) == 0)
        try expectNext(trial, after: 0)
    }

    @Test func `is recorded later than the one before, whatever the clock does`() throws {
        let trial = try TrialStore()
        let origin = trial.origin
        let start = trial.clock.now.microseconds
        var recorded: [Instant] = []
        for (place, clock) in [0, 0, 0, -5_000_000, 3, 3, -86_400_000_000, 1_000].enumerated() {
            trial.clock.set(Instant(microseconds: start + Int64(clock)))
            // Every third group writes no fact; its receipts and access log are dated all the same.
            let answers = trial.group(
                [0, 1].map { _ -> @Sendable (WriteTransaction) throws -> Instant in
                    { transaction in
                        if place % 3 != 2 { _ = try TrialStore.admit(transaction, from: origin) }
                        return transaction.recorded
                    }
                })
            let instants = try Set(answers.map { try $0.get() })
            #expect(instants.count == 1)
            recorded += instants
            if place == 4 { try trial.reopen() }
        }
        #expect(zip(recorded, recorded.dropFirst()).allSatisfy { $0 < $1 }, "\(recorded)")
        let facts = try trial.people().flatMap { person in
            try trial.store.read { reader in try reader.facts(of: person) }
        }
        #expect(facts.map(\.recorded) == facts.sorted { $0.id < $1.id }.map(\.recorded).sorted())
    }
}

@Suite struct `A change that has waited too long` {
    @Test func `is not begun, and whoever asked is told that nothing was kept`() throws {
        let trial = try TrialStore()
        let admission = trial.admission
        let late = trial.group([admission], deadline: .now - .seconds(1))
        #expect(late.map(\.storeError) == [.busy])
        #expect(try trial.people().isEmpty)
        let timely = trial.group([admission], deadline: .now + .seconds(3_600))
        #expect(successes(of: timely) == 1)
        #expect(try trial.people().count == 1)
    }
}
