import API
import ByNameList
import JSON
import Testing

/// People who stand to a caller's agency in every way there is, each with a name of their own.
struct Neighbourhood: Sendable {
    let people: [Nearness: (person: String, fact: String, name: String)]

    /// - Parameter caller: of the agency that serves the first of them.
    init(_ trial: TrialService, of caller: Worker) async throws {
        var people: [Nearness: (person: String, fact: String, name: String)] = [:]
        for (nearness, given, worker) in [
            (Nearness.ownAgency, "Zephyrine", caller), (.consented, "Marigold", .lantern),
            (.notConsented, "Barnaby", .lantern), (.sealed, "Orsolya", .lantern),
        ] {
            let (person, facts) = try await trial.admit(worker, given: given, family: given + "son")
            people[nearness] = (person, facts[2], given)
        }
        for nearness in [Nearness.consented, .sealed] {
            let person = people[nearness]?.person ?? ""
            let given = #"{"kind": "consent", "purpose": "sharing", "value": "given", "on": "2024-03-01"}"#
            try await trial.add(given, about: person, as: .lantern)
        }
        try await trial.add(
            #"{"kind": "sealed", "on": "2024-03-01"}"#, about: people[.sealed]?.person ?? "", as: .lantern)
        let answer = try await trial.post(
            "intakes", as: .willow,
            #"{"on": "2024-03-01", "situations": [{"situation": "emergency_shelter", "from": "2024-03-01"}]}"#)
        let facts = answer.json["facts"]?.elements.compactMap(\.text) ?? []
        people[.victimServices] = (try #require(answer.json["person"]?.text), facts[1], "nobody's name")
        self.people = people
    }
}

@Suite struct `The authorization table` {
    /// What each role sees of whom, as it was decided; of a role that is not here, nobody.
    static let sights: [Role: [Nearness: Sight]] = [
        .outreach: [
            .ownAgency: .everything, .consented: .everything, .notConsented: .nothing, .sealed: .nothing,
            .victimServices: .nothing,
        ],
        .coordinator: [
            .ownAgency: .everything, .consented: .everything, .notConsented: .everything, .sealed: .codeOnly,
            .victimServices: .nothing,
        ],
    ]

    static let callers: [Worker] = [.harbour, .coordinator, .dashboard, .admin, .auditor, .collaborative]

    /// Ways to one person: method and path, of a fact where it has one; the body where it writes.
    static let ways: [(method: String, path: String, body: String?)] = [
        ("GET", "people/{person}", nil), ("GET", "people/{person}/facts", nil),
        ("GET", "people/{person}/timeline", nil), ("GET", "people/{person}/chronic", nil),
        ("GET", "people/{person}/accesses", nil), ("GET", "people/{person}/explanation?month=2024-03", nil),
        ("POST", "people/{person}/facts", #"{"facts": [{"kind": "assessment", "on": "2024-03-20"}]}"#),
        ("POST", "intakes", #"{"on": "2024-03-21", "person": "{person}"}"#),
        ("POST", "facts/{fact}/void", "{}"), ("POST", "people/{person}/erasure", "{}"),
        ("POST", "people/{person}/merge", #"{"same_as": "{other}"}"#),
    ]

    @Test(arguments: callers)
    func `holds for every way to a person, of whomever`(caller: Worker) async throws {
        let trial = try TrialService()
        let owner = caller.role == .outreach ? caller : .coordinator
        let neighbours = try await Neighbourhood(trial, of: owner)
        let (other, _) = try await trial.admit(owner, given: "Isidora", family: "Isidorason")
        for nearness in Nearness.allCases {
            let (person, fact, name) = try #require(neighbours.people[nearness])
            let sight = Self.sights[caller.role]?[nearness] ?? .nothing
            for way in Self.ways {
                let path = way.path.replacing("{person}", with: person).replacing("{fact}", with: fact)
                let before = try trial.rowCounts()
                let answer =
                    if let body = way.body {
                        try await trial.post(
                            path, as: caller, body.replacing("{person}", with: person).replacing("{other}", with: other)
                        )
                    } else {
                        try await trial.get(path, as: caller)
                    }
                let expected = Self.expected(caller, nearness, sight, way)
                #expect(answer.summary == expected, "\(way.path) by \(caller.role.code) of \(nearness)")
                if !answer.summary.hasPrefix("20") { #expect(try trial.rowCounts() == before) }
                if sight < .everything {
                    for secret in [name, "1980-02-03", "Lantern", "Willow"] {
                        // Whose people an auditor's log speaks of is the auditor's to know.
                        if caller.role == .auditor { continue }
                        #expect(!answer.text.contains(secret), "\(way.path) of \(nearness)")
                    }
                } else if way.path == "people/{person}" || (way.method == "GET" && way.path.hasSuffix("/facts")) {
                    #expect(answer.text.contains(name))
                }
            }
        }
    }

    private static func expected(
        _ caller: Worker, _ nearness: Nearness, _ sight: Sight, _ way: (method: String, path: String, body: String?)
    ) -> String {
        if caller.role == .auditor, way.path.hasSuffix("/accesses") { return "200" }
        guard sights[caller.role] != nil else { return "403 not-your-role" }
        let isCoordinators = way.path.hasSuffix("/erasure") || way.path.hasSuffix("/merge")
        if isCoordinators, caller.role != .coordinator { return "403 not-your-role" }
        if way.path.hasPrefix("facts/") {
            if sight == .nothing { return "404 no-such-fact" }
            // A fact of another agency is that agency's to void, or a coordinator's; of somebody sealed its own only.
            let isOwn = nearness == .ownAgency || (caller.role == .coordinator && sight == .everything)
            return isOwn ? "201" : "403 another-agencys-fact"
        }
        let isOfEverything = way.path.hasSuffix("/accesses") || way.path.hasSuffix("/merge")
        if sight == .nothing || (sight == .codeOnly && isOfEverything) { return "404 no-such-person" }
        return way.body == nil ? "200" : "201"
    }

    @Test(arguments: [Worker.harbour, .coordinator])
    func `holds for lists, searches and suggestions: who is not seen is as if they did not exist`(
        caller: Worker
    ) async throws {
        let trial = try TrialService()
        let neighbours = try await Neighbourhood(trial, of: caller)
        let list = try await trial.get("list", as: caller)
        let listed = list.json["people"]?.elements.compactMap { $0["person"]?.text } ?? []
        for nearness in Nearness.allCases {
            let (person, _, name) = try #require(neighbours.people[nearness])
            let sight = Self.sights[caller.role]?[nearness] ?? .nothing
            #expect(listed.contains(person) == (sight > .nothing), "\(nearness)")
            #expect(list.text.contains(name) == (sight == .everything), "\(nearness)")
            let found = try await trial.post("people/search", as: caller, #"{"name": "\#(name)"}"#)
            #expect(found.text.contains(person) == (sight == .everything), "\(nearness)")
            let intake = try await trial.post(
                "intakes", as: caller,
                """
                {"on": "2024-03-20", "profile": {"given_name": "\(name)", "family_name": "\(name)son",
                "birth_date": "1980-02-03"}}
                """)
            #expect(intake.text.contains(person) == (sight == .everything), "\(nearness)")
        }
        for entry in list.json["people"]?.elements ?? [] {
            let isSealed = entry["person"]?.text == neighbours.people[.sealed]?.person
            #expect(entry["is_code_only"]?.isTrue == isSealed)
        }
        // A line between a name and somebody sealed would say who that is.
        if caller.role == .coordinator {
            let worklist = try await trial.get("worklist", as: caller)
            #expect(!worklist.text.contains(neighbours.people[.sealed]?.person ?? "-"))
        }
    }

    @Test func `closes to others on the day on which a consent runs out, and at once when it is withdrawn`()
        async throws
    {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.harbour)
        func sharing(_ value: String, _ more: String = "") -> String {
            #"{"kind": "consent", "purpose": "sharing", "value": "\#(value)", "on": "2024-03-01"\#(more)}"#
        }
        try await trial.add(sharing("given", #", "until": "2024-04-04""#), about: person, as: .harbour)
        #expect(try await trial.get("people/\(person)", as: .lantern).status == 200)
        try trial.moveClock(to: "2024-04-03T23:59:59Z")
        #expect(try await trial.get("people/\(person)", as: .lantern).status == 200)
        try trial.moveClock(to: "2024-04-04T00:00:00Z")
        #expect(try await trial.get("people/\(person)", as: .lantern).summary == "404 no-such-person")
        try await trial.add(sharing("given"), about: person, as: .harbour)
        #expect(try await trial.get("people/\(person)", as: .lantern).status == 200)
        try await trial.add(sharing("withdrawn"), about: person, as: .harbour)
        #expect(try await trial.get("people/\(person)", as: .lantern).summary == "404 no-such-person")
    }

    @Test func `lets nobody widen or prolong by writing what they read`() async throws {
        let trial = try TrialService()
        let neighbours = try await Neighbourhood(trial, of: .harbour)
        let consented = try #require(neighbours.people[.consented])
        let given = #"{"kind": "consent", "purpose": "sharing", "value": "given", "on": "2024-03-20"}"#
        let body = #"{"facts": [\#(given)]}"#
        let prolonged = try await trial.post("people/\(consented.person)/facts", as: .harbour, body)
        #expect(prolonged.summary == "422 invalid-fields /facts/0/value")
        #expect(try await trial.post("people/\(consented.person)/facts", as: .coordinator, body).status == 201)
        // A voided seal would show a coordinator the name.
        let sealed = try #require(neighbours.people[.sealed])
        let facts = try await trial.get("people/\(sealed.person)/facts", as: .coordinator)
        let seal = facts.json["facts"]?.elements.first { $0["kind"]?.text == "sealed" }?["id"]?.text ?? ""
        let voided = try await trial.post("facts/\(seal)/void", as: .coordinator, "{}")
        #expect(voided.summary == "403 another-agencys-fact")
        #expect(try await trial.post("facts/\(seal)/void", as: .lantern, "{}").status == 201)
        #expect(try await trial.get("people/\(sealed.person)", as: .coordinator).text.contains(sealed.name))
    }
}

@Suite struct `What tells who somebody is` {
    static let personal: [(body: String, field: String)] = [
        (#""profile": {"given_name": "Ada"}"#, "/profile/given_name"),
        (#""profile": {"middle_name": "Ada"}"#, "/profile/middle_name"),
        (#""profile": {"family_name": "Ada"}"#, "/profile/family_name"),
        (#""profile": {"name_suffix": "II"}"#, "/profile/name_suffix"),
        (#""profile": {"description": "red coat"}"#, "/profile/description"),
        (#""profile": {"birth_date": "1980"}"#, "/profile/birth_date"),
        (#""note": "sleeps behind the station""#, "/note"),
        (#""external_ids": [{"system": "HMIS", "value": "7"}]"#, "/external_ids"),
        (#""household": {"household": "the-lovelaces"}"#, "/household/household"),
        (
            #""note": "x", "profile": {"given_name": "A"}, "external_ids": [{"system": "H", "value": "7"}]"#,
            "/external_ids /note /profile/given_name"
        ),
    ]

    @Test(arguments: personal)
    func `is not taken from a victim service provider`(body: String, field: String) async throws {
        let trial = try TrialService()
        let before = try trial.rowCounts()
        let answer = try await trial.post("intakes", as: .willow, #"{"on": "2024-03-20", \#(body)}"#)
        #expect(answer.summary == "422 invalid-fields \(field)")
        #expect(try trial.rowCounts() == before)
        // What tells nobody who it is, is.
        let plain = #"{"on": "2024-03-20", "profile": {}, "household": {"household": "12345678"}}"#
        #expect(try await trial.post("intakes", as: .willow, plain).status == 201)
    }

    static let facts: [(body: String, field: String)] = [
        (#"{"kind": "profile", "given_name": "Ada", "birth_date": "1980"}"#, "/facts/0/given_name /facts/0/birth_date"),
        (#"{"kind": "assessment", "on": "2024-03-20", "note": "at her sister's"}"#, "/facts/0/note"),
        (#"{"kind": "household", "household": "the-lovelaces", "from": "2024-03-20"}"#, "/facts/0/household"),
    ]

    @Test(arguments: facts)
    func `is not taken of somebody sealed but from the agency that serves them`(
        body: String, fields: String
    ) async throws {
        let trial = try TrialService()
        let neighbours = try await Neighbourhood(trial, of: .harbour)
        let path = "people/\(neighbours.people[.sealed]?.person ?? "")/facts"
        let refused = try await trial.post(path, as: .coordinator, #"{"facts": [\#(body)]}"#)
        let expected = fields.split(separator: " ").sorted().joined(separator: " ")
        #expect(refused.summary == "422 invalid-fields \(expected)")
        #expect(try await trial.post(path, as: .lantern, #"{"facts": [\#(body)]}"#).status == 201)
        let own = try await trial.get(path, as: .lantern)
        let seen = try await trial.get(path, as: .coordinator)
        for secret in ["Ada", "sister", "lovelaces", "Orsolya", "1980", "Lantern"] {
            #expect(!seen.text.contains(secret), "\(secret)")
        }
        #expect(own.text.contains("Orsolya"))
    }

    @Test func `of a victim service provider's person is in counts only`() async throws {
        let trial = try TrialService()
        _ = try await Neighbourhood(trial, of: .harbour)
        let report = try await trial.get("reports/monthly/2024-03", as: .coordinator)
        let list = try await trial.get("list", as: .coordinator)
        #expect(list.json["people"]?.elements.count == 4)
        #expect(report.text.contains(#""active_at_end":5"#), "\(report.text)")
        #expect(try await trial.get("list", as: .willow).json["people"]?.elements.count == 1)
    }
}
