import API
import ByNameList
import CivilTime
import JSON
import Testing

@Suite struct `The reliability of months` {
    @Test func `as they are known has no error, and against months that nobody submitted is not computed`() async throws
    {
        let trial = try TrialService()
        let (person, _) = try await trial.admit(.harbour)
        _ = try await trial.admit(.lantern, given: "Marigold", family: "Underhill")
        try await trial.add(#"{"kind": "move_in", "on": "2024-03-20"}"#, about: person, as: .harbour)
        let path = "reports/reliability?from=2024-02&to=2024-04"
        let rows = try await trial.get(path, as: .coordinator).json["value"]?.elements ?? []
        #expect(rows.count == 3 * Population.standard.count)
        for row in rows {
            let month = try #require(row["month"]?.text.flatMap { Month($0) })
            #expect(row["threshold"] == .number(0.15))
            #expect(row["error_restated"]?.whole == 0 && row["error_3_months_restated"]?.whole == 0)
            #expect(row["error_share_restated"] == .number(0) && row["error_share_3_months_restated"] == .number(0))
            #expect(row["error_share_3_months_within_threshold_restated"] == .bool(true))
            #expect(row["months_missing_restated"] == .array([]))
            let missing = (1...3).reversed().map { JSONValue.string("\(month.adding(months: -$0))") }
            #expect(row["months_missing_submitted"] == .array(missing))
            for name in ["active", "inflow", "outflow", "expected", "error", "error_share", "error_share_3_months"] {
                #expect(row[name + "_submitted"] == .null, "\(name)")
            }
        }
        let march = rows.first { $0["month"]?.text == "2024-03" && $0["population"]?.text == "all" }
        #expect(march?["active_restated"]?.whole == 1 && march?["expected_restated"]?.whole == 1)
        #expect(march?["inflow_restated"]?.whole == 2 && march?["outflow_restated"]?.whole == 1)
        #expect(
            march?["in_words_restated"]?.text
                == "All has as many people reported as actively homeless as expected: 1. Over three months it balances."
        )
        let households = try await trial.get(path + "&unit=households&population=all", as: .admin).json["value"]
        #expect(households?.elements.count == 3)
        #expect(households?.elements.allSatisfy { $0["unit"]?.text == "households" } == true)
    }

