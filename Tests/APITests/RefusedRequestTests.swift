import JSON
import API
import ByNameList
import HTTP
import Testing

/// Something wrong with a request, and what it is answered with.
struct Mistake: Sendable {
    let name: String
    let expected: String
    let put: @Sendable (inout Asked, GoodRequests, TrialService) -> Void

    init(
        _ name: String, _ expected: String,
        _ put: @escaping @Sendable (inout Asked, GoodRequests, TrialService) -> Void
    ) {
        self.name = name
        self.expected = expected
        self.put = put
    }
}

extension Mistake {
    private static func token(
        _ name: String, _ expected: String, _ token: @escaping @Sendable (TrialService) -> String?
    ) -> Mistake {
        Mistake(name, expected) { asked, _, trial in asked.token = token(trial) }
    }

    /// What can be wrong with every request that needs a token.
    static let ofTokens: [Mistake] = [
        .token("no token", "401 unknown-token") { _ in nil },
        .token("a token that nobody knows", "401 unknown-token") { _ in Bearer.newToken() },
        .token("a revoked token", "401 unknown-token") { $0.revoked[.coordinator] },
        .token("an expired token", "401 unknown-token") { $0.expired[.coordinator] },
        Mistake("two tokens", "400 malformed-request") { asked, _, _ in
            asked.fields.append("Authorization: Bearer \(asked.token ?? "")")
        },
        Mistake("another scheme", "401 unknown-token") { asked, _, _ in
            asked.fields.append("Authorization: Basic \(asked.token ?? "")")
            asked.token = nil
        },
    ]

    /// What can be wrong where the path names a community.
    static let ofCommunities: [Mistake] = [
        .token("a token of the other community", "404 no-such-resource") { $0.tokens[.southern] },
        Mistake("a community that is not there", "404 no-such-resource") { asked, _, _ in
            asked.target.replace("/north/", with: "/nowhere/")
        },
        Mistake("the other community in the path", "404 no-such-resource") { asked, _, _ in
            asked.target.replace("/north/", with: "/south/")
        },
        Mistake("a community whose name cannot be read", "404 no-such-resource") { asked, _, _ in
            asked.target.replace("/north/", with: "/n%ff/")
        },
    ]

    private static func person(_ name: String, _ other: @escaping @Sendable (GoodRequests) -> String) -> Mistake {
        Mistake(name, "404 no-such-person") { asked, samples, _ in
            asked.target.replace(samples.person, with: other(samples))
        }
    }

    static let ofPeople: [Mistake] = [
        .person("a person that is not there") { _ in "p_0123456789ABC" },
        .person("a person of the other community") { $0.foreignPerson },
        .person("something that is no id of a person") { $0.fact },
        .person("a name") { _ in "zephyrine" },
    ]

    private static func fact(_ name: String, _ other: @escaping @Sendable (GoodRequests) -> String) -> Mistake {
        Mistake(name, "404 no-such-fact") { asked, samples, _ in
            asked.target.replace(samples.fact, with: other(samples))
        }
    }

    static let ofFacts: [Mistake] = [
        .fact("a fact that is not there") { _ in "f_0123456789ABC" },
        .fact("a fact of the other community") { $0.foreignFact },
        .fact("something that is no id of a fact") { $0.person },
    ]

    private static func body(_ name: String, _ expected: String, _ body: String) -> Mistake {
        Mistake(name, expected) { asked, _, _ in asked.body = body }
    }

