import JSON
import API
import App
import ByNameList
import Testing

@Suite struct `A request that arrives twice` {
    @Test func `is done once and answered twice in the same words, by every route that adds facts`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all {
            guard case .jsonOnce = route.takes else { continue }
            let asked = try samples.request(for: route)
            let first = try await trial.answer(asked)
            #expect(first.status == 201, "\(route.pattern)")
            #expect(first.field("idempotent-replayed") == nil)
            let before = try trial.rowCounts(withAccesses: false)
            for _ in 1...3 {
                let again = try await trial.answer(asked)
                #expect(again.status == first.status, "\(route.pattern)")
                #expect(again.body == first.body, "\(route.pattern)")
                #expect(again.field("content-type") == first.field("content-type"))
                #expect(again.field("idempotent-replayed") == "true", "\(route.pattern)")
            }
            #expect(try trial.rowCounts(withAccesses: false) == before, "\(route.pattern)")
        }
    }

    private static let body = #"{"on": "2024-03-20"}"#

    @Test func `is another request from another user, in another community, by another route`() async throws {
        let trial = try TrialService()
        let key = "the-same-key"
        var people: Set<String> = []
        for worker in [Worker.harbour, .lantern, .coordinator, .southern, Worker("south", "Harbour", .coordinator)] {
            let answer = try await trial.post("intakes", as: worker, `A request that arrives twice`.body, key: key)
            #expect(answer.status == 201)
            #expect(answer.field("idempotent-replayed") == nil)
            people.insert(try #require(answer.json["person"]?.text))
        }
        #expect(people.count == 5)
        let fact = #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#
        for person in try await [trial.admit(.harbour).person, trial.admit(.harbour).person] {
            let answer = try await trial.post("people/\(person)/facts", as: .harbour, fact, key: key)
            #expect(answer.status == 201)
            #expect(answer.json["person"]?.text == person)
        }
    }

    @Test func `is known by its user, whichever of the user's tokens it came with`() async throws {
        let trial = try TrialService()
        let other = try trial.workspace.makeToken(
            in: try trial.workspace.community("north"), agency: Worker.harbour.agency, user: Worker.harbour.role.code,
            role: .outreach, days: 1)
        let first = try await trial.post(
            "intakes", as: .harbour, `A request that arrives twice`.body, key: "a-key-of-mine")
        let again = try await trial.answer(
            Asked(
                "POST", "/v1/communities/north/intakes", token: other.token, body: `A request that arrives twice`.body,
                key: "a-key-of-mine"))
        #expect(again.body == first.body)
        #expect(again.field("idempotent-replayed") == "true")
    }

    @Test func `is done the second time if it was refused the first`() async throws {
        let trial = try TrialService()
        let key = "one-key-for-both"
        let refused = try await trial.post("intakes", as: .harbour, #"{"on": "2024-02-30"}"#, key: key)
        #expect(refused.summary == "422 invalid-fields /on")
        let admitted = try await trial.post("intakes", as: .harbour, `A request that arrives twice`.body, key: key)
        #expect(admitted.status == 201)
        #expect(admitted.field("idempotent-replayed") == nil)
        // Likewise what only the record could refuse.
        let person = try await trial.admit(.harbour).person
        let fact = #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#
        let unknown = try await trial.post("people/\(person)/facts", as: .lantern, fact, key: key)
        #expect(unknown.summary == "404 no-such-person")
        try await trial.add(
            #"{"kind": "consent", "purpose": "sharing", "value": "given", "on": "2024-03-01"}"#, about: person,
            as: .harbour)
        let known = try await trial.post("people/\(person)/facts", as: .lantern, fact, key: key)
        #expect(known.status == 201)
        #expect(known.field("idempotent-replayed") == nil)
    }

    @Test func `is forgotten after 30 days`() async throws {
        let trial = try TrialService()
        let key = "kept-for-30-days"
        let first = try await trial.post("intakes", as: .harbour, `A request that arrives twice`.body, key: key)
        try trial.moveClock(to: "2024-05-02T14:59:59Z")
        let within = try await trial.post("intakes", as: .harbour, `A request that arrives twice`.body, key: key)
        #expect(within.body == first.body)
        try trial.moveClock(to: "2024-05-02T15:00:01Z")
        let later = try await trial.post("intakes", as: .harbour, `A request that arrives twice`.body, key: key)
        #expect(later.status == 201)
        #expect(later.field("idempotent-replayed") == nil)
        #expect(later.json["person"] != first.json["person"])
        let again = try await trial.post("intakes", as: .harbour, `A request that arrives twice`.body, key: key)
        #expect(again.body == later.body)
    }

    @Test func `is not answered to who may not read the person any more`() async throws {
        let trial = try TrialService()
        let person = try await trial.admit(.harbour).person
        try await trial.add(
            #"{"kind": "consent", "purpose": "sharing", "value": "given", "on": "2024-03-01"}"#, about: person,
            as: .harbour)
        let intake = #"{"on": "2024-03-20", "person": "\#(person)"}"#
        let fact = #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#
        let first = try await trial.post("intakes", as: .lantern, intake, key: "intake-key")
        let added = try await trial.post("people/\(person)/facts", as: .lantern, fact, key: "facts-key")
        let written = try #require(added.json["facts"]?.elements.first?.text)
        let voided = try await trial.post("facts/\(written)/void", as: .lantern, "{}", key: "void-key")
        for answer in [first, added, voided] { #expect(answer.status == 201) }
        try await trial.add(
            #"{"kind": "consent", "purpose": "sharing", "value": "withdrawn", "on": "2024-03-25"}"#, about: person,
            as: .harbour)
        let before = try trial.rowCounts()
        for again in [
            try await trial.post("intakes", as: .lantern, intake, key: "intake-key"),
            try await trial.post("people/\(person)/facts", as: .lantern, fact, key: "facts-key"),
            try await trial.post("facts/\(written)/void", as: .lantern, "{}", key: "void-key"),
        ] {
            #expect(again.status == 404)
            #expect(!again.text.contains(person))
        }
        #expect(try trial.rowCounts() == before)
    }

    @Test func `is done once however many of it arrive at once`() async throws {
        let trial = try TrialService()
        let answers = try await withThrowingTaskGroup(of: Answered.self) { group in
            for _ in 1...20 {
                group.addTask {
                    try await trial.post(
                        "intakes", as: .harbour, `A request that arrives twice`.body, key: "all-at-once")
                }
            }
            var answers: [Answered] = []
            for try await answer in group { answers.append(answer) }
            return answers
        }
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.allSatisfy { $0.status == 201 })
        #expect(answers.count { $0.field("idempotent-replayed") == nil } == 1)
        #expect(try trial.rowCounts()["record"] == 1)
    }
}
