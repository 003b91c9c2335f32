import ByNameList
import CivilTime
import Foundation
import Store
import Testing

@Suite struct `A submission that waits` {
    private func hold(_ key: String, in trial: TrialStore) throws {
        let origin = trial.origin
        try trial.store.change { transaction in
            try CommunityLedger(transaction, origin: origin).hold(
                IdempotentRequest(
                    community: origin.community, actor: origin.actor, route: "", key: key, bodyHash: [1]),
                form: "street", content: #"{"name": "Zephyrine"}"#, problems: "[]")
        }
    }

    private func waiting(_ trial: TrialStore) throws -> [HeldSubmission] {
        try trial.store.read { [community = trial.origin.community] reader in
            try reader.held(of: "street", in: community, after: 0, limit: 10)
        }
    }

    @Test func `is kept once, and settled once`() throws {
        let trial = try TrialStore()
        for key in ["a", "a", "b"] { try hold(key, in: trial) }
        let held = try waiting(trial)
        #expect(held.map(\.key) == ["a", "b"] && held.map(\.state) == [.waits, .waits])
        for expected in [true, false] {
            let isSettled = try trial.store.change { transaction in try transaction.settle(held[0], as: .admitted) }
            #expect(isSettled == expected)
        }
        #expect(try waiting(trial).map(\.key) == ["b"])
        try hold("a", in: trial)
        #expect(try waiting(trial).map(\.key) == ["b"])
    }

    @Test func `leaves nothing in the file and its log once it is settled`() throws {
        let trial = try TrialStore()
        try hold("a", in: trial)
        let held = try #require(try waiting(trial).first)
        func isFound() throws -> Bool {
            try FileManager.default.subpathsOfDirectory(atPath: trial.folder.path).contains { path in
                let bytes = FileManager.default.contents(atPath: trial.folder.path + "/" + path)
                return bytes?.range(of: Data("Zephyrine".utf8)) != nil
            }
        }
        #expect(try isFound())
        _ = try trial.store.change { transaction in try transaction.settle(held, as: .discarded) }
        // What the writer does next comes after it has cut the log.
        _ = try trial.store.change(trial.admission)
        #expect(try !isFound())
    }

    @Test func `is thrown away after the years of the policy`() throws {
        let trial = try TrialStore()
        try hold("a", in: trial)
        let recorded = try #require(try waiting(trial).first).recorded
        let years = { (count: Int64) in Instant(microseconds: recorded.microseconds + count * 366 * 86_400_000_000) }
        trial.clock.set(years(6))
        try hold("b", in: trial)
        try trial.store.eraseSilentPeople()
        #expect(try waiting(trial).map(\.key) == ["a", "b"])
        trial.clock.set(years(8))
        try trial.store.eraseSilentPeople()
        #expect(try waiting(trial).map(\.key) == ["b"])
    }
}
