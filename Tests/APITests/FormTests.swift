import API
import HTTP
import Testing

@Suite struct `The form of an answer` {
    @Test(arguments: [
        ("application/json;q=0", 406), ("*/*;q=0", 406), ("application/*;q=0, text/html", 406),
        ("text/html, */*;q=0.000", 406), ("application/json;q=0, */*", 406), ("application/json; q=0", 406),
        ("text/html", 200), ("*/*", 200), ("application/json", 200), ("*/*;q=0, application/json", 200),
        ("application/json;q=0.001", 200), ("", 200), ("nonsense", 200), ("application/*;q=0, application/json", 200),
        ("APPLICATION/JSON;Q=0", 406),
    ])
    func `is refused only to who says that it is not taken`(accept: String, status: Int) async throws {
        let trial = try TrialService()
        let answer = try await trial.get("reports/monthly/2024-03", as: .coordinator, fields: ["Accept: \(accept)"])
        #expect(answer.status == status)
        if status == 406 { #expect(answer.summary == "406 not-acceptable") }
    }

    @Test(arguments: [
        ("text/csv", "text/csv"), ("text/csv, application/json;q=0.5", "text/csv"),
        ("application/json", "application/json"),
        ("application/json;q=0, */*", "text/csv"), ("text/csv;q=0", "application/json"),
    ])
    func `of rows is CSV for who asks for it or takes no JSON`(accept: String, form: String) async throws {
        let trial = try TrialService()
        let path = "reports/monthly?from=2024-01&to=2024-03"
        let answer = try await trial.get(path, as: .coordinator, fields: ["Accept: \(accept)"])
        #expect(answer.field("content-type")?.hasPrefix(form) == true)
    }

    /// RFC 9110 §14.2 and §7.8 let a server ignore both.
    @Test(arguments: ["Range: bytes=0-1", "If-Range: \"a\"", "Upgrade: websocket", "TE: trailers"])
    func `is not changed by what is ignored`(field: String) async throws {
        let trial = try TrialService()
        let plain = try await trial.get("policy", as: .admin)
        let answer = try await trial.get("policy", as: .admin, fields: [field])
        #expect(answer.status == 200 && answer.body == plain.body && answer.field("accept-ranges") == nil)
    }

    @Test func `is asked before anything is done`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all where route.method != .get && route.permission != nil {
            var asked = try samples.request(for: route)
            asked.fields.append("Accept: application/json;q=0")
            let before = try trial.rowCounts()
            #expect(try await trial.answer(asked).summary == "406 not-acceptable", "\(route.pattern)")
            #expect(try trial.rowCounts() == before)
        }
    }

    @Test func `of a body that is not taken is named`() async throws {
        let trial = try TrialService()
        var asked = try await GoodRequests(trial).request(.post, "/v1/communities/{community}/intakes")
        asked.contentType = "text/plain"
        #expect(try await trial.answer(asked).field("accept") == "application/json")
        asked.contentType = "application/json"
        asked.fields = ["Content-Encoding: gzip"]
        #expect(try await trial.answer(asked).field("accept-encoding") == "identity")
    }
}

@Suite struct `A page of another origin` {
    private let page = "https://dash.example.org"

    private func ask(_ method: String, _ origin: String?, _ fields: [String], allowed: [String]) async throws
        -> Answered
    {
        let trial = try TrialService()
        let service = trial.another { $0.origins = Origins(allowed) }
        var asked = Asked(
            method, "/v1/communities/north/policy", token: method == "OPTIONS" ? nil : trial.tokens[.admin])
        asked.fields = fields + [origin.map { "Origin: \($0)" }].compactMap { $0 }
        return try await trial.answer(asked, by: service)
    }

    @Test func `may read nothing unless it is configured`() async throws {
        for allowed in [[], ["https://other.example.org"]] {
            let answer = try await ask("GET", page, [], allowed: allowed)
            #expect(answer.status == 200 && answer.field("access-control-allow-origin") == nil)
        }
        for origin in ["https://dash.example.org.evil.org", "HTTPS://DASH.EXAMPLE.ORG", "null"] {
            let answer = try await ask("GET", origin, [], allowed: [page])
            #expect(answer.field("access-control-allow-origin") == nil)
        }
    }

    @Test func `may read answers where it is`() async throws {
        let answer = try await ask("GET", page, [], allowed: [page])
        #expect(answer.status == 200 && answer.field("access-control-allow-origin") == page)
        #expect(answer.field("access-control-expose-headers")?.contains("ETag") == true)
        #expect(answer.field("access-control-allow-credentials") == nil)
    }

    @Test func `may ask beforehand without a token`() async throws {
        let fields = ["Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization"]
        let answer = try await ask("OPTIONS", page, fields, allowed: [page])
        #expect(answer.status == 204 && answer.field("access-control-allow-origin") == page)
        #expect(answer.field("access-control-allow-methods") == "GET, HEAD, POST, PUT")
        #expect(answer.field("access-control-allow-headers")?.contains("Idempotency-Key") == true)
        let stranger = try await ask("OPTIONS", "https://other.example.org", fields, allowed: [page])
        #expect(stranger.field("access-control-allow-methods") == nil)
    }
}
