import API
import HTTP
import JSON
import Testing

@Suite struct `A precondition` {
    private func ask(_ asked: Asked, _ field: String, _ trial: TrialService) async throws -> Answered {
        var asked = asked
        asked.fields.append(field)
        return try await trial.answer(asked)
    }

    /// RFC 9110 §13.1, over every route that can be read.
    @Test func `is answered by every GET and HEAD, with the tag that the answer had`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all where route.method == .get {
            let asked = try samples.request(for: route)
            let answer = try await trial.answer(asked)
            let tag = try #require(answer.field("etag"), "\(route.pattern)")
            #expect(answer.count("etag") == 1, "\(route.pattern)")
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count == 34)
            // What it does change with every request.
            if route.pattern == "/metrics" || route.pattern.hasSuffix("}/accesses") { continue }
            for value in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await ask(asked, "If-None-Match: \(value)", trial)
                #expect(
                    again.status == 304 && again.body.isEmpty && again.field("etag") == tag, "\(route.pattern) \(value)"
                )
            }
            for value in ["\"other\"", tag.filter { $0 != "\"" }, ""] {
                #expect(
                    try await ask(asked, "If-None-Match: \(value)", trial).status == 200, "\(route.pattern) \(value)")
            }
            // A probe is answered whatever it says.
            if ["/healthz", "/readyz"].contains(route.pattern) {
                #expect(try await ask(asked, "If-Match: \"other\"", trial).status == 200)
                continue
            }
            for value in [tag, "*", "\"other\", \(tag)"] {
                #expect(try await ask(asked, "If-Match: \(value)", trial).status == 200, "\(route.pattern) \(value)")
            }
            for value in ["\"other\"", "W/\(tag)", ""] {
                let answer = try await ask(asked, "If-Match: \(value)", trial)
                #expect(answer.summary == "412 precondition-failed", "\(route.pattern) \(value)")
            }
            var head = asked
            head.method = "HEAD"
            #expect(try await trial.answer(head).field("etag") == tag, "\(route.pattern)")
            head.fields.append("If-None-Match: \(tag)")
            #expect(try await trial.answer(head).status == 304, "\(route.pattern)")
        }
        #expect(trial.complaints.all == [])
    }

    @Test func `by date is ignored: no resource says when it was last changed`() async throws {
        let trial = try TrialService()
        let asked = Asked("GET", "/v1/communities/north/policy", token: trial.tokens[.admin])
        for field in [
            "If-Modified-Since: Sun, 06 Nov 2089 08:49:37 GMT", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
        ] {
            #expect(try await ask(asked, field, trial).status == 200)
        }
    }

    @Test func `that one comes before another`() async throws {
        let trial = try TrialService()
        var asked = Asked("GET", "/v1/communities/north/policy", token: trial.tokens[.admin])
        let tag = try #require(try await trial.answer(asked).field("etag"))
        asked.fields = ["If-None-Match: \(tag)", "If-Match: \"other\""]
        #expect(try await trial.answer(asked).status == 412)
        asked.fields = ["If-None-Match: \(tag)", "If-Match: \(tag)"]
        #expect(try await trial.answer(asked).status == 304)
    }

    @Test func `is honoured by whatever writes, and nothing is kept where it fails`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all where route.method != .get && route.permission != nil {
            var asked = try samples.request(for: route)
            asked.fields = ["If-Match: \"other\""]
            let before = try trial.rowCounts()
            #expect(try await trial.answer(asked).summary == "412 precondition-failed", "\(route.pattern)")
            #expect(try trial.rowCounts() == before)
        }
    }

    @Test func `about a person's facts holds until another is added`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        let facts = "/v1/communities/north/people/\(samples.person)/facts"
        let tag = try #require(
            try await trial.answer(Asked("GET", facts, token: trial.tokens[.coordinator])).field("etag"))
        var asked = try samples.request(.post, "/v1/communities/{community}/people/{person}/facts")
        asked.fields = ["If-Match: \(tag)"]
        #expect(try await trial.answer(asked).status == 201)
        // A retry is the same request: it was done, and is answered as it was.
        #expect(try await trial.answer(asked).status == 201)
        asked.key = "key-of-another"
        #expect(try await trial.answer(asked).summary == "412 precondition-failed")
        asked.fields = ["If-None-Match: *"]
        #expect(try await trial.answer(asked).summary == "412 precondition-failed")
        asked.fields = []
        #expect(try await trial.answer(asked).status == 201)
    }

    @Test func `about facts of more than one page does not hold either once another is added`() async throws {
        let trial = try TrialService()
        let person = try await trial.admit(.harbour).person
        let contact = #"{"kind": "contact", "on": "2024-03-21", "seen_homeless": true}"#
        let many = #"{"facts": [\#(Array(repeating: contact, count: 60).joined(separator: ","))]}"#
        for _ in 0..<2 { #expect(try await trial.post("people/\(person)/facts", as: .harbour, many).status == 201) }
        let tag = try #require(try await trial.get("people/\(person)/facts", as: .harbour).field("etag"))
        func add(_ key: String) async throws -> Int {
            var asked = Asked(
                "POST", "/v1/communities/north/people/\(person)/facts", token: trial.tokens[.harbour],
                body: #"{"facts": [\#(contact)]}"#, key: key)
            asked.fields = ["If-Match: \(tag)"]
            return try await trial.answer(asked).status
        }
        #expect(try await add("key-of-one") == 201)
        #expect(try await add("key-of-two") == 412)
    }

    @Test func `tells nothing of somebody whom the caller may not read`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        var asked = try samples.request(.post, "/v1/communities/{community}/people/{person}/facts")
        asked.token = trial.tokens[.lantern]
        for field in ["If-Match: \"other\"", "If-None-Match: *", "If-Match: *"] {
            asked.fields = [field]
            #expect(try await trial.answer(asked).summary == "404 no-such-person")
        }
    }
}

