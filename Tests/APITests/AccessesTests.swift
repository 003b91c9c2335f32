import API
import App
import ByNameList
import HTTP
import JSON
import Store
import Testing

@Suite struct `The access log, as it is asked for` {
    private func accesses(_ answer: Answered) -> [JSONValue] { answer.json["accesses"]?.elements ?? [] }

    @Test func `tells a person who was shown them, with the number of the request`() async throws {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.harbour)
        let (other, _) = try await trial.admit(.harbour, given: "Marigold", family: "Underhill")
        _ = try await trial.get("people/\(person)", as: .harbour)
        _ = try await trial.get("people/\(other)", as: .harbour)
        _ = try await trial.get("people/\(person)/timeline", as: .coordinator)
        _ = try await trial.get("people/\(person)", as: .lantern)
        let told = try await trial.get("people/\(person)/accesses", as: .harbour)
        let lines = accesses(told).map { line in
            [line["agency"], line["user"], line["fields"], line["purpose"]].compactMap { $0?.text }
        }
        #expect(
            lines == [
                ["Harbour", "outreach", "profile", "person"], ["City", "coordinator", "timeline", "timeline"],
                ["Lantern", "outreach", "refused", "person"],
            ])
        #expect(accesses(told).allSatisfy { $0["person"]?.text == person && $0["request"]?.text != nil })
        // That somebody read it is in it from then on.
        let again = try await trial.get("people/\(person)/accesses", as: .auditor)
        #expect(accesses(again).last?["fields"]?.text == "accesses")
    }

    @Test func `has who asked for somebody who is not there, or not for them, alike`() async throws {
        let trial = try TrialService()
        let (person, facts) = try await trial.admit(.harbour)
        let body = #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#
        for name in [person, "p_0123456789ABC", "nobody"] {
            #expect(try await trial.get("people/\(name)", as: .lantern).status == 404)
            #expect(try await trial.post("people/\(name)/facts", as: .lantern, body).status == 404)
        }
        #expect(try await trial.post("facts/\(facts[0])/void", as: .lantern, "{}").status == 404)
        let intake = #"{"on": "2024-03-20", "person": "\#(person)"}"#
        #expect(try await trial.post("intakes", as: .lantern, intake).status == 404)
        // Of the other community: not there.
        #expect(try await trial.get("people/\(person)", as: .southern).summary == "404 no-such-person")
        let log = accesses(try await trial.get("accesses", as: .auditor))
        #expect(log.allSatisfy { $0["fields"]?.text == "refused" && $0["agency"]?.text == "Lantern" })
        #expect(
            log.map { $0["person"]?.text ?? "-" } == [person, person, "-", "-", "-", "-", person, person])
    }

    @Test func `is read by page, by person and by day`() async throws {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.harbour)
        for _ in 0..<105 { _ = try await trial.get("people/\(person)", as: .harbour) }
        try trial.moveClock(to: "2024-04-05T00:00:00Z")
        _ = try await trial.get("people/\(person)", as: .coordinator)
        let first = try await trial.get("accesses", as: .auditor)
        let cursor = try #require(first.json["next"]?.text)
        let second = try await trial.get("accesses?cursor=\(cursor)", as: .auditor)
        #expect(accesses(first).count == 100 && accesses(second).count == 6)
        #expect(second.json["next"]?.text == nil)
        #expect(accesses(try await trial.get("accesses?from=2024-04-05", as: .auditor)).count == 1)
        #expect(accesses(try await trial.get("accesses?from=2024-04-03&to=2024-04-04", as: .auditor)).count == 0)
        #expect(accesses(try await trial.get("accesses?to=2024-04-04&cursor=\(cursor)", as: .auditor)).count == 5)
        #expect(accesses(try await trial.get("accesses?person=p_0123456789ABC", as: .auditor)).count == 0)
        #expect(try await trial.get("accesses?from=x", as: .auditor).summary == "422 invalid-fields ?from")
    }

    @Test func `is summed up by the week`() async throws {
        let trial = try TrialService(now: "2024-04-02T15:00:00Z")
        let (person, _) = try await trial.admit(.harbour)
        _ = try await trial.get("people/\(person)", as: .harbour)
        _ = try await trial.get("people/\(person)/facts", as: .harbour)
        _ = try await trial.post("people/search", as: .harbour, #"{"name": "Zephyrine"}"#)
        _ = try await trial.get("people/\(person)", as: .lantern)
        // The week of Monday, 1 April is over on the 8th.
        try trial.moveClock(to: "2024-04-08T09:00:00Z")
        let week = try await trial.get("accesses/weekly", as: .auditor)
        #expect(
            week.text.hasSuffix(
                #""users":[{"agency":"Harbour","user":"outreach","shown":3,"people":1,"by_search":1,"refused":0},"#
                    + #"{"agency":"Lantern","user":"outreach","shown":0,"people":0,"by_search":0,"refused":1}]}"#),
            "\(week.text)")
        #expect(try await trial.get("accesses/weekly?week=2024-04-01", as: .auditor).body == week.body)
        #expect(
            try await trial.get("accesses/weekly?week=2024-04-02", as: .auditor).summary == "422 invalid-fields ?week")
    }
}

