import ByNameList
import CivilTime
import Fixtures
import Foundation
import ShippedConfig
import Store
import Synchronization
import Testing

/// The figures that are kept beside the journal, held against the journal.
@Suite struct `Stored figures` {
    private struct Refusing: Error {}

    @Test(arguments: PolicyDocument.templates)
    func `are those that the journal folds to, of whole months and of months cut short`(template: String) throws {
        let record = try ScratchStore(policy: PolicyDocument.template(template))
        var random = SplitMix64(seed: 7)
        var days: [CivilDate] = []
        for seed in 1...UInt64(14) {
            let history = RandomHistory(seed: seed)
            var recorder = HistoryRecorder(community: record.community)
            try record.write(history.facts, &recorder, using: &random)
            days += history.facts.flatMap { [$0.content.firstDay, $0.content.lastDay].compactMap(\.self) }
        }
        #expect(try record.problems() == [])
        let picked = (0..<60).map { _ in random.pick(days) }
        let cuts = picked + picked.map(\.month.lastDay) + picked.map { $0.month.firstDay.adding(days: 15) }
        #expect(try record.differences(asOf: Array(Set(cuts))) == [])
    }

    @Test func `hold who came and what was said while they were rebuilt`() throws {
        let record = try ScratchStore()
        let community = record.community
        var random = SplitMix64(seed: 7)
        let known = RandomHistory(seed: 3)
        let half = known.facts.count / 2
        var recorder = HistoryRecorder(community: community)
        try record.write(known.facts[..<half], &recorder, using: &random)
        // The rebuild takes in a thousand records at a time: of who comes then, the first is still among them.
        try record.store.change { transaction in
            while try transaction.newPerson(in: community).number < 999 {}
        }
        var passes = 0
        try record.store.rebuild(community: "test") { _, _ in
            passes += 1
            do {
                try record.write(known.facts[half...], &recorder, using: &random)
                var newcomer = HistoryRecorder(community: community)
                try record.write(intakes(["2024-03-01"]), &newcomer, using: &random)
                for seed in 10...UInt64(14) {
                    var newcomers = HistoryRecorder(community: community)
                    try record.write(RandomHistory(seed: seed).facts, &newcomers, using: &random)
                }
            } catch {
                Issue.record(error)
            }
        }
        #expect(passes == 1)
        #expect(try record.rows()["record"] ?? 0 > 1_001)
        #expect(try record.problems() == [])
    }

    @Test func `count a fact as late if it is about a month that is over`() throws {
        let record = try ScratchStore(at: "2024-04-01T12:00:00Z")
        var recorder = HistoryRecorder(community: record.community)
        var random = SplitMix64(seed: 7)
        try record.write(intakes(["2024-02-10", "2024-03-31", "2024-03-01", "2024-04-01"]), &recorder, using: &random)
        recorder.isImport = true
        try record.write(intakes(["2024-03-30"]), &recorder, using: &random)
        #expect(try ["2024-02", "2024-03", "2024-04"].map { try record.figures($0).lateFacts } == [1, 2, 0])
        #expect(try ["2024-02", "2024-03", "2024-04"].map { try record.figures($0).lateImportedFacts } == [0, 1, 0])
    }

    @Test func `keep of changes that share a commit what each but the failed one counts for`() throws {
        let record = try ScratchStore(at: "2024-04-20T12:00:00Z")
        let community = record.community
        let gate = DispatchSemaphore(value: 0)
        let finished = DispatchSemaphore(value: 0)
        let failures = Mutex(0)
        // The others line up behind the first, and are taken together.
        let isWaiting = record.store.submit({ _ in gate.wait() }, answer: { (_: Result<Void, any Error>) in })
        #expect(isWaiting)
        for (number, isRefused) in [false, true, false].enumerated() {
            let fact = intakes([day("2024-03-0\(number + 1)")])[0]
            let isSubmitted = record.store.submit(
                { transaction in
                    var recorder = HistoryRecorder(community: community)
                    try recorder.write(fact, transaction)
                    if isRefused { throw Refusing() }
                },
                answer: { (result: Result<Void, any Error>) in
                    if case .failure = result { failures.withLock { $0 += 1 } }
                    finished.signal()
                })
            #expect(isSubmitted)
        }
        gate.signal()
        for _ in 0..<3 { finished.wait() }
        #expect(failures.withLock { $0 } == 1)
        #expect(try record.texts("SELECT DISTINCT recorded FROM fact").count == 1)
        #expect(try record.problems() == [])
        let figures = try record.figures("2024-03")
        #expect(figures.activeAtEnd == 2 && figures.lateFacts == 2)
    }

    /// Intakes of different people on these days.
    private func intakes(_ days: [CivilDate]) -> [Fact] {
        days.map { day in
            let number = Int64(day.dayNumber)
            return Fact(
                id: FactID(number), person: PersonID(number), recorded: Instant(microseconds: 0), replaces: nil,
                content: .intake(on: day, saidOf: .theDay))
        }
    }
}
