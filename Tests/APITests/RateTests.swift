import API
import HTTP
import Testing

@Suite struct `How often somebody may ask` {
    private func trial() throws -> (TrialService, Service) {
        let trial = try TrialService()
        return (trial, trial.another { $0.rates = RateLimits() })
    }

    @Test func `with one token is a hundred times at once and fifty times a second`() async throws {
        let (trial, service) = try trial()
        let asked = Asked("GET", "/v1/communities/north/policy", token: trial.tokens[.coordinator])
        for _ in 0..<100 { #expect(try await trial.answer(asked, by: service).status == 200) }
        let refused = try await trial.answer(asked, by: service)
        #expect(refused.summary == "429 too-many-requests")
        #expect(refused.field("retry-after") == "1")
        #expect(refused.field("cache-control") == "no-store")
        // Another token is not counted with it.
        #expect(try await trial.get("policy", as: .admin, by: service).status == 200)
        try trial.moveClock(to: "2024-04-02T15:00:00.5Z")
        for _ in 0..<25 { #expect(try await trial.answer(asked, by: service).status == 200) }
        #expect(try await trial.answer(asked, by: service).status == 429)
        // A clock that is set back takes nothing away and gives nothing.
        try trial.moveClock(to: "2024-04-02T14:00:00Z")
        #expect(try await trial.answer(asked, by: service).status == 429)
        try trial.moveClock(to: "2024-04-02T15:00:10Z")
        for _ in 0..<100 { #expect(try await trial.answer(asked, by: service).status == 200) }
        #expect(try await trial.answer(asked, by: service).status == 429)
    }

    @Test func `for names is sixty times a minute`() async throws {
        let (trial, service) = try trial()
        let asked = Asked(
            "POST", "/v1/communities/north/people/search", token: trial.tokens[.harbour], body: #"{"name": "Marie"}"#)
        for _ in 0..<60 { #expect(try await trial.answer(asked, by: service).status == 200) }
        let refused = try await trial.answer(asked, by: service)
        #expect(refused.summary == "429 too-many-requests")
        #expect(refused.field("retry-after") == "1")
        // Everything else goes on.
        #expect(try await trial.get("reports/monthly/2024-03", as: .harbour, by: service).status == 200)
    }

    @Test func `without a good token is five times a minute, and then after pauses that double`() async throws {
        let (trial, service) = try trial()
        let asked = Asked("GET", "/v1/communities/north/policy", token: Bearer.newToken())
        func ask() async throws -> String {
            let answer = try await trial.answer(asked, by: service)
            return ([answer.summary] + [answer.field("retry-after")].compactMap { $0 }).joined(separator: " ")
        }
        for _ in 0..<5 { #expect(try await ask() == "401 unknown-token") }
        #expect(try await ask() == "429 too-many-requests 60")
        try trial.moveClock(to: "2024-04-02T15:00:59Z")
        #expect(try await ask() == "429 too-many-requests 1")
        try trial.moveClock(to: "2024-04-02T15:01:01Z")
        for _ in 0..<5 { #expect(try await ask() == "401 unknown-token") }
        #expect(try await ask() == "429 too-many-requests 120")
        // A good token from the same address is never refused for it.
        #expect(try await trial.get("policy", as: .admin, by: service).status == 200)
        try trial.moveClock(to: "2024-04-02T15:30:00Z")
        for _ in 0..<5 { #expect(try await ask() == "401 unknown-token") }
        #expect(try await ask() == "429 too-many-requests 60")
    }

    @Test func `is counted for what is refused too, and before a body is read`() async throws {
        let (trial, service) = try trial()
        let list = Asked("GET", "/v1/communities/north/list", token: trial.tokens[.dashboard])
        for _ in 0..<100 { #expect(try await trial.answer(list, by: service).status == 403) }
        #expect(try await trial.answer(list, by: service).status == 429)
        let intake = Asked(
            "POST", "/v1/communities/north/intakes", token: trial.tokens[.dashboard], body: "{}", key: "12345678")
        var head = try intake.request()
        head.body = []
        guard case .refused(let refusal) = service.admit(head) else {
            Issue.record("a token over its rate may send a body")
            return
        }
        #expect(refusal.status == 429)
    }

    @Test func `is counted once for a request with a body`() async throws {
        let (trial, service) = try trial()
        for number in 0..<101 {
            let intake = Asked(
                "POST", "/v1/communities/north/people/search", token: trial.tokens[.dashboard], body: "{}",
                key: "key-\(number)-")
            #expect(try await trial.answer(intake, by: service).status == (number < 100 ? 403 : 429))
        }
    }

    @Test func `is kept in mind of so many addresses and no more, a network of IPv6 being one`() async throws {
        let trial = try TrialService()
        let service = trial.another {
            $0.rates = RateLimits()
            $0.rates.failingAddressesMax = 3
        }
        func ask(_ address: String) async throws -> Int {
            var request = try Asked("GET", "/v1/communities/north/policy", token: Bearer.newToken()).request()
            request.peer = try #require(Address(address))
            return await service.answer(request).status
        }
        for number in 1...3 { #expect(try await ask("192.0.2.\(number)") == 401) }
        #expect(try await ask("192.0.2.4") == 429)
        #expect(try await ask("192.0.2.3") == 401)
        try trial.moveClock(to: "2024-04-02T15:05:00Z")
        for number in 1...5 { #expect(try await ask("2001:db8::\(number)") == 401) }
        #expect(try await ask("2001:db8::6") == 429)
        #expect(try await ask("2001:db8:0:1::1") == 401)
    }

    @Test func `is counted by the client that a proxy names, and by nobody else's word`() async throws {
        let trial = try TrialService()
        let proxy = Address(v4: 0x0A00_0001)
        let service = trial.another {
            $0.rates = RateLimits()
            $0.proxies = [proxy]
        }
        func status(_ peer: Address, _ forwarded: [String]) async throws -> Int {
            var asked = Asked("GET", "/v1/communities/north/policy", token: Bearer.newToken())
            asked.fields = forwarded.map { "X-Forwarded-For: \($0)" }
            var request = try asked.request()
            request.peer = peer
            return await service.answer(request).status
        }
        for _ in 0..<5 { #expect(try await status(proxy, ["198.51.100.7"]) == 401) }
        #expect(try await status(proxy, ["198.51.100.7"]) == 429)
        // The proxy adds on the right; what stood there before is the client's own word.
        #expect(try await status(proxy, ["203.0.113.9, 198.51.100.7"]) == 429)
        #expect(try await status(proxy, ["203.0.113.9", "198.51.100.7, 10.0.0.1"]) == 429)
        #expect(try await status(proxy, ["198.51.100.8"]) == 401)
        #expect(try await status(proxy, ["2001:db8::1"]) == 401)
        let stranger = Address(v4: 0xC633_6464)
        for _ in 0..<5 { #expect(try await status(stranger, ["198.51.100.\(Int.random(in: 20...90))"]) == 401) }
        #expect(try await status(stranger, ["198.51.100.99"]) == 429)
    }
}