@Suite struct `Another policy` {
    private func put(_ template: String, _ fields: [String], _ trial: TrialService) async throws -> Answered {
        let policy = try #require(PolicyText.of(template))
        var asked = Asked(
            "PUT", "/v1/communities/north/policy", token: trial.tokens[.admin], body: #"{"policy": \#(policy)}"#)
        asked.fields = fields
        return try await trial.answer(asked)
    }

    @Test func `is recorded only in place of the one that the caller has seen`() async throws {
        let trial = try TrialService()
        let path = "policy"
        let first = try await trial.get(path, as: .admin)
        let tag = try #require(first.field("etag"))
        #expect(try await put("ontario", [], trial).summary == "428 precondition-required")
        #expect(try await put("ontario", ["If-Match: \"other\""], trial).summary == "412 precondition-failed")
        #expect(try await trial.get(path, as: .admin).body == first.body)
        let put = try await put("ontario", ["If-Match: \(tag)"], trial)
        #expect(put.status == 200)
        #expect(put.json["version"]?.whole == 2)
        #expect(put.json["policy"]?["template"]?.text == "ontario")
        let second = try await trial.get(path, as: .admin)
        #expect(second.body == put.body && second.field("etag") != tag)
        // Sent again because the answer was lost: what it asks for is so.
        #expect(try await self.put("ontario", ["If-Match: \(tag)"], trial).body == put.body)
        // Who saw the first one only is told so.
        #expect(try await self.put("us_bfz", ["If-Match: \(tag)"], trial).summary == "412 precondition-failed")
    }

    @Test func `makes the figures anew`() async throws {
        let trial = try TrialService()
        let month = "reports/monthly/2024-03"
        // Doubled up: homeless by the Canadian policies only.
        let body = #"{"on": "2024-03-01", "situations": [{"situation": "doubled_up", "from": "2024-03-01"}]}"#
        #expect(try await trial.post("intakes", as: .harbour, body).status == 201)
        let before = try await trial.get(month, as: .coordinator)
        let tag = try #require(try await trial.get("policy", as: .admin).field("etag"))
        #expect(try await put("ca_bfz", ["If-Match: \(tag)"], trial).status == 200)
        let after = try await trial.get(month, as: .coordinator)
        #expect(before.json["active_at_end"]?.whole == 0, "\(before.text)")
        #expect(after.json["active_at_end"]?.whole == 1, "\(after.text)")
        #expect(before.field("etag") != after.field("etag"))
    }
}
