import App
import ByNameList
import Foundation
import JSON
import Store
import Testing

@Suite struct `A submitted month` {
    /// Three people on the list in February, asked on 2 March.
    private func february() async throws -> (trial: TrialService, people: [String]) {
        let trial = try TrialService(now: "2024-03-02T15:00:00Z")
        var people: [String] = []
        for worker in [Worker.harbour, .harbour, .lantern] {
            let answer = try await trial.post(
                "intakes", as: worker,
                #"{"on": "2024-02-05", "situations": [{"situation": "unsheltered", "from": "2024-02-05"}]}"#)
            people.append(try #require(answer.json["person"]?.text))
        }
        return (trial, people)
    }

    private static let path = "reports/monthly/2024-02/submissions"

    private func submit(_ trial: TrialService) async throws -> String {
        let answer = try await trial.post(Self.path, as: .coordinator, "{}")
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["submission"]?.text)
    }

    private func figure(_ comparison: JSONValue, _ name: String) -> [Int?] {
        let line = comparison["figures"]?.elements.first { $0["figure"]?.text == name }
        return ["submitted", "now", "difference"].map { line?[$0]?.whole }
    }

    @Test func `stays as it was, and says what came later: which fact, by whom, when`() async throws {
        let (trial, people) = try await february()
        let sent = try await submit(trial)
        let before = try await trial.get("\(Self.path)/\(sent)", as: .coordinator)
        #expect(before.json["value"]?.elements.count == Population.standard.count * 2)
        let rows = before.json["value"]?.elements ?? []
        let report = try await trial.get("reports/monthly/2024-02", as: .coordinator).json
        for field in report.members where field.key != "known_at" {
            #expect(rows.first?[field.key] == field.value, "\(field.key)")
        }
        #expect(rows.first?["known_at"] == before.json["known_at"])

        // Asked by the instant that it states, the month comes again as it was submitted.
        let knownAt = try #require(before.json["known_at"]?.text)
        let again1 = try await trial.get("reports/monthly/2024-02?known_at=\(knownAt)", as: .coordinator).json
        #expect(again1 == rows.first)

        try trial.moveClock(to: "2024-03-06T11:00:00Z")
        try await trial.add(
            #"{"kind": "move_in", "on": "2024-02-20", "housing": "permanent_housing"}"#, about: people[1], as: .harbour)
        let comparison = try await trial.get("\(Self.path)/\(sent)/comparison", as: .coordinator).json
        #expect(figure(comparison, "active_at_end") == [3, 2, -1])
        #expect(figure(comparison, "housing_move_ins") == [0, 1, 1])
        #expect(figure(comparison, "newly_identified") == [3, 3, 0])
        let changed = comparison["people"]?.elements ?? []
        #expect(changed.compactMap { $0["person"]?.text } == [people[1]])
        let words = changed.first?["words"]?.texts ?? []
        #expect(words.count == 6)
        #expect(words.contains("No longer counted: active at end on 2024-02-29."))
        #expect(words.contains("Now counted: housing move ins (permanent housing) on 2024-02-20."))
        #expect(
            words.last?.hasPrefix("Entered 2024-03-06 by Harbour: moved into permanent housing on 2024-02-20 (fact f_")
                == true)
        let after = try await trial.get("\(Self.path)/\(sent)", as: .coordinator)
        #expect(after.body == before.body)
        let again2 = try await trial.get("reports/monthly/2024-02?known_at=\(knownAt)", as: .coordinator).json
        #expect(again2 == rows.first)

        // Submitted again, the former stays.
        let again = try await submit(trial)
        let list = try await trial.get(Self.path, as: .admin).json["submissions"]?.elements ?? []
        #expect(list.compactMap { $0["submission"]?.text } == [sent, again])
        #expect(list.compactMap { $0["user"]?.text } == ["coordinator", "coordinator"])
        let now = try await trial.get("\(Self.path)/\(again)/comparison", as: .coordinator).json
        #expect(now["people"]?.elements == [] && figure(now, "active_at_end") == [2, 2, 0])
        #expect(try await trial.get("\(Self.path)/\(sent)", as: .coordinator).body == before.body)
    }

    @Test func `is of a month that there is, and that had begun when it was known`() async throws {
        let (trial, _) = try await february()
        for path in [
            "reports/reliability?from=0001-01&to=0001-01", "reports/monthly/0000-11", "reports/monthly/9999-12",
            "reports/monthly/2024-03?known_at=2024-02-20T00:00:00Z",
            "reports/reliability?from=2024-03&to=2024-03&known_at=2024-02-20T00:00:00Z",
        ] {
            #expect(try await trial.get(path, as: .coordinator).status == 422, "\(path)")
        }
    }

    @Test func `tells of another policy where no fact came`() async throws {
        let (trial, _) = try await february()
        let sent = try await submit(trial)
        let policy = try #require(PolicyText.of("us_bfz")).replacing(#""days": 90"#, with: #""days": 10"#)
        var put = Asked(
            "PUT", "/v1/communities/north/policy", token: trial.tokens[.admin], body: #"{"policy": \#(policy)}"#)
        put.fields.append("If-Match: *")
        #expect(try await trial.answer(put).status == 200)
        let comparison = try await trial.get("\(Self.path)/\(sent)/comparison", as: .coordinator).json
        #expect(figure(comparison, "moved_to_inactive") == [0, 3, 3])
        #expect(comparison["submission"]?["policy"]?.whole == 1 && comparison["now"]?["policy"]?.whole == 2)
        let words = comparison["people"]?.elements.compactMap { $0["words"]?.texts.last } ?? []
        #expect(words.count == 3)
        #expect(Set(words) == ["The policy is another: version 1 then, 2 now."])
    }

    @Test func `is one that has ended, of the community, for a coordinator`() async throws {
        let (trial, _) = try await february()
        let running = try await trial.post("reports/monthly/2024-03/submissions", as: .coordinator, "{}")
        #expect(running.summary == "422 invalid-fields ?month")
        #expect(try await trial.post("reports/monthly/2024-2/submissions", as: .coordinator, "{}").status == 422)
        for worker in [Worker.dashboard, .harbour, .admin] {
            #expect(try await trial.post(Self.path, as: worker, "{}").summary == "403 not-your-role")
        }
        let sent = try await submit(trial)
        for worker in [Worker.dashboard, .collaborative, .harbour] {
            for path in [Self.path, "\(Self.path)/\(sent)", "\(Self.path)/\(sent)/comparison"] {
                #expect(try await trial.get(path, as: worker).status == 403)
            }
        }
        let wrong = ["reports/monthly/2024-01/submissions/\(sent)", "\(Self.path)/zz", "\(Self.path)/-"]
        for path in wrong + wrong.map({ $0 + "/comparison" }) {
            #expect(try await trial.get(path, as: .coordinator).summary == "404 no-such-resource", "\(path)")
        }
        let foreign = Worker("south", "Harbour", .coordinator)
        #expect(try await trial.get("\(Self.path)/\(sent)", as: foreign).status == 404)
    }

    @Test func `is kept once, however often the request arrives`() async throws {
        let (trial, _) = try await february()
        let asked = Asked(
            "POST", "/v1/communities/north/\(Self.path)", token: trial.tokens[.coordinator], body: "{}",
            key: "february-1")
        let first = try await trial.answer(asked)
        let second = try await trial.answer(asked)
        #expect(first.status == 201 && first.body == second.body)
        #expect(second.field("idempotent-replayed") == "true")
        let list = try await trial.get(Self.path, as: .coordinator).json["submissions"]?.elements
        #expect(list?.count == 1)
    }

    @Test func `carries what is said of its data, until something else is said`() async throws {
        let (trial, _) = try await february()
        let path = "reports/monthly/2024-02/annotations"
        let first = try await trial.post(path, as: .coordinator, #"{"text": "Elm Street is late"}"#).json
        let id = try #require(first["annotation"]?.text)
        let second = try await trial.post(
            path, as: .coordinator,
            #"{"text": "Elm Street came on 4 March", "replaces": "\#(id)", "population": "all"}"#)
        #expect(second.status == 201)
        let standing = try await trial.get(path, as: .admin).json["annotations"]?.elements ?? []
        #expect(standing.compactMap { $0["text"]?.text } == ["Elm Street came on 4 March"])
        // What does not stand any more cannot be replaced.
        let again = try await trial.post(path, as: .coordinator, #"{"text": "no", "replaces": "\#(id)"}"#)
        #expect(again.summary == "422 invalid-fields /replaces")
        #expect(try trial.keptTexts().filter { $0.contains("Elm Street") }.count == 2)
        let gone = try #require(second.json["annotation"]?.text)
        let withdrawn = try await trial.post(path, as: .coordinator, #"{"text": "", "replaces": "\#(gone)"}"#)
        #expect(withdrawn.status == 201)
        #expect(try await trial.get(path, as: .coordinator).json["annotations"]?.elements == [])
        #expect(!(try trial.keptTexts().contains { $0.contains("Elm Street") }))
        // What the writer does next comes after it has cut the log.
        _ = try await trial.post(path, as: .coordinator, #"{"text": "nothing is late"}"#)
        let folder = trial.workspace.store.folder.path
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let bytes = FileManager.default.contents(atPath: folder + "/" + file) ?? Data()
            #expect(bytes.range(of: Data("Elm Street".utf8)) == nil, "\(file)")
        }
        #expect(
            try await trial.get("reports/monthly/2024-01/annotations", as: .coordinator).json["annotations"]?.elements
                == [])
    }
}
