import CivilTime
import Foundation
import SQLite
import Store
import Testing

@Suite struct `A disk that fails` {
    @Test(arguments: [
        // The commit of the change that holds the writer is the first.
        FaultPlan.Fault("COMMIT", step: 2, code: .ioError),
        FaultPlan.Fault("COMMIT", step: 2, code: .ioError, rollsBack: true),
        FaultPlan.Fault("INSERT INTO fact", step: 5, code: .corrupt),
        FaultPlan.Fault("INSERT INTO tally", step: 1, code: .corrupt, rollsBack: true),
    ])
    func `ends all writing until the next start, and no reading`(fault: FaultPlan.Fault) throws {
        let trial = try TrialStore { FaultPlan(fault) }
        let failed = trial.group([trial.admission, trial.admission])
        #expect(trial.store.live.writing == .stopped)
        let kept = successes(of: failed)
        #expect(kept == (fault.words == "INSERT INTO fact" ? 1 : 0))
        for _ in 0..<3 {
            #expect(throws: StoreError.stopped) { try trial.store.change(trial.admission) }
            #expect(throws: StoreError.stopped) { try trial.store.change(usesReserve: true) { _ in } }
        }
        #expect(try trial.people().count == kept)
        #expect(try trial.store.backUp(named: "still", program: "test", recipient: nil).contents.tables.count > 10)
        // The log is left as it is: what it holds is read, and checked, by the next start.
        let log = trial.folder.databasePath + "-wal"
        trial.close()
        #expect(FileManager.default.fileExists(atPath: log))
        try trial.reopen()
        #expect(trial.store.live.writing == .good)
        #expect(try trial.people().count == kept)
        _ = try trial.store.change(trial.admission)
        #expect(try trial.problems() == [])
    }

    @Test func `at a checkpoint ends it too`() throws {
        let trial = try TrialStore { FaultPlan(FaultPlan.Fault("PRAGMA wal_checkpoint", step: 1, code: .corrupt)) }
        let origin = trial.origin
        // More pages than the writer lets stand when nobody waits.
        while trial.store.live.writing == .good {
            _ = try? trial.store.change { transaction in
                for _ in 0..<200 { _ = try TrialStore.admit(transaction, from: origin) }
            }
        }
        #expect(trial.store.live.writing == .stopped)
    }
}

@Suite struct `A full disk` {
    @Test func `refuses changes until there is room, and lets go of its ballast meanwhile`() throws {
        let trial = try TrialStore { FaultPlan(FaultPlan.Fault("COMMIT", step: 2, code: .full)) }
        let ballast = trial.folder.path + "/ballast"
        #expect(FileManager.default.fileExists(atPath: ballast))
        let answers = trial.group([trial.admission, trial.admission])
        #expect(answers.map(\.storeError) == [.full, .full])
        #expect(trial.store.live.writing == .full)
        #expect(!FileManager.default.fileExists(atPath: ballast))
        // There is room here: the ballast is taken again, and with it the next change.
        _ = try trial.store.change(trial.admission)
        #expect(trial.store.live.writing == .good)
        #expect(FileManager.default.fileExists(atPath: ballast))
        #expect(try trial.problems() == [])
    }
}

@Suite struct `A record that was not closed` {
    /// A record as a process leaves it that was killed: the log lies beside it, and nobody folded it in.
    private func killed() throws -> TrialStore {
        let trial = try TrialStore { FaultPlan(FaultPlan.Fault("COMMIT", step: 40, code: .ioError)) }
        for _ in 0..<60 { _ = try? trial.store.change(trial.admission) }
        trial.close()
        return trial
    }

    private func rootPage(of name: String, in folder: DataFolder) throws -> Int {
        let connection = try Connection(path: folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
        let statement = try connection.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?")
        try statement.bind(1, name)
        return try statement.first { row in row.int(0) } ?? 0
    }

    @Test func `is checked when it is opened, and opened if it is whole`() throws {
        let trial = try killed()
        try trial.reopen()
        #expect(try trial.people().count == 39)
        #expect(try trial.problems() == [])
    }

    @Test func `is not served if it is damaged, and says what to do`() throws {
        let trial = try killed()
        // The log is folded in, and kept as if it had not been.
        let log = trial.folder.databasePath + "-wal"
        let kept = try Data(contentsOf: URL(fileURLWithPath: log))
        try trial.reopen()
        trial.close()
        var database = try Data(contentsOf: URL(fileURLWithPath: trial.folder.databasePath))
        // A page of an index that nobody asks while the record is opened.
        let page = try rootPage(of: "fact_of_household", in: trial.folder)
        for place in (page - 1) * 4_096..<page * 4_096 { database[place] = 0xAB }
        try database.write(to: URL(fileURLWithPath: trial.folder.databasePath))
        try Data(kept.prefix(32)).write(to: URL(fileURLWithPath: log))
        let error = #expect(throws: StoreError.self) { try trial.reopen() }
        guard case .damaged(let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("not clean"))
    }
}
