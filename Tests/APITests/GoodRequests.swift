import API
import App
import ByNameList
import CivilTime
import Fixtures
import HTTP
import JSON
import ShippedConfig
import Store
import Testing

/// For every route a request that a coordinator is answered, so that a fault put into it is the only one.
struct GoodRequests: Sendable {
    private let trial: TrialService
    let person: String
    let fact: String
    /// Of a form tool, which asks what its map ignores.
    static let form = #"{"map": {"fields": {"day": {"to": ["on"]}}, "ignored": ["mood"]}}"#
    /// Of the other community.
    let foreignPerson: String
    let foreignFact: String
    /// A submission of the month that is asked for.
    private let sent: String

    init(_ trial: TrialService) async throws {
        self.trial = trial
        let admitted = try await trial.admit(.harbour)
        person = admitted.person
        fact = try #require(admitted.facts.last)
        let foreign = try await trial.admit(.southern, given: "Orsolya", family: "Vantongeren")
        foreignPerson = foreign.person
        foreignFact = try #require(foreign.facts.last)
        var form = Asked(
            "PUT", "/v1/communities/north/forms/street", token: trial.tokens[.admin], body: GoodRequests.form)
        form.fields.append("If-None-Match: *")
        #expect(try await trial.answer(form).status == 200)
        let submitted = try await trial.post("reports/monthly/2024-03/submissions", as: .coordinator, "{}")
        sent = try #require(submitted.json["submission"]?.text)
    }

    static let bodies = [
        "/v1/communities/{community}/people/{person}/erasure": "{}",
        "/v1/communities/{community}/people/{person}/merge": #"{"same_as": "OTHER"}"#,
        "/v1/communities/{community}/merges/{merge}/undo": "{}",
        "/v1/communities/{community}/worklist/{item}/dismissal": "{}",
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
        "/v1/communities/{community}/forms/{form}":
            form.replacing(#"["mood"]"#, with: #"["mood", "weather"]"#),
        "/v1/communities/{community}/forms/{form}/submissions": #"{"_uuid": "NUMBER", "day": "2024-03-20"}"#,
        "/v1/communities/{community}/reports/monthly/{month}/submissions": "{}",
        "/v1/communities/{community}/reports/monthly/{month}/annotations": #"{"text": "one shelter is late"}"#,
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

    /// People met by a worker of Harbour, with whom nothing was done yet.
    private func newPeople(_ count: Int) throws -> [PersonID] {
        try change { ledger in
            try (0..<count).map { _ in
                let person = try ledger.newPerson()
                _ = try ledger.append([NewFact(.assessment(on: "2024-03-20"), about: person)], notes: [:])
                return person
            }
        }
    }

    private func change<Answer: Sendable>(
        _ work: @escaping @Sendable (CommunityLedger) throws -> Answer
    ) throws -> Answer {
        let north = try trial.workspace.community("north").id
        return try trial.workspace.store.change { transaction in
            let origin = try transaction.origin(
                community: north, agency: "Harbour", actor: "tool", source: "api", isImport: false)
            return try work(CommunityLedger(transaction, origin: origin))
        }
    }

    private func ids() throws -> PublicIDs { try #require(trial.workspace.store.live.publicIDs) }

    /// The id of a merge that stands.
    private func newMerge() throws -> String {
        let people = try newPeople(2)
        let facts = try change { ledger in
            try ledger.append([NewFact(.samePerson(as: people[1]), about: people[0])], notes: [:])
        }
        return try ids().text(of: facts[0])
    }

    /// The id of an item of the worklist that waits.
    private func newItem() throws -> String {
        let people = try newPeople(2)
        try change { ledger in
            try ledger.leave(WorklistItem(person: people[1], other: people[0], reason: .sameIdentity))
        }
        let items = try trial.workspace.store.read { try $0.worklistItems(between: people[0], people[1]) }
        return try ids().text(ofItem: try #require(items.first).number)
    }

    /// The id of a submission that waits, and is an intake by the map that there is now.
    private func newSubmission() throws -> String {
        let north = try trial.workspace.community("north").id
        let key = "uuid-\(trial.clock.newNumber())"
        let held = try trial.workspace.store.change { transaction in
            let origin = try transaction.origin(
                community: north, agency: "Harbour", actor: "tool", source: "api", isImport: false)
            try CommunityLedger(transaction, origin: origin).hold(
                IdempotentRequest(community: north, actor: origin.actor, route: "", key: key, bodyHash: []),
                form: "street", content: #"{"_uuid": "\#(key)", "day": "2024-03-20"}"#, problems: "[]")
            return key
        }
        let waiting = try trial.workspace.store.read { try $0.held(of: "street", in: north, after: 0, limit: 10_000) }
        let number = try #require(waiting.last { $0.key == held }).number
        return try #require(trial.workspace.store.live.publicIDs).text(ofSubmission: number)
    }

    func request(_ method: HTTP.Method, _ pattern: String) throws -> Asked {
        var target = pattern
        for (name, value) in [
            ("{community}", "north"), ("{person}", person), ("{fact}", fact), ("{month}", "2024-03"),
            ("{figure}", "active_at_end"), ("{sent}", sent),
            ("{problem}", "unknown-token"),
        ] {
            target.replace(name, with: value)
        }
        if target.contains("{token}") { target.replace("{token}", with: "\(try newToken())") }
        if target.contains("{merge}") { target.replace("{merge}", with: try newMerge()) }
        if target.contains("{item}") { target.replace("{item}", with: try newItem()) }
        target.replace("{form}", with: "street")
        if target.contains("{submission}") { target.replace("{submission}", with: try newSubmission()) }
        if ["/reports/monthly", ".csv", "/reliability"].contains(where: { pattern.hasSuffix($0) }) {
            target += "?from=2024-01&to=2024-03"
        }
        if pattern.hasSuffix("/housing-target") { target += "?target=0&months=12" }
        if pattern.hasSuffix("/explanation") { target += "?month=2024-03" }
        let number = "uuid-\(trial.clock.newNumber())"
        var body = method == .get ? nil : GoodRequests.bodies[pattern]?.replacing("NUMBER", with: number)
        if body?.contains("OTHER") == true {
            let other = try ids().text(of: try newPeople(1)[0])
            body = body?.replacing("OTHER", with: other)
        }
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
