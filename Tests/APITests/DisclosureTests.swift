import API
import ByNameList
import HTTP
import JSON
import Testing

@Suite struct `Whoever is shown` {
    private static let all = ["Zephyrine", "Quillfeather", "Marigold", "Underhill", "Barnaby", "Otterburn"]

    /// Two people of Harbour's and one of Lantern's.
    private func people(_ trial: TrialService) async throws -> [String] {
        [
            try await trial.admit(.harbour).person,
            try await trial.admit(.harbour, given: "Marigold", family: "Underhill").person,
            try await trial.admit(.lantern, given: "Barnaby", family: "Otterburn").person,
        ]
    }

    /// What the access log has more after the work than before.
    private func added(_ trial: TrialService, _ work: () async throws -> Void) async throws -> [Access] {
        let before = try trial.accesses()
        try await work()
        let after = try trial.accesses()
        #expect(Array(after.prefix(before.count)) == before)
        return Array(after.dropFirst(before.count))
    }

    @Test func `stands in the access log once, with the user and the fields`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        for (path, fields) in [
            ("", "profile"), ("/facts", "facts"), ("/timeline", "timeline"), ("/chronic", "chronic"),
        ] {
            let log = try await added(trial) { () async throws in
                #expect(try await trial.get("people/\(people[0])\(path)", as: .harbour).status == 200)
            }
            let purpose = path.isEmpty ? "person" : fields
            #expect(log == [Access(who: "Harbour outreach", person: people[0], fields: fields, purpose: purpose)])
        }
    }

    @Test func `on a list stands in it once each, and nobody else does`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        for (worker, shown) in [
            (Worker.harbour, [people[0], people[1]]), (.lantern, [people[2]]), (.coordinator, people),
        ] {
            let log = try await added(trial) { () async throws in
                let list = try await trial.get("list", as: worker)
                #expect(list.json["people"]?.elements.compactMap { $0["person"]?.text } == shown)
            }
            #expect(log.map(\.person) == shown)
            #expect(Set(log.map(\.who)) == ["\(worker.agency) \(worker.role.code)"])
            #expect(Set(log.map { $0.fields + $0.purpose }) == ["listlist"])
        }
    }

    @Test func `by a search stands in it once each, and nobody else does`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        for (question, worker, shown) in [
            (#"{"birth_date": "1980-02-03"}"#, Worker.coordinator, Set(people)),
            (#"{"birth_date": "1980-02-03"}"#, .harbour, [people[0], people[1]]),
            (#"{"name": "Otterburn"}"#, .lantern, [people[2]]), (#"{"name": "Otterburn"}"#, .harbour, []),
        ] {
            let log = try await added(trial) { () async throws in
                #expect(try await trial.post("people/search", as: worker, question).status == 200)
            }
            #expect(log.count == shown.count)
            #expect(Set(log.map(\.person)) == shown)
            #expect(log.allSatisfy { $0.fields == "search" && $0.purpose == "search" })
        }
    }

    @Test func `is nobody where the answer is a refusal`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        let log = try await added(trial) { () async throws in
            for path in ["", "/facts", "/timeline", "/chronic"] {
                #expect(try await trial.get("people/\(people[0])\(path)?known_at=x", as: .harbour).status == 422)
                #expect(try await trial.get("people/\(people[0])\(path)", as: .dashboard).status == 403)
            }
            #expect(try await trial.get("list?as_of=x", as: .harbour).status == 422)
        }
        #expect(log == [])
    }

    @Test func `is shown to a dashboard, an administrator or an auditor by number at the most`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        let samples = try await GoodRequests(trial)
        var words = `Whoever is shown`.all + people + ["1980-02-03", samples.person, samples.fact]
        words += [samples.foreignPerson, "Orsolya", "Vantongeren"]
        // So that the words are known to be there for who may read them.
        let list = try await trial.get("list", as: .coordinator)
        for word in words.prefix(9) { #expect(list.text.contains(word)) }
        let log = try await added(trial) { () async throws in
            for route in Routes.all {
                for worker in [Worker.dashboard, .admin, .auditor, .collaborative] {
                    var asked = try samples.request(for: route)
                    asked.token = trial.tokens[worker]
                    let answer = try await trial.answer(asked)
                    // Who was shown is an auditor's to know, by number.
                    let isTheirs = worker == .auditor && route.pattern.contains("/accesses")
                    for word in words where !(isTheirs && word.hasPrefix("p_")) {
                        #expect(!answer.text.contains(word), "\(route.pattern)")
                    }
                }
            }
        }
        let read = Access(who: "City auditor", person: samples.person, fields: "accesses", purpose: "accesses")
        #expect(log.filter { $0.fields != "refused" } == [read])
    }

    @Test func `is not kept by name in a receipt or the access log`() async throws {
        let trial = try TrialService()
        _ = try await people(trial)
        _ = try await trial.get("list", as: .coordinator)
        for text in try trial.keptTexts() {
            for word in `Whoever is shown`.all + ["1980"] { #expect(!text.contains(word)) }
        }
    }

    @Test func `by HEAD is shown as by GET, and logged`() async throws {
        let trial = try TrialService()
        let people = try await people(trial)
        let log = try await added(trial) { () async throws in
            let asked = Asked("HEAD", "/v1/communities/north/people/\(people[0])", token: trial.tokens[.harbour])
            #expect(try await trial.answer(asked).status == 200)
        }
        #expect(log.map(\.person) == [people[0]])
    }
}