@Suite struct `Whoever is let in` {
    @Test func `has a token that an administrator makes, sees used, and ends at once`() async throws {
        let trial = try TrialService()
        let wish = #"{"agency": "Harbour", "user": "ana", "role": "outreach", "days": 30}"#
        let made = try await trial.post("tokens", as: .admin, wish)
        let token = try #require(made.json["token"]?.text)
        let id = try #require(made.json["id"]?.whole)
        func ask() async throws -> Int {
            try await trial.answer(Asked("GET", "/v1/communities/north/list", token: token)).status
        }
        #expect(try await ask() == 200)
        let uses = trial.workspace.store.live.takeUses()
        #expect(uses[Int64(id)] == trial.clock.now)
        try trial.workspace.store.change { try $0.noteUses(uses) }
        let listed = try await trial.get("tokens", as: .admin).json["tokens"]?.elements.first { $0["id"]?.whole == id }
        #expect(listed?["last_used"]?.text == "\(trial.clock.now)")
        #expect(listed?["token"] == nil)
        #expect(try await trial.post("tokens/\(id)/revocation", as: .admin, "{}").status == 200)
        #expect(try await ask() == 401)
        #expect(try await trial.post("tokens/\(id)/revocation", as: .admin, "{}").summary == "404 no-such-resource")
    }

    @Test func `is of an agency that is known, and fits what it does`() async throws {
        let trial = try TrialService()
        func make(_ agency: String, _ role: String) async throws -> String {
            try await trial.post("tokens", as: .admin, #"{"agency": "\#(agency)", "user": "b", "role": "\#(role)"}"#)
                .summary
        }
        #expect(try await make("Nowhere", "outreach") == "404 no-such-resource")
        #expect(try await trial.post("agencies", as: .admin, #"{"name": "Nowhere", "kind": "health"}"#).status == 200)
        #expect(try await make("Nowhere", "outreach") == "201")
        for role in ["coordinator", "admin", "auditor", "collaborative"] {
            #expect(try await make("Willow", role) == "422 invalid-fields")
        }
        #expect(try await make("Willow", "dashboard") == "201")
        // An agency whose coordinator reads everybody is not made a victim service provider's.
        let changed = try await trial.post("agencies", as: .admin, #"{"name": "City", "kind": "victim_services"}"#)
        #expect(changed.summary == "422 invalid-fields")
    }

    @Test func `as a collaborative reads the figures of its communities and of no other`() async throws {
        let trial = try TrialService()
        try trial.workspace.createCommunity(
            code: "east", name: "The east", zone: "UTC", policy: PolicyText.of("us_bfz") ?? "")
        let communities = Asked("GET", "/v1/communities", token: trial.tokens[.collaborative])
        let named = try await trial.answer(communities).json["communities"]?.elements.compactMap {
            $0["community"]?.text
        }
        #expect(named == ["north", "south"])
        for (community, status) in [("north", 200), ("south", 200), ("east", 404)] {
            let asked = Asked(
                "GET", "/v1/communities/\(community)/reports/monthly/2024-03", token: trial.tokens[.collaborative])
            #expect(try await trial.answer(asked).status == status)
        }
        // A coordinator's token is for one.
        #expect(throws: (any Error).self) {
            try trial.workspace.makeToken(
                in: trial.workspace.community("north"), with: [trial.workspace.community("south")], agency: "City",
                user: "b", role: .coordinator, days: 1)
        }
    }
}
