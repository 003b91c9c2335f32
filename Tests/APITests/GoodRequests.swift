import API
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
        "/v1/communities/{community}/intakes": #"{"on": "2024-03-20", "note": "met at the station"}"#,
        "/v1/communities/{community}/people/search": #"{"name": "Zephyrine"}"#,
        "/v1/communities/{community}/people/{person}/facts":
            #"{"facts": [{"kind": "contact", "on": "2024-03-21", "seen_homeless": true}]}"#,
        "/v1/communities/{community}/facts/{fact}/void": #"{"note": "a mistake"}"#,
        "/v1/chronic/evaluations":
            #"{"as_of": "2024-03-31", "stays": [{"type": "unsheltered", "start": "2024-01-01"}]}"#,
        "/v1/communities/{community}/policy": #"{"policy": \#(PolicyDocument.template("us_bfz") ?? "")}"#,
    ]

    /// With the coordinator's token and, where one is needed, a new key.
    func request(for route: Route) throws -> Asked {
        try request(route.method, route.pattern)
    }

    func request(_ method: HTTP.Method, _ pattern: String) throws -> Asked {
        var target = pattern
        for (name, value) in [
            ("{community}", "north"), ("{person}", person), ("{fact}", fact), ("{month}", "2024-03"),
        ] {
            target.replace(name, with: value)
        }
        if pattern.hasSuffix("/reports/monthly") || pattern.hasSuffix(".csv") { target += "?from=2024-01&to=2024-03" }
        let body = method == .get ? nil : GoodRequests.bodies[pattern]
        let needsKey = method == .post && !pattern.hasSuffix("/search") && !pattern.hasSuffix("/evaluations")
        var asked = Asked(
            method.rawValue, target, token: trial.tokens[method == .put ? .admin : .coordinator], body: body,
            key: needsKey ? "key-\(trial.clock.newNumber())" : nil)
        // Whatever is there is replaced.
        if method == .put { asked.fields.append("If-Match: *") }
        return asked
    }
}