    /// Built-for-zero.md 8.3 in small: late data, which restates February and not what was submitted of it.
    @Test func `against what was submitted fails over a late fact, and says by how many`() async throws {
        let trial = try TrialService(now: "2024-03-02T15:00:00Z")
        let body = #"{"on": "2024-02-05", "situations": [{"situation": "unsheltered", "from": "2024-02-05"}]}"#
        var people: [String] = []
        for _ in 0..<3 {
            people.append(
                try #require(try await trial.post("intakes", as: .harbour, body).json["person"]?.text))
        }
        let sent = try await trial.post("reports/monthly/2024-02/submissions", as: .coordinator, "{}")
        #expect(sent.status == 201, "\(sent.text)")
        try trial.moveClock(to: "2024-04-02T15:00:00Z")
        let late = #"{"kind": "move_in", "on": "2024-02-20", "housing": "permanent_housing"}"#
        try await trial.add(late, about: people[0], as: .harbour)
        let path = "reports/reliability?from=2024-02&to=2024-03&population=all"
        let rows = try await trial.get(path, as: .coordinator).json["value"]?.elements ?? []
        let (february, march) = (try #require(rows.first), try #require(rows.last))
        #expect(february["active_submitted"]?.whole == 3 && february["active_restated"]?.whole == 2)
        #expect(february["outflow_submitted"]?.whole == 0 && february["outflow_restated"]?.whole == 1)
        #expect(march["active_submitted"] == .null && march["active_restated"]?.whole == 2)
        #expect(march["expected_submitted"]?.whole == 3 && march["error_submitted"]?.whole == -1)
        #expect(march["error_share_submitted"] == .number(-0.5))
        #expect(march["error_share_within_threshold_submitted"] == .bool(false))
        #expect(march["error_restated"]?.whole == 0)
        #expect(
            march["in_words_submitted"]?.text
                == "All has 1 fewer person reported as actively homeless than expected: 2 in place of 3, -50.0 %, "
                + "beyond 15.0 %. Over three months it cannot be told: 2023-12, 2024-01 were not reported.")
        // Submitted anew, as it is known now, it balances.
        #expect(try await trial.post("reports/monthly/2024-02/submissions", as: .coordinator, "{}").status == 201)
        let again = try await trial.get(path, as: .coordinator).json["value"]?.elements.last
        #expect(again?["error_submitted"]?.whole == 0)
        let then = try await trial.get(path + "&known_at=2024-03-02T14:00:00Z", as: .coordinator)
        #expect(then.json["value"]?.elements.first?["active_submitted"] == .null, "\(then.text)")
    }

    @Test func `and exports and targets are not for roles that must not see small counts`() async throws {
        let trial = try TrialService()
        for path in [
            "reports/reliability?from=2024-01&to=2024-03", "reports/housing-target?target=0&months=3",
            "exports/built-for-zero-us/2024-03", "exports/caeh/2024-03",
        ] {
            for worker in [Worker.dashboard, .collaborative, .auditor, .harbour] {
                #expect(try await trial.get(path, as: worker).summary == "403 not-your-role", "\(path)")
            }
        }
    }
}

@Suite struct `A housing target over HTTP` {
    @Test func `is worked out from the last three months that have ended, and says from what`() async throws {
        let trial = try TrialService()
        var people: [String] = []
        for number in 0..<6 { people.append(try await trial.admit(.harbour, given: "Name\(number)").person) }
        // In March: 6 come in, 1 moves in and 1 leaves.
        try await trial.add(#"{"kind": "move_in", "on": "2024-03-20"}"#, about: people[0], as: .harbour)
        try await trial.add(
            #"{"kind": "inactive", "on": "2024-03-21", "reason": "moved_away"}"#, about: people[1], as: .harbour)
        let answer = try await trial.get("reports/housing-target?target=1&months=3", as: .coordinator).json
        #expect(answer["active"]?.whole == 4 && answer["as_of"]?.text == "2024-03-31")
        #expect(answer["last_months"]?.elements.compactMap { $0["month"]?.text } == ["2024-01", "2024-02", "2024-03"])
        let expected = [
            "average_inflow": 2, "average_outflow": 1, "average_housing_move_ins": 1, "net_reduction_per_month": 1,
            "target_outflow_per_month": 3, "other_outflow_per_month": 0, "target_housing_move_ins_per_month": 3,
        ]
        for (name, count) in expected { #expect(answer[name]?.whole == count, "\(name)") }
        #expect(answer["is_met"] == .bool(false))
        #expect(
            answer["in_words"]?.text
                == "To bring All from 4 down to 1 in 3 months, 3 have to move in each month, where 1 do now: 2 come in "
                + "and 0 leave otherwise in an average month, and 1 fewer are wanted each month.")
    }

    @Test(arguments: [
        ("", "422 invalid-fields ?months ?target"), ("?target=x&months=0", "422 invalid-fields ?months ?target"),
        ("?target=-1&months=1201", "422 invalid-fields ?months ?target"),
        ("?target=1&months=1", "422 invalid-fields ?target"), ("?target=0&months=1", "200"),
        ("?target=0&months=1&population=veterans", "422 invalid-fields ?target"),
        ("?target=0&months=1&from=2024-01", "422 invalid-fields ?query"),
    ])
    func `is refused with what is wrong`(query: String, expected: String) async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        #expect(try await trial.get("reports/housing-target" + query, as: .coordinator).summary == expected)
    }
}

@Suite struct `Pages of flat rows` {
    /// Follows the links to the end, from whatever host.
    private func rows(_ path: String, _ trial: TrialService) async throws -> (pages: [Int], rows: [JSONValue]) {
        var (pages, rows): ([Int], [JSONValue]) = ([], [])
        var next: String? = "/v1/communities/north/" + path
        while let target = next, pages.count < 20 {
            let answer = try await trial.answer(Asked("GET", target, token: trial.tokens[.coordinator]))
            try #require(answer.status == 200, "\(answer.text)")
            let page = answer.json["value"]?.elements ?? []
            pages.append(page.count)
            rows += page
            next = answer.json["@odata.nextLink"]?.text
            if next == nil { #expect(answer.json.members.map(\.key) == ["value"]) }
        }
        return (pages, rows)
    }

    @Test(arguments: ["monthly", "reliability"])
    func `are cut by months, and lead on until there is no link`(report: String) async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        let populations = Population.standard.count
        let perPage = 1_200 / populations
        for (query, months) in [
            ("from=2023-05&to=2024-03", 11), ("from=1980-01&to=2024-04&unit=households", 532),
        ] {
            let found = try await rows("reports/\(report)?\(query)", trial)
            let full = months / perPage
            let rest = months % perPage * populations
            #expect(found.pages == Array(repeating: perPage * populations, count: full) + (rest > 0 ? [rest] : []))
            let last = try #require(Month(query.contains("2024-04") ? "2024-04" : "2024-03"))
            let expected = (0..<months).reversed().flatMap { before in
                Population.standard.map { "\(last.adding(months: -before)) \($0.code)" }
            }
            #expect(
                found.rows.map { "\($0["month"]?.text ?? "") \($0["population"]?.text ?? "")" } == expected)
            if query.contains("households") { #expect(found.rows.allSatisfy { $0["unit"]?.text == "households" }) }
        }
    }

    @Test func `of one population keep what was asked, the instant too`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        let knownAt = "2024-04-02T14:00:00Z"
        let answer = try await trial.get(
            "reports/monthly?from=1900-01&to=2024-03&population=chronic&known_at=\(knownAt)", as: .coordinator)
        #expect(
            answer.json["@odata.nextLink"]?.text
                == "/v1/communities/north/reports/monthly?from=2000-01&to=2024-03&population=chronic&unit=persons"
                + "&known_at=\(try #require(Instant(knownAt)))")
    }

    @Test func `are not what CSV has: it is refused if it is too long`() async throws {
        let trial = try TrialService()
        let path = "reports/monthly.csv?from=1980-01&to=2024-03"
        #expect(try await trial.get(path, as: .coordinator).summary == "422 invalid-fields ?from")
        #expect(try await trial.get(path + "&population=all", as: .coordinator).status == 200)
    }
}
