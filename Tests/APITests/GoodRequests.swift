import API
import App
import ByNameList
import HTTP
import ShippedConfig
import Testing

/// For every route a request that a coordinator is answered, so that a fault put into it is the only one.
struct GoodRequests: Sendable {
    private let trial: TrialService
    let person: String
    let fact: String
    /// Of the other community.
    let foreignPerson: String
    let foreignFact: String

    init(_ trial: TrialService) async throws {
        self.trial = trial
        let admitted = try await trial.admit(.harbour)
        person = admitted.person
        fact = try #require(admitted.facts.last)
        let foreign = try await trial.admit(.southern, given: "Orsolya", family: "Vantongeren")
        foreignPerson = foreign.person
        foreignFact = try #require(foreign.facts.last)
    }

    static let bodies = [
        "/v1/communities/{community}/people/{person}/erasure": "{}",
        "/v1/communities/{community}/agencies": #"{"name": "Harbour", "kind": "shelter"}"#,
        "/v1/communities/{community}/tokens": #"{"agency": "Harbour", "user": "ana", "role": "outreach"}"#,
        "/v1/communities/{community}/tokens/{token}/revocation": "{}",
        "/v1/communities/{community}/intakes": #"{"on": "2024-03-20", "note": "met at the station"}"#,
        "/v1/communities/{community}/people/search": #"{"name": "Zephyrine"}"#,
        "/v1/communities/{community}/people/{person}/facts":
            #"{"facts": [{"kind": "contact", "on": "2024-03-21", "seen_homeless": true}]}"#,
        "/v1/communities/{community}/facts/{fact}/void": #"{"note": "a mistake"}"#,
        "/v1/chronic/evaluations":
            #"{"as_of": "2024-03-31", "stays": [{"type": "unsheltered", "start": "2024-01-01"}]}"#,
        "/v1/communities/{community}/policy": #"{"policy": \#(PolicyDocument.template("us_bfz") ?? "")}"#,
    ]

    /// With the token of a role that may ask and, where one is needed, a new key.
    func request(for route: Route) throws -> Asked {
        try request(route.method, route.pattern)
    }

    /// The number of a token that can be revoked.
    private func newToken() throws -> Int64 {
        let north = try trial.workspace.community("north")
        return try trial.workspace.makeToken(in: north, agency: "A", user: "brief", role: .dashboard, days: 1).id
    }

    func request(_ method: HTTP.Method, _ pattern: String) throws -> Asked {
        var target = pattern
        for (name, value) in [
            ("{community}", "north"), ("{person}", person), ("{fact}", fact), ("{month}", "2024-03"),
        ] {
            target.replace(name, with: value)
        }
        if target.contains("{token}") { target.replace("{token}", with: "\(try newToken())") }
        if pattern.hasSuffix("/reports/monthly") || pattern.hasSuffix(".csv") { target += "?from=2024-01&to=2024-03" }
        let body = method == .get ? nil : GoodRequests.bodies[pattern]
        let route = Routes.all.first { $0.method == method && $0.pattern == pattern }
        let worker = [Worker.coordinator, .admin, .auditor].first { worker in
            route?.permission.map { $0.relation(of: worker.role) != .nobody } ?? true
        }
        let needsKey = if case .jsonOnce? = route?.takes { true } else { false }
        var asked = Asked(
            method.rawValue, target, token: worker.flatMap { trial.tokens[$0] }, body: body,
            key: needsKey ? "key-\(trial.clock.newNumber())" : nil)
        // Whatever is there is replaced.
        if method == .put { asked.fields.append("If-Match: *") }
        return asked
    }
}
