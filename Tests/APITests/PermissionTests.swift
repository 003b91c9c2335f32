import API
import App
import ByNameList
import CivilTime
import HTTP
import Store
import Testing

@Suite struct `The permissions` {
    private static func row(
        _ outreach: Relation, _ coordinator: Relation, _ dashboard: Relation, _ admin: Relation, _ auditor: Relation,
        _ collaborative: Relation
    ) -> [Role: Relation] {
        [
            .outreach: outreach, .coordinator: coordinator, .dashboard: dashboard, .admin: admin, .auditor: auditor,
            .collaborative: collaborative,
        ]
    }

    /// Every cell, as it was decided: a changed one has to be changed here too.
    static let table: [Permission: [Role: Relation]] = [
        .admitPeople: row(.served, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readPeople: row(.served, .everybody, .nobody, .nobody, .nobody, .nobody),
        .searchPeople: row(.served, .everybody, .nobody, .nobody, .nobody, .nobody),
        .writeFacts: row(.served, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readList: row(.served, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readWorklist: row(.nobody, .everybody, .nobody, .nobody, .nobody, .nobody),
        .mergePeople: row(.nobody, .everybody, .nobody, .nobody, .nobody, .nobody),
        .evaluateStays: row(.figuresOnly, .figuresOnly, .nobody, .nobody, .nobody, .nobody),
        .readReports: row(.figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly, .nobody, .figuresOnly),
        .readExactReports: row(.nobody, .figuresOnly, .nobody, .figuresOnly, .nobody, .nobody),
        .changePolicy: row(.nobody, .nobody, .nobody, .figuresOnly, .nobody, .nobody),
        .readPolicy: row(.figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly),
        .readAccesses: row(.nobody, .nobody, .nobody, .nobody, .figuresOnly, .nobody),
        .readAccessesOfPerson: row(.served, .everybody, .nobody, .nobody, .numbersOnly, .nobody),
        .erasePeople: row(.nobody, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readErasures: row(.nobody, .nobody, .nobody, .nobody, .figuresOnly, .nobody),
        .readAgencies: row(.nobody, .figuresOnly, .nobody, .figuresOnly, .figuresOnly, .nobody),
        .changeAgencies: row(.nobody, .nobody, .nobody, .figuresOnly, .nobody, .nobody),
        .manageTokens: row(.nobody, .nobody, .nobody, .figuresOnly, .nobody, .nobody),
        .readForms: row(.nobody, .figuresOnly, .nobody, .figuresOnly, .nobody, .nobody),
        .changeForms: row(.nobody, .nobody, .nobody, .figuresOnly, .nobody, .nobody),
        .settleSubmissions: row(.nobody, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readSubmissions: row(.nobody, .figuresOnly, .nobody, .figuresOnly, .nobody, .nobody),
        .submitMonths: row(.nobody, .figuresOnly, .nobody, .nobody, .nobody, .nobody),
        .compareSubmissions: row(.nobody, .everybody, .nobody, .nobody, .nobody, .nobody),
        .readCommunities: row(.figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly, .figuresOnly),
    ]

    @Test(arguments: Permission.allCases, Role.allCases)
    func `are those of the table`(permission: Permission, role: Role) {
        #expect(permission.relation(of: role) == `The permissions`.table[permission]?[role])
    }

    @Test func `are each asked for by a route, and by a guarded one only`() {
        #expect(Set(Routes.all.compactMap(\.permission)) == Set(Permission.allCases))
        for route in Routes.all { #expect((route.permission != nil) == route.pattern.hasPrefix("/v1/")) }
    }
}

@Suite struct `Every route` {
    /// Whose token comes, of which there may be none.
    enum Situation: CaseIterable {
        case own, ofAnotherCommunity, none, malformed, revoked, expired
    }

    private func token(_ situation: Situation, _ role: Role, _ trial: TrialService) -> String? {
        switch situation {
        case .own: trial.tokens[Worker.northern.first { $0.role == role } ?? .harbour]
        case .ofAnotherCommunity: trial.tokens[Worker("south", "Harbour", role)]
        case .none: nil
        case .malformed: "bnl_0123456789"
        case .revoked: trial.revoked[role]
        case .expired: trial.expired[role]
        }
    }

    /// Nobody is let in but by the table; what is not said is not allowed.
    private func expected(_ route: Route, _ role: Role, _ situation: Situation) -> String {
        guard let permission = route.permission else { return "200" }
        switch situation {
        case .none, .malformed, .revoked, .expired: return "401 unknown-token"
        // Where the path names no community, it is the token's own that is meant.
        case .ofAnotherCommunity where route.pattern.contains("{community}"): return "404 no-such-resource"
        case .own, .ofAnotherCommunity: break
        }
        if (`The permissions`.table[permission]?[role] ?? .nobody) == .nobody { return "403 not-your-role" }
        if route.method == .post, route.pattern.hasSuffix("/tokens") { return "201" }
        return switch route.takes {
        case .jsonOnce, .submission: "201"
        case .nothing, .json: "200"
        }
    }

    @Test func `lets in whom the table of permissions lets in and nobody else`() async throws {
        let trial = try TrialService()
        let samples = try await GoodRequests(trial)
        for route in Routes.all {
            for role in Role.allCases {
                for situation in Situation.allCases {
                    var asked = try samples.request(for: route)
                    asked.token = token(situation, role, trial)
                    let before = try trial.rowCounts()
                    let answer = try await trial.answer(asked)
                    #expect(
                        answer.summary == expected(route, role, situation),
                        "\(route.method) \(route.pattern) by \(role.code), token \(situation)")
                    if answer.status == 401 { #expect(answer.field("www-authenticate") == "Bearer") }
                    if answer.status >= 400 { #expect(try trial.rowCounts() == before) }
                }
            }
        }
        #expect(trial.complaints.all == [])
    }

    @Test func `closes to a token the moment it is revoked`() async throws {
        let trial = try TrialService()
        let north = try trial.workspace.community("north")
        let made = try trial.workspace.makeToken(in: north, agency: "A", user: "b", role: .coordinator, days: 1)
        let asked = Asked("GET", "/v1/communities/north/list", token: made.token)
        #expect(try await trial.answer(asked).status == 200)
        _ = try trial.workspace.store.change { try $0.revokeToken(made.id, in: north.id) }
        #expect(try await trial.answer(asked).summary == "401 unknown-token")
    }

    @Test func `closes to a token on the second on which it expires`() async throws {
        let trial = try TrialService()
        let made = try trial.workspace.makeToken(
            in: try trial.workspace.community("north"), agency: "A", user: "b", role: .coordinator, days: 1)
        let grant = try #require(Bearer.hash(of: made.token.utf8).flatMap { trial.workspace.store.live.grant($0) })
        let asked = Asked("GET", "/v1/communities/north/list", token: made.token)
        trial.clock.set(Instant(microseconds: grant.expires.microseconds - 1))
        #expect(try await trial.answer(asked).status == 200)
        trial.clock.set(grant.expires)
        #expect(try await trial.answer(asked).summary == "401 unknown-token")
    }
}
