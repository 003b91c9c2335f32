import App
import ByNameList
import CivilTime
import Fixtures
import Foundation
import JSON
import ShippedConfig
import Store
import Testing

@Suite struct `The worked month once more` {
    @Test(arguments: UInt64(1)...5)
    func `comes out as it was counted by hand when its facts are posted in shuffled order by the right tokens`(
        seed: UInt64
    ) async throws {
        let policy = try #require(PolicyDocument.template("ca_bfz"))
        let trial = try TrialService(policy: policy.replacing(#""ca_reaching_home""#, with: #""on_2018""#))
        let document = try JSONValue(Array(try Data(contentsOf: `The worked month once more`.file)))
        var posting = PostedMonth(document, seed: seed, trial)
        try await posting.run()
        var checks = 0
        for check in document["checks"]?.elements ?? [] where check["known_at"] == nil {
            for expected in check["expect"]?.members ?? [] {
                checks += try await compare(check, expected, trial)
            }
        }
        #expect(checks > 200)
        #expect(trial.complaints.all == [])
        let problems = try trial.workspace.store.read { try $0.check(try $0.community("north")).problems }
        #expect(problems == [])
    }

    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../AppTests/Vectors/worked-month.json")

    /// - Returns: how many figures were compared.
    private func compare(_ check: JSONValue, _ expected: JSONValue.Member, _ trial: TrialService) async throws -> Int {
        let month = try #require(check["month"]?.text)
        let unit = check["unit"]?.text ?? "persons"
        let population = try #require(Population.standard.first { $0.name == expected.key })
        let path = "reports/monthly/\(month)?population=\(population.code)&unit=\(unit)"
        for worker in [Worker.admin, .coordinator] {
            let report = try await trial.get(path, as: worker).json
            for (name, value) in figures(expected.value) {
                #expect(report[name] == value, "\(month) \(expected.key) \(unit): \(name)")
            }
            #expect(report["error"]?.whole == 0)
        }
        return figures(expected.value).count
    }

    /// What the file expects, under the names of the report; what it does not name is nought.
    private func figures(_ expected: JSONValue) -> [String: JSONValue] {
        func count(_ value: JSONValue?) -> JSONValue { .integer(Int64(value?.elements.count ?? 0)) }
        var figures = [
            "active_at_start": count(expected["active_start"]), "active_at_end": count(expected["active_end"]),
        ]
        for measure in Measure.allCases {
            figures[measure.code] = count(expected[measure.code])
            figures[measure.code + "_people"] = count(expected[measure.code])
        }
        for housing in Housing.allCases {
            figures["housing_move_ins_" + housing.code] = count(expected["move_ins_by_type"]?[housing.code])
        }
        for reason in InactiveReason.allCases {
            figures["moved_to_inactive_" + reason.code] = count(expected["inactive_by_reason"]?[reason.code])
        }
        let lengths = expected["length_of_time"]
        figures["days_to_housing_count"] = lengths?["n"] ?? .integer(0)
        for name in ["mean", "median"] {
            figures["days_to_housing_" + name] =
                lengths?[name]?.whole.map { .number(Double($0)) } ?? lengths?[name] ?? .null
        }
        return figures
    }
}

/// Posts the facts of a history: everybody by an intake, then facts, mistakes and their voids, each as soon as it can
/// be and otherwise in any order.
struct PostedMonth {
    private let trial: TrialService
    private var random: SplitMix64
    private var steps: [Step] = []
    /// By the file's names.
    private(set) var people: [String: String] = [:]
    private var written: [String: (fact: String, writer: Worker)] = [:]
    private var agencies: [String: Worker] = [:]

    private enum Step {
        case intake(of: String, [JSONValue])
        case fact(JSONValue)
        /// Two of the file's people are one.
        case merge(String, with: String)
        /// Says that somebody died, which is not so.
        case mistake(about: String)
        case void(String, by: Worker)
    }

    init(_ document: JSONValue, seed: UInt64, _ trial: TrialService) {
        self.trial = trial
        random = SplitMix64(seed: seed)
        let facts = document["facts"]?.elements ?? []
        let names = Set(facts.compactMap { $0["person"]?.text }).sorted()
        for name in names {
            agencies[name] = random.pick([.harbour, .lantern])
            let own = facts.filter { $0["person"]?.text == name }
            steps.append(.intake(of: name, own.filter { ["person", "intake"].contains($0["kind"]?.text) }))
            steps += own.filter { !["person", "intake", "same_person"].contains($0["kind"]?.text) }.map { .fact($0) }
        }
        for fact in facts where fact["kind"]?.text == "same_person" {
            steps.append(.merge(fact["person"]?.text ?? "", with: fact["as"]?.text ?? ""))
        }
        for _ in 0..<4 { steps.append(.mistake(about: random.pick(names))) }
    }

    mutating func run() async throws {
        while !steps.isEmpty {
            let ready = steps.indices.filter { isReady(steps[$0]) }
            try #require(!ready.isEmpty)
            try await take(steps.remove(at: random.pick(ready)))
        }
    }

    private func isReady(_ step: Step) -> Bool {
        switch step {
        case .intake, .void: true
        case .fact(let fact):
            people[fact["person"]?.text ?? ""] != nil && (fact["replaces"]?.text.map { written[$0] != nil } ?? true)
        case .mistake(let person): people[person] != nil
        case .merge(let person, let other): people[person] != nil && people[other] != nil
        }
    }

    private mutating func take(_ step: Step) async throws {
        switch step {
        case .intake(let name, let facts): try await admit(name, facts)
        case .fact(let fact): try await post(fact)
        case .merge(let name, let other): try await merge(name, other)
        case .mistake(let name):
            let writer = random.pick([agencies[name] ?? .coordinator, .coordinator])
            let day = random.pick(["2023-06-15", "2024-03-10"])
            let fact = try await trial.add(
                #"{"kind": "death", "on": "\#(day)"}"#, about: people[name] ?? "", as: writer)
            steps.append(.void(fact, by: random.pick([writer, .coordinator])))
        case .void(let fact, let writer):
            let answer = try await trial.post("facts/\(fact)/void", as: writer, "{}")
            try #require(answer.status == 201, "\(answer.text)")
        }
    }

    /// Now and then undone, and said again.
    private mutating func merge(_ name: String, _ other: String) async throws {
        let path = "people/\(people[name] ?? "")/merge"
        let answer = try await trial.post(path, as: .coordinator, #"{"same_as": "\#(people[other] ?? "")"}"#)
        try #require(answer.status == 201, "\(answer.text)")
        guard random.chance(40) else { return }
        let undone = try await trial.post(
            "merges/\(answer.json["merge"]?.text ?? "")/undo", as: .coordinator, "{}")
        try #require(undone.status == 201, "\(undone.text)")
        steps.append(.merge(name, with: other))
    }

    /// Whoever has no intake in the file came by one all the same, and it is voided.
    private mutating func admit(_ name: String, _ facts: [JSONValue]) async throws {
        let writer = agencies[name] ?? .coordinator
        let intake = facts.first { $0["kind"]?.text == "intake" }
        let person = facts.first { $0["kind"]?.text == "person" }
        var members = [#""on": "\#(intake?["on"]?.text ?? "2024-03-01")""#]
        if let person {
            var profile = [#""given_name": "\#(person["name"]?.text ?? "")""#]
            if let birth = person["birth_date"]?.text { profile.append(#""birth_date": "\#(birth)""#) }
            members.append(#""profile": {\#(profile.joined(separator: ", "))}"#)
            if let veteran = person["veteran"]?.text { members.append(#""answers": {"veteran": "\#(veteran)"}"#) }
        }
        let answer = try await trial.post("intakes", as: writer, "{" + members.joined(separator: ", ") + "}")
        try #require(answer.status == 201, "\(answer.text)")
        people[name] = try #require(answer.json["person"]?.text)
        let first = try #require(answer.json["facts"]?.elements.first?.text)
        if intake == nil { steps.append(.void(first, by: random.pick([writer, .coordinator]))) }
    }

    private mutating func post(_ fact: JSONValue) async throws {
        let name = try #require(fact["person"]?.text)
        let replaced = fact["replaces"]?.text.flatMap { written[$0] }
        // What an agency calls a household is its own: all of one by one.
        let writer =
            fact["kind"]?.text == "household"
            ? Worker.coordinator : random.pick([replaced?.writer ?? agencies[name] ?? .coordinator, .coordinator])
        var body = try #require(PostedMonth.body(of: fact), "\(fact)")
        if let replaced { body += #", "replaces": "\#(replaced.fact)""# }
        let id = try await trial.add("{\(body)}", about: try #require(people[name]), as: writer)
        written[fact["id"]?.text ?? ""] = (id, writer)
    }

    /// A fact of the file in the words of the interface; `nil` for a kind that is not known here.
    private static func body(of fact: JSONValue) -> String? {
        func members(_ kind: String, _ names: [String], _ renamed: [String: String] = [:]) -> String {
            ([#""kind": "\#(kind)""#]
                + names.compactMap { name in
                    fact[name].map {
                        #""\#(renamed[name] ?? name)": \#(String(decoding: JSONWriter.bytes(of: $0), as: UTF8.self))"#
                    }
                }).joined(separator: ", ")
        }
        switch fact["kind"]?.text {
        case "stay":
            let known = fact["source"] == nil ? "" : #", "known": "self_reported""#
            return members("situation", ["situation", "from", "to"]) + known
        case "contact": return members("contact", ["on", "seen_homeless", "how"])
        case "move_in": return members("move_in", ["on", "housing"])
        case "leave": return members("inactive", ["on", "reason"])
        case "death": return members("death", ["on"])
        case "determination": return members("determination", ["on", "rule", "chronic"])
        case "household":
            return members("household", ["role", "on"], ["on": "from"])
                + #", "household": "household-\#(fact["household"]?.text ?? "")""#
        default: return nil
        }
    }
}
