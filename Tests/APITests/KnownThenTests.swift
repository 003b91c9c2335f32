import App
import ByNameList
import CivilTime
import Fixtures
import JSON
import ShippedConfig
import Store
import Testing

/// An answer, and what to ask for to have it again.
private struct Served: Sendable {
    let path: String
    let knownAt: String
    let text: String

    /// The same question, of the moment that the answer states.
    var again: String { path + (path.contains("?") ? "&" : "?") + "known_at=\(knownAt)" }
}

@Suite struct `What was served` {
    private static let coordinator = Worker("sample", "City", .coordinator)

    /// Of an answer that states no moment the list's is taken, which is asked first.
    private func serve(_ paths: [String], _ trial: TrialService) async throws -> [Served] {
        var served: [Served] = []
        for path in ["list"] + paths {
            let answer = try await trial.get(path, as: `What was served`.coordinator)
            try #require(answer.status == 200, "\(path): \(answer.text)")
            let first = answer.json["value"]?.elements.first
            let column = answer.text.split(separator: "\n").dropFirst().first?.split(separator: ",")
            let csv = answer.text.split(separator: ",").firstIndex(of: "known_at").flatMap { column?[$0] }
            let stated =
                answer.json["known_at"]?.text ?? first?["known_at"]?.text ?? csv.map { String($0) }
                ?? served.first?.knownAt
            served.append(Served(path: path, knownAt: try #require(stated, "\(path)"), text: answer.text))
        }
        return served
    }

    /// Everything that can be asked of figures, of the list and of somebody.
    private func questions(_ trial: TrialService, _ random: inout SplitMix64) async throws -> [String] {
        let list = try await trial.get("list", as: `What was served`.coordinator)
        let people = try #require(list.json["people"]?.elements.compactMap { $0["person"]?.text })
        let month = ("2023-10" as Month).adding(months: random.number(0...6))
        let ended = ("2023-10" as Month).adding(months: random.number(0...4))
        let figure = random.pick(Figure.all).code
        let some = (0..<3).map { _ in random.pick(people) }
        return [
            "reports/monthly?from=2023-10&to=\(month)", "reports/monthly?from=2024-02&to=2024-03&unit=households",
            "reports/monthly.csv?from=2024-01&to=2024-04", "reports/monthly/\(month)?population=chronic",
            "reports/monthly/\(ended)/active_at_end/people",
            "reports/monthly/\(ended)/\(figure)/people?unit=households",
            "exports/built-for-zero-us/\(ended)", "exports/caeh/\(ended)",
            "reports/reliability?from=2023-10&to=\(ended)",
            "list?as_of=2024-02-10&population=all_singles", "list?sort=projected_chronic",
            "list?sort=projected_chronic&population=veterans",
        ]
            + some.flatMap { person in
                ["", "/facts", "/timeline", "/timeline?as_of=2024-01-31", "/chronic", "/explanation?month=\(ended)"]
                    .map { "people/\(person)\($0)" }
            }
    }

    /// Late facts, corrections, new names and new people, thousands of them.
    private func change(
        _ trial: TrialService, _ random: inout SplitMix64, facts: Int, people: inout [PersonID]
    ) async throws {
        let community = try trial.workspace.community("sample")
        let today = trial.workspace.store.calendar("UTC", trial.clock.now)
        for _ in 0..<(facts / 50) {
            (random, people) = try trial.workspace.store.change { [random, people] transaction in
                var (random, people) = (random, people)
                let origin = try transaction.origin(
                    community: community.id, agency: "City", actor: "later", source: "later", isImport: false)
                for _ in 0..<50 {
                    if random.chance(3) { people.append(try transaction.newPerson(in: community.id)) }
                    let person = random.pick(people)
                    var content = random.content(by: today)
                    let known = try CommunityLedger(transaction, origin: origin).facts(of: person)
                    if random.chance(15), let fact = known.randomElement(using: &random) { content = .void(fact.id) }
                    let name = IdentityDetails(givenName: "Given\(random.number(1...999))", familyName: "Later")
                    let isNamed = if case .identity = content { true } else { false }
                    try transaction.append(
                        NewFact(content, about: person, identity: isNamed ? name : nil), from: origin)
                }
                return (random, people)
            }
        }
    }

    /// Records that are found to be one person's, and some that are not after all; numbers of another system.
    private func merge(_ trial: TrialService, _ random: inout SplitMix64, merges: inout [String]) async throws {
        let worker = `What was served`.coordinator
        let people = try await trial.get("list", as: worker).json["people"]?.elements.compactMap { $0["person"]?.text }
        for _ in 0..<4 {
            let (one, other) = (random.pick(people ?? []), random.pick(people ?? []))
            let merge = try await trial.post("people/\(one)/merge", as: worker, #"{"same_as": "\#(other)"}"#)
            if let id = merge.json["merge"]?.text { merges.append(id) }
            let number = random.number(1...9_999)
            let intake =
                #"{"on": "2024-03-20", "person": "\#(one)", "external_ids": [{"system": "x", "value": "\#(number)"}]}"#
            #expect(try await trial.post("intakes", as: worker, intake).status == 201)
        }
        if let merge = merges.popLast() {
            #expect(try await trial.post("merges/\(merge)/undo", as: worker, "{}").status == 201)
        }
    }

    private func changePolicy(_ trial: TrialService, to template: String) throws {
        try trial.workspace.store.rebuild(community: "sample", policy: PolicyDocument.template(template))
    }

    /// Whatever came after: late facts, corrections, names, numbers, people, merges and their undoing, other policies.
    @Test(arguments: UInt64(1)...3)
    func `is served again, to the byte, by the moment that it states`(seed: UInt64) async throws {
        let trial = try TrialService(
            policy: PolicyDocument.template("ca_bfz") ?? "",
            sample: SampleCommunity(seed: seed, people: 160, months: 8, endingOn: "2024-03-20"))
        var random = SplitMix64(seed: seed)
        var people = try trial.workspace.store.read { reader in
            try reader.people(of: try reader.community("sample").id, after: PersonID(0), limit: 1_000)
        }
        var merges: [String] = []
        var served = try await serve(try await questions(trial, &random), trial)
        for step in 0..<4 {
            try await change(trial, &random, facts: 100, people: &people)
            try await merge(trial, &random, merges: &merges)
            try trial.moveClock(to: "2024-04-0\(3 + 2 * step)T18:00:00Z")
            if step == 1 { try changePolicy(trial, to: "us_bfz") }
            served += try await serve(try await questions(trial, &random), trial)
        }
        try await change(trial, &random, facts: 2_000, people: &people)
        try changePolicy(trial, to: "ontario")
        try trial.moveClock(to: "2024-05-11T09:00:00Z")
        try await change(trial, &random, facts: 500, people: &people)
        try await merge(trial, &random, merges: &merges)
        #expect(merges.count >= 3)
        var different = 0
        for one in served {
            let then = try await trial.get(one.again, as: `What was served`.coordinator)
            #expect(then.status == 200 && then.text == one.text, "\(one.again)")
            let now = try await trial.get(one.path, as: `What was served`.coordinator)
            if now.text != one.text { different += 1 }
        }
        #expect(different * 10 > served.count * 9)
    }

    @Test func `names nobody who was not yet known, and nobody by a later name`() async throws {
        let trial = try TrialService()
        let first = try await trial.admit(.harbour)
        let before = try await trial.get("list", as: .coordinator)
        let knownAt = try #require(before.json["known_at"]?.text)
        let second = try await trial.admit(.harbour, given: "Orsolya")
        try await trial.add(#"{"kind": "profile", "given_name": "Otto"}"#, about: first.person, as: .harbour)
        let then = try await trial.get("list?known_at=\(knownAt)", as: .coordinator)
        #expect(then.text == before.text && !then.text.contains("Otto") && !then.text.contains("Orsolya"))
        for path in ["", "/facts", "/timeline", "/chronic"] {
            let answer = try await trial.get("people/\(second.person)\(path)?known_at=\(knownAt)", as: .coordinator)
            #expect(answer.summary == "404 no-such-person", "\(path)")
        }
    }

    /// Who may see whom is a matter of now, and what was erased is gone from the past, too.
    @Test func `is not served again to who may not see it any more, nor what was erased`() async throws {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.harbour)
        let page = try await trial.get("people/\(person)", as: .lantern)
        #expect(page.status == 404)
        let list = try await trial.get("list", as: .coordinator)
        let knownAt = try #require(list.json["known_at"]?.text)
        #expect(list.text.contains("Zephyrine"))
        #expect(try await trial.post("people/\(person)/erasure", as: .coordinator, "{}").status == 201)
        let then = try await trial.get("list?known_at=\(knownAt)", as: .coordinator)
        #expect(then.status == 200 && !then.text.contains("Zephyrine") && then.text.contains(person))
    }

    @Test func `is asked for a moment that is past, and a list for its own day`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        for (query, summary) in [
            ("known_at=2999-01-01T00:00:00Z", "422 invalid-fields ?known_at"),
            ("known_at=yesterday", "422 invalid-fields ?known_at"),
            ("sort=projected_chronic&as_of=2024-04-02&known_at=2024-03-30T00:00:00Z", "422 invalid-fields ?as_of"),
            ("sort=projected_chronic&as_of=2024-03-30&known_at=2024-03-30T00:00:00Z", "200"),
        ] {
            #expect(try await trial.get("list?\(query)", as: .coordinator).summary == summary, "\(query)")
        }
    }
}

extension SplitMix64 {
    /// Something that somebody says, of a day up to today.
    fileprivate mutating func content(by today: CivilDate) -> FactContent {
        let from = today.adding(days: -number(0...200))
        let to = min(today, from.adding(days: number(1...60)))
        switch number(0...10) {
        case 0: return .identity(named: true, birth: BirthDate(today.adding(days: -number(0...25_000))))
        case 1: return .moveIn(MoveIn(on: from, housing: .rapidRehousing, to: chance(30) ? to : nil))
        case 2: return .leave(on: from, reason: .movedAway)
        case 3: return .stay(Stay(.emergencyShelter, from: from, to: chance(50) ? max(from.adding(days: 1), to) : nil))
        case 4: return .stay(Stay(.institution, from: from))
        case 5: return .contact(Contact(on: from, seenHomeless: true, kind: .outreach))
        case 6: return .answer(Answer(.veteran, chance(50) ? .yes : .no, on: from))
        case 7: return .answer(Answer(.disablingCondition, .yes, on: from))
        case 8: return .consent(on: from, purpose: .list, value: chance(50) ? .given : .refused)
        case 9: return .assessment(on: from)
        default: return chance(20) ? .death(on: from) : .intake(on: from, saidOf: .theDay)
        }
    }
}