    static let ofBodies: [Mistake] = [
        .body("an empty body", "400 malformed-json (all)", ""),
        .body("half a body", "400 malformed-json (all)", "{"),
        .body("a body with something after it", "400 malformed-json (all)", "{} {}"),
        .body("a field twice", "400 malformed-json /note", #"{"note": "a", "note": "b"}"#),
        .body("a field twice further in", "400 malformed-json /a/0/b", #"{"a": [{"b": 1, "b": 2}]}"#),
        .body("half a character", "400 malformed-json /note", #"{"note": "\ud800"}"#),
        .body("an array", "422 invalid-fields (all)", "[]"),
        .body("a text", "422 invalid-fields (all)", #""Zephyrine""#),
        .body("nothing", "422 invalid-fields (all)", "null"),
        Mistake("no media type", "415 unsupported-media-type") { asked, _, _ in asked.contentType = nil },
        Mistake("another media type", "415 unsupported-media-type") { asked, _, _ in asked.contentType = "text/plain" },
        Mistake("another character set", "415 unsupported-media-type") { asked, _, _ in
            asked.contentType = "application/json; charset=latin1"
        },
        Mistake("a packed body", "415 unsupported-media-type") { asked, _, _ in
            asked.fields.append("Content-Encoding: gzip")
        },
    ]

    private static func key(_ name: String, _ key: String?) -> Mistake {
        Mistake(name, "400 idempotency-key") { asked, _, _ in asked.key = key }
    }

    static let ofKeys: [Mistake] = [
        .key("no key", nil),
        .key("an empty key", ""),
        .key("a key of seven characters", "1234567"),
        .key("a key of 201 characters", String(repeating: "k", count: 201)),
        .key("a key with a blank in it", "1234 5678"),
        Mistake("two keys", "400 malformed-request") { asked, _, _ in
            asked.fields.append("Idempotency-Key: \(asked.key ?? "")")
        },
    ]

    private static func query(_ name: String, _ expected: String, _ query: String) -> Mistake {
        Mistake(name, expected) { asked, _, _ in asked.target += (asked.target.contains("?") ? "&" : "?") + query }
    }

    static let ofQueries: [Mistake] = [
        .query("a parameter that is not known", "422 invalid-fields ?query", "colour=red"),
        .query("a parameter twice", "400 malformed-query", "known_at=a&known_at=b"),
        .query("an escape that is none", "400 malformed-request", "as_of=%zz"),
        .query("an escape that is no text", "400 malformed-query", "as_of=%ff"),
    ]

    static func all(of route: Route) -> [Mistake] {
        guard route.permission != nil else { return [] }
        var faults = ofTokens
        if route.pattern.contains("{community}") { faults += ofCommunities }
        if route.pattern.contains("{person}") { faults += ofPeople }
        if route.pattern.contains("{fact}") { faults += ofFacts }
        switch route.takes {
        case .nothing: faults += ofQueries
        case .json, .submission: faults += ofBodies
        case .jsonOnce: faults += ofBodies + ofKeys
        }
        return faults
    }
}

@Suite struct `A request with a fault` {
    @Test func `is refused by every route with its problem, and nothing of it is kept`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all {
            for fault in Mistake.all(of: route) {
                var asked = try samples.request(for: route)
                fault.put(&asked, samples, trial)
                try await expect(fault.expected, asked, trial, "\(route.method) \(route.pattern) with \(fault.name)")
            }
        }
        #expect(trial.complaints.all == [])
    }

    @Test func `is refused by every route for every role that may not`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all {
            for worker in Worker.northern where route.permission?.relation(of: worker.role) == .nobody {
                var asked = try samples.request(for: route)
                asked.token = trial.tokens[worker]
                try await expect("403 not-your-role", asked, trial, "\(route.pattern) by \(worker.role.code)")
                // Not even what is wrong with it is told.
                asked.body = asked.body.map { _ in "{" }
                try await expect("403 not-your-role", asked, trial, "\(route.pattern) by \(worker.role.code)")
            }
        }
    }

    @Test func `is refused with the key of another body`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all {
            guard case .jsonOnce = route.takes else { continue }
            var asked = try samples.request(for: route)
            #expect(try await trial.answer(asked).status == 201)
            asked.body = asked.body.map { $0 + " " }
            try await expect("409 idempotency-conflict", asked, trial, route.pattern)
        }
    }

    @Test(arguments: RefusedBodies.all)
    func `is told every field that is wrong`(refused: RefusedBodies) async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for (body, expected) in refused.rows {
            var asked = try samples.request(refused.method, refused.pattern)
            asked.body = body
            try await expect(expected, asked, trial, body)
        }
    }

    @Test func `is told that nothing is there, or which methods are`() async throws {
        let trial = try TrialService()
        let token = trial.tokens[.coordinator]
        for path in ["/", "/v1", "/v1/communities/north", "/v1/communities/north/list/", "/v2/communities/north/list"] {
            let answer = try await trial.answer(Asked("GET", path, token: token))
            #expect(answer.summary == "404 no-such-resource", "\(path)")
        }
        let list = "/v1/communities/north/list"
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let answer = try await trial.answer(Asked(method, list, token: token))
            #expect(answer.summary == "405 method-not-allowed", "\(method)")
            #expect(answer.field("allow") == "GET, HEAD, OPTIONS")
        }
        let facts = "/v1/communities/north/people/p_0123456789ABC/facts"
        let options = try await trial.answer(Asked("OPTIONS", facts, token: nil))
        #expect(options.status == 204)
        #expect(options.field("allow") == "GET, POST, HEAD, OPTIONS")
        let intakes = try await trial.answer(Asked("GET", "/v1/communities/north/intakes", token: token))
        #expect(intakes.field("allow") == "POST, OPTIONS")
    }

    @Test func `has a type, a title and a status of its own, and no personal data`() async throws {
        let trial = try TrialService()
        let answer = try await trial.post(
            "intakes", as: .harbour,
            #"{"on": "Zephyrine", "profile": {"given_name": 7, "Quillfeather": 1}, "person": "Quillfeather"}"#)
        #expect(answer.summary == "422 invalid-fields /on /person /profile/Quillfeather /profile/given_name")
        #expect(answer.field("content-type") == "application/problem+json")
        #expect(answer.json["type"]?.text == "/problems/invalid-fields")
        #expect(answer.json["status"]?.whole == 422)
        #expect(answer.json["title"]?.text?.isEmpty == false)
        let details = answer.json["errors"]?.elements.compactMap { $0["detail"]?.text } ?? []
        #expect(details.count == 4)
        for detail in details { #expect(!detail.contains("Zephyrine") && !detail.contains("Quillfeather")) }
    }

    @Test func `is told that a key is missing, malformed or there twice`() async throws {
        let trial = try TrialService()
        var asked = Asked("POST", "/v1/communities/north/intakes", token: trial.tokens[.harbour], body: "{}")
        for fields in [[], ["Idempotency-Key: short"], ["Idempotency-Key: 12345678", "Idempotency-Key: 12345678"]] {
            asked.fields = fields
            let answer = try await trial.answer(asked)
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.text?.contains("Idempotency-Key") == true)
        }
    }

    private func expect(
        _ expected: String, _ asked: Asked, _ trial: TrialService, _ words: String
    ) async throws {
        let before = try trial.rowCounts()
        let answer = try await trial.answer(asked)
        #expect(answer.summary == expected, "\(words)")
        #expect(try trial.rowCounts() == before, "\(words)")
    }
}

