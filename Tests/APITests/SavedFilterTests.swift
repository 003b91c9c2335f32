import API
import ByNameList
import JSON
import ShippedConfig
import Testing

@Suite struct `A saved filter` {
    private static let filters = """
        "saved_filters": [
          { "code": "first_nations_women", "name": "First Nations women",
            "within": ["indigenous"], "outside": ["families"], "age_at_least": 30,
            "answers": { "indigenous_identity": ["first_nations"], "gender_identity": ["woman", "trans_woman"] } }
        ],
        """

    private static func policy(_ filters: String = filters) -> String {
        (PolicyDocument.template("ca_bfz") ?? "").replacing(
            #""template": "ca_bfz","#, with: #""template": "ca_bfz", \#(filters)"#)
    }

    /// One whom it means, and others who miss one condition each.
    private func somePeople(_ trial: TrialService) async throws {
        let lives = [
            ("1980-05-05", "first_nations", "woman"), ("1980-05-05", "metis", "woman"),
            ("1980-05-05", "first_nations", "man"), ("1999-05-05", "first_nations", "woman"),
        ]
        for (birth, identity, gender) in lives {
            let body = """
                {"on": "2024-03-10", "situations": [{"situation": "unsheltered", "from": "2024-03-10"}],
                 "profile": {"birth_date": "\(birth)"},
                 "answers": {"indigenous_identity": "\(identity)", "gender_identity": "\(gender)"}}
                """
            #expect(try await trial.post("intakes", as: .coordinator, body).status == 201)
        }
    }

    private func active(_ trial: TrialService, _ population: String) async throws -> Int? {
        let answer = try await trial.get("reports/monthly/2024-03?population=\(population)", as: .coordinator)
        #expect(answer.json["error"]?.whole == 0)
        return answer.json["active_at_end"]?.whole
    }

    @Test func `is a population like the others, from the policy on that has it`() async throws {
        let trial = try TrialService(policy: Self.policy())
        try await somePeople(trial)
        #expect(try await active(trial, "first_nations_women") == 1)
        #expect(try await active(trial, "indigenous") == 4)
        let list = try await trial.get("list?population=first_nations_women", as: .coordinator).json
        #expect(list["people"]?.elements.count == 1)
        let codes = list["people"]?.elements.first?["populations"]?.elements.compactMap(\.text)
        #expect(codes == ["all", "all_singles", "indigenous", "first_nations_women"])
        let rows = try await trial.get("reports/monthly?from=2024-03&to=2024-03", as: .coordinator).json["value"]
        #expect(rows?.elements.compactMap { $0["population"]?.text }.last == "first_nations_women")
    }

    @Test func `that the community does not have is refused, with those that there are`() async throws {
        let trial = try TrialService()
        for target in ["reports/monthly/2024-03", "reports/monthly?from=2024-03&to=2024-03", "list?as_of=2024-03-31"] {
            let joint = target.contains("?") ? "&" : "?"
            let answer = try await trial.get("\(target)\(joint)population=first_nations_women", as: .coordinator)
            #expect(answer.status == 422, "\(target)")
            let problem = answer.json["errors"]?.elements.first
            #expect(problem?["parameter"]?.text == "population")
            #expect(problem?["detail"]?.text?.contains("chronic_veterans, indigenous") == true)
        }
    }

    @Test func `is not for who must not learn of a few people`() async throws {
        let trial = try TrialService(policy: Self.policy())
        try await somePeople(trial)
        let asked = "reports/monthly/2024-03?population=first_nations_women"
        #expect(try await trial.get(asked, as: .dashboard).status == 422)
        let rows = try await trial.get("reports/monthly?from=2024-03&to=2024-03", as: .dashboard).json["value"]
        #expect(rows?.elements.compactMap { $0["population"]?.text } == Population.standard.map(\.code))
    }

    @Test(arguments: [
        (#"[{"code": "all", "name": "Twice"}]"#, "saved_filters"),
        (#"[{"code": "x", "name": "Too short"}]"#, "saved_filters/0/code"),
        (#"[{"code": "some"}]"#, "saved_filters/0/name"),
        (#"[{"code": "some", "name": "S", "within": ["nobody"]}]"#, "saved_filters/0/within/0"),
        (#"[{"code": "some", "name": "S", "age_under": 0}]"#, "saved_filters/0/age_under"),
        (#"[{"code": "some", "name": "S", "answers": {"veteran": ["maybe"]}}]"#, "saved_filters/0/answers/veteran/0"),
        (#"[{"code": "some", "name": "S", "answers": {"shoe_size": ["43"]}}]"#, "saved_filters/0/answers/shoe_size"),
        (#"[{"code": "some", "name": "S", "sql": "1=1"}]"#, "saved_filters/0/sql"),
    ])
    func `that cannot be read is refused with where it is wrong`(filters: String, place: String) {
        do {
            _ = try PolicyDocument.policy(from: Self.policy(#""saved_filters": \#(filters),"#))
            Issue.record("it was taken")
        } catch {
            #expect(error.problems.contains { $0.pointer == "/" + place }, "\(error.problems)")
        }
    }

    @Test func `has a place, of which there are as many as a projection counts`() throws {
        func filters(_ count: Int) -> String {
            let all = (0..<count).map { #"{"code": "f_\#($0)", "name": "Filter"}"# }.joined(separator: ", ")
            return #""saved_filters": [\#(all)],"#
        }
        let most = try PolicyDocument.policy(from: Self.policy(filters(Population.savedMax)))
        #expect(most.populations.map(\.place) == Array(0..<31))
        #expect(throws: PolicyProblems.self) {
            try PolicyDocument.policy(from: Self.policy(filters(Population.savedMax + 1)))
        }
    }
}
