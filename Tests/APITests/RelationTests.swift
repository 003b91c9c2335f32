import API
import Fixtures
import JSON
import Testing

@Suite struct `An outreach worker of another agency` {
    /// What was said about somebody whom Harbour serves, and whether Lantern may read the person then.
    static let stories: [(facts: [String], reads: Bool)] = [
        ([], false),
        ([sharing("given", "2024-03-01")], true),
        ([sharing("refused", "2024-03-01")], false),
        ([sharing("not_asked", "2024-03-01")], false),
        ([sharing("given", "2024-03-01"), sharing("withdrawn", "2024-03-02")], false),
        ([sharing("withdrawn", "2024-03-02"), sharing("given", "2024-03-01")], false),
        ([sharing("withdrawn", "2024-03-01"), sharing("given", "2024-03-02")], true),
        ([sharing("given", "2024-03-01"), sharing("withdrawn", "2024-03-01")], false),
        ([sharing("given", "2024-03-01"), sealed], false),
        ([sealed, sharing("given", "2024-04-01")], false),
        ([#"{"kind": "consent", "purpose": "list", "value": "given", "on": "2024-03-01"}"#], false),
        ([#"{"kind": "consent", "purpose": "research", "value": "given", "on": "2024-03-01"}"#], false),
    ]

    private static let sealed = #"{"kind": "sealed", "on": "2024-03-01"}"#

    private static func sharing(_ value: String, _ on: String) -> String {
        #"{"kind": "consent", "purpose": "sharing", "value": "\#(value)", "on": "\#(on)"}"#
    }

    @Test(arguments: `An outreach worker of another agency`.stories)
    func `reads who consented to sharing, and of everybody else knows nothing`(
        facts: [String], reads: Bool
    ) async throws {
        let trial = try TrialService()
        let (person, written) = try await trial.admit(.harbour)
        for fact in facts { try await trial.add(fact, about: person, as: .harbour) }
        let isSealed = facts.contains(Self.sealed)
        for path in ["", "/facts", "/timeline", "/chronic"].map({ "people/\(person)" + $0 }) {
            #expect(
                try await trial.get(path, as: .lantern).summary == (reads ? "200" : "404 no-such-person"), "\(path)")
            for worker in [Worker.harbour, .coordinator] {
                #expect(try await trial.get(path, as: worker).status == 200, "\(path)")
            }
        }
        try await expectShown(reads, isSealed: isSealed, person, trial)
        let before = try trial.rowCounts()
        let body = #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#
        let added = try await trial.post("people/\(person)/facts", as: .lantern, body)
        #expect(added.summary == (reads ? "201" : "404 no-such-person"))
        let intake = try await trial.post("intakes", as: .lantern, #"{"on": "2024-03-20", "person": "\#(person)"}"#)
        #expect(intake.summary == (reads ? "201" : "404 no-such-person"))
        let fact = try #require(written.last)
        let void = try await trial.post("facts/\(fact)/void", as: .lantern, "{}")
        #expect(void.summary == (reads ? "403 another-agencys-fact" : "404 no-such-fact"))
        if !reads { #expect(try trial.rowCounts() == before) }
    }

    private func expectShown(_ reads: Bool, isSealed: Bool, _ person: String, _ trial: TrialService) async throws {
        let questions = [
            #"{"name": "Zephyrine Quillfeather"}"#, #"{"name": "quilfeather"}"#,
            #"{"name": "zephyrine", "birth_date": "1980-02-03"}"#,
        ]
        for question in questions {
            for (worker, isShown) in [(Worker.lantern, reads), (.harbour, true), (.coordinator, !isSealed)] {
                let found = try await trial.post("people/search", as: worker, question)
                #expect(found.json["people"]?.elements.compactMap { $0["person"]?.text } == (isShown ? [person] : []))
                #expect(found.text.contains("Zephyrine") == isShown)
            }
        }
        for (worker, isShown) in [(Worker.lantern, reads), (.harbour, true), (.coordinator, true)] {
            let list = try await trial.get("list", as: worker)
            #expect(list.json["people"]?.elements.compactMap { $0["person"]?.text } == (isShown ? [person] : []))
        }
        let again = try await trial.post(
            "intakes", as: .lantern,
            """
            {"on": "2024-04-01", "profile": {"given_name": "Zephyrine", "family_name": "Quillfeather",
            "birth_date": "1980-02-03"}}
            """)
        #expect(again.json["is_new_person"]?.isTrue == true)
        #expect(
            again.json["possible_duplicates"]?.elements.compactMap { $0["person"]?.text } == (reads ? [person] : []))
    }

    @Test func `is told the same of who is out of reach as of who is not there`() async throws {
        let trial = try TrialService()
        let (person, facts) = try await trial.admit(.harbour)
        let fact = try #require(facts.first)
        for path in ["", "/facts", "/timeline", "/chronic"] {
            let hidden = try await trial.get("people/\(person)\(path)", as: .lantern)
            let absent = try await trial.get("people/p_0123456789ABC\(path)", as: .lantern)
            #expect(hidden.body == absent.body)
        }
        for (hidden, absent, body) in [
            (
                "people/\(person)/facts", "people/p_0123456789ABC/facts",
                #"{"facts": [{"kind": "death", "on": "2024-03-01"}]}"#
            ),
            ("facts/\(fact)/void", "facts/f_0123456789ABC/void", "{}"),
        ] {
            let first = try await trial.post(hidden, as: .lantern, body)
            let second = try await trial.post(absent, as: .lantern, body)
            #expect(first.body == second.body)
        }
    }

    @Test func `may correct what its own agency wrote and nothing else, a coordinator anything`() async throws {
        let trial = try TrialService()
        let (person, facts) = try await trial.admit(.harbour)
        try await trial.add(
            `An outreach worker of another agency`.sharing("given", "2024-03-01"), about: person, as: .harbour)
        let theirs = try #require(facts.last)
        let mine = try await trial.add(#"{"kind": "assessment", "on": "2024-03-20"}"#, about: person, as: .lantern)
        func replace(_ fact: String, as worker: Worker) async throws -> String {
            let body = #"{"facts": [{"kind": "assessment", "on": "2024-03-21", "replaces": "\#(fact)"}]}"#
            return try await trial.post("people/\(person)/facts", as: worker, body).summary
        }
        let before = try trial.rowCounts()
        #expect(try await replace(theirs, as: .lantern) == "403 another-agencys-fact")
        #expect(try await trial.post("facts/\(theirs)/void", as: .lantern, "{}").summary == "403 another-agencys-fact")
        #expect(try await replace(mine, as: .harbour) == "403 another-agencys-fact")
        #expect(try await trial.post("facts/\(mine)/void", as: .harbour, "{}").summary == "403 another-agencys-fact")
        #expect(try trial.rowCounts() == before)
        #expect(try await replace(mine, as: .lantern) == "201")
        #expect(try await trial.post("facts/\(mine)/void", as: .lantern, "{}").status == 201)
        #expect(try await replace(theirs, as: .coordinator) == "201")
        #expect(try await trial.post("facts/\(theirs)/void", as: .coordinator, "{}").status == 201)
    }

    @Test func `may not name a fact of somebody else as the one that is replaced`() async throws {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.lantern)
        let (_, mine) = try await trial.admit(.lantern, given: "Marigold", family: "Underhill")
        let (_, hidden) = try await trial.admit(.harbour, given: "Barnaby", family: "Otterburn")
        for fact in mine + hidden {
            let body = #"{"facts": [{"kind": "assessment", "on": "2024-03-21", "replaces": "\#(fact)"}]}"#
            let answer = try await trial.post("people/\(person)/facts", as: .lantern, body)
            #expect(answer.summary == "422 invalid-fields /facts/0/replaces")
        }
    }

    @Test func `may name a household only through somebody in it whom it may read`() async throws {
        let trial = try TrialService()
        let (parent, _) = try await trial.admit(.harbour)
        let statement =
            #"{"kind": "household", "household": "the-quillfeathers", "role": "head", "from": "2024-03-01"}"#
        try await trial.add(statement, about: parent, as: .harbour)
        let facts = try await trial.get("people/\(parent)/facts", as: .harbour).json["facts"]?.elements ?? []
        let households = facts.compactMap { $0["household"]?.text }
        let household = try #require(households.first)
        let (other, _) = try await trial.admit(.lantern, given: "Marigold", family: "Underhill")
        let joins = #"{"facts": [{"kind": "household", "household": "\#(household)", "from": "2024-03-01"}]}"#
        let before = try trial.rowCounts()
        let hidden = try await trial.post("people/\(other)/facts", as: .lantern, joins)
        #expect(hidden.summary == "422 invalid-fields /facts/0/household")
        #expect(try trial.rowCounts() == before)
        // Another agency's name for a household is its own.
        try await trial.add(statement, about: other, as: .lantern)
        let own = try await trial.get("people/\(other)/facts", as: .lantern).json["facts"]?.elements ?? []
        #expect(own.compactMap { $0["household"]?.text } != [household])
        try await trial.add(
            `An outreach worker of another agency`.sharing("given", "2024-03-01"), about: parent, as: .harbour)
        #expect(try await trial.post("people/\(other)/facts", as: .lantern, joins).status == 201)
    }
}

@Suite struct `An intake with the number of another system` {
    private static func intake(_ value: String) -> String {
        #"{"on": "2024-03-20", "external_ids": [{"system": "hifis", "value": "\#(value)"}]}"#
    }

    @Test func `is about the person on whose record it lies, where the worker may read the person`() async throws {
        let trial = try TrialService()
        let first = try await trial.post(
            "intakes", as: .harbour, `An intake with the number of another system`.intake("4711"))
        for worker in [Worker.harbour, .coordinator] {
            let again = try await trial.post(
                "intakes", as: worker, `An intake with the number of another system`.intake("4711"))
            #expect(again.json["person"] == first.json["person"])
            #expect(again.json["is_new_person"]?.isTrue == false)
        }
        #expect(try await trial.get("worklist", as: .coordinator).json["items"]?.elements == [])
    }

    @Test func `is about somebody new where not, and a coordinator is told`() async throws {
        let trial = try TrialService()
        let first = try await trial.post(
            "intakes", as: .harbour, `An intake with the number of another system`.intake("4711"))
        let other = try await trial.post(
            "intakes", as: .lantern, `An intake with the number of another system`.intake("4711"))
        #expect(other.json["is_new_person"]?.isTrue == true)
        #expect(other.json["possible_duplicates"]?.elements == [])
        #expect(!other.text.contains(try #require(first.json["person"]?.text)))
        let items = try await trial.get("worklist", as: .coordinator).json["items"]?.elements ?? []
        #expect(items.count == 1)
        #expect(items.first?["person"] == other.json["person"])
        #expect(items.first?["other"] == first.json["person"])
        #expect(items.first?["reason"]?.text == "same_external_id")
        // Once told is told: the next intake is about the new person, whom the worker may read.
        let again = try await trial.post(
            "intakes", as: .lantern, `An intake with the number of another system`.intake("4711"))
        #expect(again.json["person"] == other.json["person"])
        #expect(try await trial.get("worklist", as: .coordinator).json["items"]?.elements.count == 1)
    }

    @Test func `that lies on somebody else's record too is left for a coordinator, whoever is named`() async throws {
        let trial = try TrialService()
        let first = try await trial.post(
            "intakes", as: .harbour, `An intake with the number of another system`.intake("4711"))
        let (person, _) = try await trial.admit(.lantern)
        let named = try await trial.post(
            "intakes", as: .lantern,
            #"{"on": "2024-03-20", "person": "\#(person)", "external_ids": [{"system": "hifis", "value": "4711"}]}"#)
        #expect(named.json["person"]?.text == person)
        let items = try await trial.get("worklist", as: .coordinator).json["items"]?.elements ?? []
        #expect(items.map { $0["person"]?.text } == [person])
        #expect(items.map { $0["other"] } == [first.json["person"]])
    }

    @Test func `means nobody of another community`() async throws {
        let trial = try TrialService()
        let first = try await trial.post(
            "intakes", as: .southern, `An intake with the number of another system`.intake("4711"))
        let other = try await trial.post(
            "intakes", as: .coordinator, `An intake with the number of another system`.intake("4711"))
        #expect(other.json["is_new_person"]?.isTrue == true)
        #expect(other.json["person"] != first.json["person"])
        #expect(try await trial.get("worklist", as: .coordinator).json["items"]?.elements == [])
    }
}

@Suite struct `Writing facts` {
    /// Whatever Lantern writes, about whomever: nobody of Harbour's becomes readable by it.
    @Test(arguments: UInt64(1)...6)
    func `never widens what the writer may read`(seed: UInt64) async throws {
        let trial = try TrialService()
        var random = SplitMix64(seed: seed)
        var people: [String] = []
        for number in 0..<6 {
            let intake = #"{"on": "2024-03-01", "external_ids": [{"system": "hifis", "value": "\#(number)"}]}"#
            let answer = try await trial.post("intakes", as: .harbour, intake)
            people.append(try #require(answer.json["person"]?.text))
            if number.isMultiple(of: 2) { try await trial.add(share("given"), about: people[number], as: .harbour) }
            if number.isMultiple(of: 3) {
                try await trial.add(#"{"kind": "sealed", "on": "2024-03-02"}"#, about: people[number], as: .harbour)
            }
        }
        var readable = try await readable(people, trial)
        for _ in 0..<60 {
            let number = random.number(0...5)
            try await write(about: people[number], number, &random, trial)
            let now = try await self.readable(people, trial)
            #expect(now.isSubset(of: readable))
            readable = now
        }
    }

    private func share(_ value: String, on: String = "2024-03-02") -> String {
        #"{"kind": "consent", "purpose": "sharing", "value": "\#(value)", "on": "\#(on)"}"#
    }

    private func readable(_ people: [String], _ trial: TrialService) async throws -> Set<String> {
        var found: Set<String> = []
        for person in people where try await trial.get("people/\(person)", as: .lantern).status == 200 {
            found.insert(person)
        }
        return found
    }

    private func write(
        about person: String, _ number: Int, _ random: inout SplitMix64, _ trial: TrialService
    ) async throws {
        let day = random.pick(["2024-02-01", "2024-03-02", "2024-04-02", "2024-04-03"])
        let value = random.pick(["given", "given", "refused", "withdrawn"])
        let consent = #""consent": [{"purpose": "sharing", "value": "\#(value)"}]"#
        switch random.number(0...3) {
        case 0:
            _ = try await trial.post(
                "people/\(person)/facts", as: .lantern, #"{"facts": [\#(share(value, on: day))]}"#)
        case 1:
            _ = try await trial.post(
                "intakes", as: .lantern, #"{"on": "\#(day)", "person": "\#(person)", \#(consent)}"#)
        case 2:
            let id = #""external_ids": [{"system": "hifis", "value": "\#(number)"}]"#
            _ = try await trial.post("intakes", as: .lantern, #"{"on": "\#(day)", \#(id), \#(consent)}"#)
        default:
            let facts = try await trial.get("people/\(person)/facts", as: .harbour).json["facts"]?.elements ?? []
            let fact = random.pick(facts.compactMap { $0["id"]?.text })
            _ = try await trial.post("facts/\(fact)/void", as: .lantern, "{}")
        }
    }
}
