import ByNameList
import CivilTime
import Foundation
import SQLite
import ShippedConfig
import Store
import Testing

@Suite struct `A rebuild` {
    /// The shipped policy with a shorter silence.
    private var stricter: String {
        (PolicyDocument.template("us_bfz") ?? "").replacingOccurrences(of: #"{ "days": 90 }"#, with: #"{ "days": 30 }"#)
    }

    private func isStrict(_ spells: [Spell]) -> Bool { spells.compactMap(\.to).contains(day("2024-05-01")) }

    @Test func `with a new policy is in force at once, even if the old rows cannot be dropped`() throws {
        let trial = try TrialStore { FaultPlan(FaultPlan.Fault("DELETE FROM spell", code: .ioError)) }
        let origin = trial.origin
        let person = try trial.store.change { transaction in
            let person = try transaction.newPerson(in: origin.community)
            let on = CivilDate(dayNumber: day("2024-04-01").dayNumber)
            try transaction.append(NewFact(.intake(on: on, saidOf: .theDay), about: person), from: origin)
            return person
        }
        #expect(throws: StoreError.self) {
            try trial.store.rebuild(community: "test", policy: stricter)
        }
        let disclosure = Disclosure(actor: origin.actor, community: origin.community, fields: "page", purpose: "intake")
        let page = try trial.store.release(
            trial.store.read { reader in try reader.page(of: person, in: disclosure.community) }, to: disclosure)
        let spells = try trial.store.read { reader in
            try reader.spells(of: person, in: try reader.projection(of: try reader.community("test")))
        }
        #expect(isStrict(spells))
        #expect(page.timeline.spells == spells)
        #expect(try trial.problems() == [])
        // What was left is still written to, and goes with the next rebuild.
        _ = try trial.store.change(trial.admission)
        try trial.store.rebuild(community: "test")
        #expect(try trial.projections() == 1)
        #expect(try trial.problems() == [])
    }

    @Test func `by other rules leaves the figures as the former made them until everybody is judged anew`() throws {
        let trial = try TrialStore()
        for _ in 0..<5 { _ = try trial.store.change(trial.admission) }
        try trial.reopen(after: "UPDATE projection SET rule_version = rule_version - 1")
        // Recorded, and in no figure of the former rules.
        _ = try trial.store.change(trial.admission)
        #expect(try trial.countedToday() == 5)
        var seen: [Int] = []
        try trial.store.mendProjections { _, _, _ in seen.append((try? trial.countedToday()) ?? -1) }
        #expect(!seen.isEmpty && seen.allSatisfy { $0 == 5 })
        #expect(try trial.countedToday() == 6)
        #expect(try trial.projections() == 1)
        #expect(try trial.problems() == [])
        _ = try trial.store.change(trial.admission)
        #expect(try trial.countedToday() == 7)
        #expect(try trial.problems() == [])
    }

    @Test(arguments: [
        FaultPlan.Fault("UPDATE projection SET built_to = ?", step: 2, code: .full, rollsBack: true),
        FaultPlan.Fault("UPDATE projection SET built_to = NULL", code: .ioError),
        FaultPlan.Fault("INSERT OR FAIL INTO spell", step: 9, code: .ioError),
    ])
    func `that fails half-way leaves the figures alone and can be done again`(fault: FaultPlan.Fault) throws {
        let trial = try TrialStore { FaultPlan(fault) }
        for _ in 0..<5 { _ = try trial.store.change(trial.admission) }
        #expect(throws: StoreError.self) {
            try trial.store.rebuild(community: "test", policy: stricter, recordsPerBatch: 2)
        }
        #expect(try trial.countedToday() == 5)
        #expect(try trial.problems() == [])
        _ = try trial.store.change(trial.admission)
        #expect(try trial.problems() == [])
        try trial.store.rebuild(community: "test", policy: stricter, recordsPerBatch: 2)
        #expect(try trial.countedToday() == 6)
        #expect(try trial.projections() == 1)
        #expect(try trial.problems() == [])
    }
}

extension TrialStore {
    fileprivate func projections() throws -> Int {
        let connection = try Connection(path: folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
        return try connection.prepare("SELECT count(*) FROM projection").first { row in row.int(0) } ?? 0
    }
}