@Suite struct `The query of a request` {
    static let rows: [(String, String)] = [
        ("reports/monthly/2024-13", "422 invalid-fields ?month"),
        ("reports/monthly/march", "422 invalid-fields ?month"),
        ("reports/monthly/2024-05", "422 invalid-fields ?month"),
        ("reports/monthly/2024-03?population=everybody", "422 invalid-fields ?population"),
        ("reports/monthly/2024-03?unit=heads&population=x", "422 invalid-fields ?population ?unit"),
        ("reports/monthly/2024-03?known_at=2024-04-03", "422 invalid-fields ?known_at"),
        ("reports/monthly/2024-03?known_at=2024-04-03T00:00:00Z", "422 invalid-fields ?known_at"),
        ("reports/monthly/2024-03?from=2024-03&to=2024-03", "422 invalid-fields ?query ?query"),
        ("reports/monthly", "422 invalid-fields ?from ?to"),
        ("reports/monthly?from=2024-03", "422 invalid-fields ?to"),
        ("reports/monthly?from=2024-03&to=2024-02", "422 invalid-fields ?to"),
        ("reports/monthly?from=2024-03&to=2024-05", "422 invalid-fields ?to"),
        ("reports/monthly.csv?from=1900-01&to=2024-03", "422 invalid-fields ?from"),
        ("reports/monthly?from=1900-01&to=2024-05", "422 invalid-fields ?to"),
        ("reports/reliability", "422 invalid-fields ?from ?to"),
        ("reports/reliability?from=2024-03&to=2024-05", "422 invalid-fields ?to"),
        ("reports/reliability?from=2024-03&to=2024-02&unit=persons", "422 invalid-fields ?to"),
        ("reports/reliability?from=x&to=2024-02&unit=x", "422 invalid-fields ?from ?unit"),
        ("reports/reliability?from=2024-01&to=2024-02&population=x", "422 invalid-fields ?population"),
        ("reports/monthly.csv?from=2024-3&to=x&unit=y", "422 invalid-fields ?from ?to ?unit"),
        ("list?population=x&as_of=2024-02-30&cursor=1", "422 invalid-fields ?as_of ?cursor ?population"),
        ("list?sort=name", "422 invalid-fields ?sort"),
        ("list?sort=projected_chronic&as_of=2024-04-01", "422 invalid-fields ?as_of"),
        ("list?sort=projected_chronic&as_of=2024-04-03", "422 invalid-fields ?as_of"),
        ("list?sort=projected_chronic&cursor=p_0123456789ABC", "422 invalid-fields ?cursor"),
        ("list?sort=projected_chronic&cursor=2024-02-30.p_0123456789ABC", "422 invalid-fields ?cursor"),
        ("list?cursor=2024-05-01.p_0123456789ABC", "422 invalid-fields ?cursor"),
        ("worklist?cursor=%2B", "422 invalid-fields ?cursor"),
        ("policy?version=1", "422 invalid-fields ?query"),
    ]

    @Test(arguments: `The query of a request`.rows)
    func `is refused with every parameter that is wrong`(path: String, expected: String) async throws {
        let trial = try TrialService()
        #expect(try await trial.get(path, as: .coordinator).summary == expected)
    }

    @Test(arguments: [
        ("", "known_at=x", "422 invalid-fields ?known_at"),
        ("/facts", "known_at=2025-01-01T00:00:00Z&cursor=x", "422 invalid-fields ?cursor ?known_at"),
        ("/timeline", "as_of=2023-02-29&known_at=&x=", "422 invalid-fields ?as_of ?known_at ?query"),
        ("/chronic", "as_of=2023-02-29&known_at=&x=", "422 invalid-fields ?as_of ?known_at ?query"),
        ("/chronic", "as_of=1899-12-31", "422 invalid-fields ?as_of"),
    ])
    func `of a person is refused likewise`(path: String, query: String, expected: String) async throws {
        let trial = try TrialService()
        let person = try await trial.admit(.harbour).person
        let before = try trial.rowCounts()
        #expect(try await trial.get("people/\(person)\(path)?\(query)", as: .harbour).summary == expected)
        #expect(try trial.rowCounts() == before)
    }
}
