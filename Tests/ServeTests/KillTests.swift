import Fixtures
import Foundation
import Testing

/// How often a server is killed: `BNL_KILLS`, or 5.
private let kills = ProcessInfo.processInfo.environment["BNL_KILLS"].flatMap(UInt64.init) ?? 5
/// How often a server is stopped: `BNL_STOPS`, or 3.
private let stops = ProcessInfo.processInfo.environment["BNL_STOPS"].flatMap(UInt64.init) ?? 3

@Suite(.serialized) struct `A server under load` {
    @Test(arguments: 0..<kills)
    func `that is killed has kept what it acknowledged, once, and answers retries alike`(kill: UInt64) throws {
        var random = SplitMix64(seed: kill ^ UInt64(getpid()) << 20)
        let record = try ServedRecord()
        try record.start()
        let load = IntakeLoad(record, clients: 4, run: "kill-\(kill)")
        load.wait(forAnswers: Int(random.number(20...400)))
        record.kill()
        let outcomes = load.finish()
        try record.start()
        #expect(outcomes.values.contains { $0.isKept })
        let client = Client(record.port)
        for (key, outcome) in outcomes {
            let name = key.split(separator: "-").dropFirst(2)
            let answer = client.ask(record.intake(key: key, name: "P\(name.joined(separator: "x"))"))
            #expect(answer.status == 201)
            guard case .kept(let body) = outcome else { continue }
            #expect(answer.content == body)
            #expect(answer.contains("Idempotent-Replayed: true"))
        }
        // Nobody twice: an intake that was not acknowledged is kept once too, by its retry at the latest.
        #expect(try peopleOnTheList(record) == outcomes.count)
        #expect(record.stop())
        #expect(try record.isWhole())
    }

    @Test(arguments: 0..<stops)
    func `that is told to stop answers every request that it took in`(stop: UInt64) throws {
        var random = SplitMix64(seed: stop ^ UInt64(getpid()) << 20)
        let record = try ServedRecord()
        try record.start()
        let load = IntakeLoad(record, clients: 8, run: "stop-\(stop)")
        load.wait(forAnswers: Int(random.number(20...400)))
        #expect(record.stop())
        let outcomes = load.finish()
        #expect(outcomes.values.filter { $0 == .unanswered }.count == 0)
        #expect(outcomes.values.contains { $0.isKept })
        #expect(outcomes.values.allSatisfy { $0.isKept || $0 == .other(503) })
        try record.start()
        #expect(try peopleOnTheList(record) == outcomes.values.filter(\.isKept).count)
    }

    private func peopleOnTheList(_ record: ServedRecord) throws -> Int {
        var people = 0
        var cursor: String?
        repeat {
            let page = record.get("list?as_of=2026-01-05" + (cursor.map { "&cursor=\($0)" } ?? ""))
            try #require(page.status == 200)
            people += page.content.ranges(of: #"{"person":"#).count
            cursor = page.content.firstRange(of: #""next":"p_"#).map {
                String(page.content[page.content.index($0.upperBound, offsetBy: -2)...].prefix(15))
            }
        } while cursor != nil
        return people
    }
}

extension IntakeLoad.Outcome {
    fileprivate var isKept: Bool {
        if case .kept = self { true } else { false }
    }
}
