import API
import ByNameList
import CivilTime
import Fixtures
import JSON
import ShippedConfig
import Testing

@Suite struct `Stays sent to be judged` {
    private func evaluate(_ body: String, as worker: Worker, _ trial: TrialService) async throws -> Answered {
        try await trial.answer(Asked("POST", "/v1/chronic/evaluations", token: trial.tokens[worker], body: body))
    }

    @Test func `are answered as every published case is, and leave nothing behind`() async throws {
        let trial = try TrialService()
        let cases = try PublishedCase.all()
        #expect(cases.count == 96)
        #expect(cases.reduce(0) { $0 + $1.checks } > 600)
        let before = try trial.rowCounts()
        let workers = [Worker.harbour, .coordinator, .southern]
        for (number, published) in cases.enumerated() {
            let worker = workers[number % workers.count]
            let answer = try await evaluate(String(decoding: published.line, as: UTF8.self), as: worker, trial)
            #expect(answer.status == 200, "\(published.id): \(answer.text)")
            #expect(answer.json["id"]?.text == published.id)
            #expect(published.misses(in: answer.json) == [])
        }
        #expect(try trial.rowCounts() == before)
        #expect(trial.complaints.all == [])
    }

    @Test func `get the verdicts of all three rules where none is named`() async throws {
        let trial = try TrialService()
        let cases = try PublishedCase.all().filter { $0.value["self_report"] == nil && $0.value["options"] == nil }
        for published in cases.prefix(20) {
            let members = published.value.members.filter { $0.key != "rule" }
            let body = String(decoding: JSONWriter.bytes(of: JSONValue.object(members)), as: UTF8.self)
            let verdicts = try await evaluate(body, as: .harbour, trial).json["verdicts"]?.elements ?? []
            #expect(verdicts.map { $0["rule"]?.text } == ChronicRule.allCases.map(\.code))
            let rule = published.value["rule"]?.text.flatMap(PolicyDocument.chronicRule)
            for verdict in verdicts where verdict["rule"]?.text == rule?.code {
                #expect(published.misses(in: verdict) == [])
            }
        }
    }
}

@Suite struct `A person's chronic homelessness` {
    /// In shelters since December 2022 with a month in hospital between, the disabling condition known since March.
    private static let intake = """
        {"on": "2024-03-01", "profile": {"given_name": "Zephyrine", "birth_date": "1980-02-03"},
        "answers": {"disabling_condition": "yes", "times_homeless_past_three_years": 4,
        "months_homeless_past_three_years": 13}, "situations": [
        {"situation": "emergency_shelter", "from": "2022-12-01", "to": "2023-06-01"},
        {"situation": "institution", "from": "2023-06-01", "to": "2023-07-01"},
        {"situation": "emergency_shelter", "from": "2023-07-01"}]}
        """

    private func admitted(_ trial: TrialService, by worker: Worker = .harbour) async throws -> String {
        let answer = try await trial.post("intakes", as: worker, Self.intake)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["person"]?.text)
    }

    @Test func `is judged by three rules, with the evidence and in words`() async throws {
        let trial = try TrialService()
        let person = try await admitted(trial)
        let answer = try await trial.get("people/\(person)/chronic", as: .harbour)
        try #require(answer.status == 200, "\(answer.text)")
        #expect(answer.json["person"]?.text == person)
        #expect(answer.json["as_of"]?.text == "2024-04-02")
        #expect(answer.json["known_at"]?.text?.hasPrefix("2024-04-02T") == true)
        #expect(answer.json["population_rule"]?.text == "us_hud")
        #expect(answer.json["chronic_currency"]?.text == "list" && answer.json["in_population"]?.isTrue == true)
        let verdicts = answer.json["verdicts"]?.elements ?? []
        #expect(verdicts.map { $0["rule"]?.text } == ["us_hud", "ca_reaching_home", "on_2018"])
        #expect(verdicts.map { $0["basis"]?.text } == ["continuous", "180_in_1y", "over_180_in_1y"])
        for verdict in verdicts {
            #expect(verdict["status"]?.text == "chronic" && verdict["chronic"]?.isTrue == true)
            #expect(verdict["determination"] == .null)
            let words = verdict["explanation"]?.elements.compactMap(\.text) ?? []
            #expect(words.count > 2 && words.first?.hasPrefix("Chronically homeless on 2024-04-02") == true)
        }
        let (hud, canada) = (verdicts[0], verdicts[1])
        #expect(hud["since"]?.text == "2024-03-01")
        #expect(hud["occasions"]?.whole == 1 && hud["current_since"]?.text == "2022-12-01")
        let stays = hud["evidence"]?["institutions"]?.elements ?? []
        #expect(stays.map { $0["why"]?.text } == ["counted"] && stays.first?["nights"]?.whole == 30)
        #expect(hud["explanation"]?.elements.contains { $0.text?.contains("578.3") == true } == true)
        // 3 April 2023 to 2 April 2024 less the hospital.
        #expect(canada["nights"]?.whole == 366 - 30)
        #expect(canada["evidence"]?["institutions"]?.elements.map { $0["why"]?.text } == ["never_counted"])
        #expect(answer.json["household"]?["status"]?.text == "chronic")
        #expect(answer.json["self_report"]?["at_start"]?["status"]?.text == "yes")
        #expect(answer.json["self_report"]?["at_point_in_time"]?["method"]?.text == "self_report_pit")
    }

    @Test func `is that of the day and of what was known`() async throws {
        let trial = try TrialService()
        let person = try await admitted(trial)
        func statuses(_ query: String) async throws -> [String?] {
            let answer = try await trial.get("people/\(person)/chronic?\(query)", as: .coordinator)
            return answer.json["verdicts"]?.elements.map { $0["status"]?.text } ?? []
        }
        #expect(try await statuses("as_of=2024-02-29") == ["unknown", "chronic", "chronic"])
        #expect(try await statuses("as_of=2023-03-01") == ["not_chronic", "not_chronic", "not_chronic"])
        #expect(try await statuses("as_of=2023-06-30") == ["not_chronic", "not_chronic", "chronic"])
        #expect(try await statuses("as_of=2030-01-01") == ["chronic", "chronic", "chronic"])
        try trial.moveClock(to: "2024-04-03T15:00:00Z")
        try await trial.add(
            #"{"kind": "answer", "question": "disabling_condition", "value": "no", "on": "2024-03-01"}"#,
            about: person, as: .harbour)
        #expect(try await statuses("as_of=2024-04-02") == ["not_chronic", "chronic", "chronic"])
        #expect(
            try await statuses("as_of=2024-04-02&known_at=2024-04-02T16:00:00Z") == ["chronic", "chronic", "chronic"])
    }

    @Test func `has a documented determination beside the verdict, over which it stands`() async throws {
        let trial = try TrialService()
        let person = try await admitted(trial)
        let fact = try await trial.add(
            #"{"kind": "determination", "rule": "us_hud", "on": "2024-03-20", "chronic": false}"#, about: person,
            as: .coordinator)
        let answer = try await trial.get("people/\(person)/chronic", as: .harbour)
        let verdicts = answer.json["verdicts"]?.elements ?? []
        #expect(verdicts.map { $0["chronic"]?.isTrue } == [true, true, true])
        #expect(answer.json["in_population"]?.isTrue == false)
        let said = verdicts.first?["determination"]
        #expect(said?["fact"]?.text == fact && said?["agency"]?.text == "City" && said?["on"]?.text == "2024-03-20")
        #expect(said?["chronic"]?.isTrue == false && said?["disagrees"]?.isTrue == true)
        #expect(verdicts.dropFirst().allSatisfy { $0["determination"] == .null })
        let before = try await trial.get("people/\(person)/chronic?as_of=2024-03-19", as: .harbour)
        #expect(before.json["verdicts"]?.elements.first?["determination"] == .null)
    }

    @Test func `is nobody's business of another agency or of a dashboard`() async throws {
        let trial = try TrialService()
        let person = try await admitted(trial)
        let before = try trial.rowCounts()
        for (worker, expected) in [
            (Worker.lantern, "404 no-such-person"), (.dashboard, "403 not-your-role"), (.admin, "403 not-your-role"),
        ] {
            #expect(try await trial.get("people/\(person)/chronic", as: worker).summary == expected)
        }
        #expect(try trial.rowCounts() == before)
    }

    // MARK: Households

    /// Somebody of Harbour's in the household of a head of Lantern's, who let others read of them.
    private func household(_ trial: TrialService, head role: String = "head") async throws -> (String, String) {
        let member = try await admitted(trial)
        let other = try await admitted(trial, by: .lantern)
        for (person, role) in [(other, role), (member, role == "head" ? "adult" : "head")] {
            try await trial.add(
                #"{"kind": "household", "household": "the-quillfeathers", "role": "\#(role)", "from": "2024-03-01"}"#,
                about: person, as: .coordinator)
        }
        try await trial.add(
            #"{"kind": "consent", "purpose": "sharing", "value": "given", "on": "2024-03-01"}"#, about: other,
            as: .lantern)
        return (member, other)
    }

    private struct Shown: Equatable {
        let household: String?
        /// How many people the access log says were shown.
        let people: Int
    }

    private func shown(_ person: String, to worker: Worker, _ trial: TrialService) async throws -> Shown {
        let before = try trial.accesses().count
        let answer = try await trial.get("people/\(person)/chronic", as: worker)
        try #require(answer.status == 200, "\(answer.text)")
        return Shown(
            household: answer.json["household"]?["status"]?.text, people: try trial.accesses().count - before)
    }

    @Test(arguments: ["head", "any_adult"])
    func `has no word of a household that rests on somebody whom the reader may not see`(rule: String) async throws {
        let template = PolicyDocument.template("us_bfz") ?? ""
        let policy = #"{"chronic_options": {"household": "\#(rule)"}, "# + template.drop { $0 == "{" }
        let trial = try TrialService(policy: policy)
        let (member, other) = try await household(trial, head: rule == "head" ? "head" : "adult")
        #expect(try await shown(member, to: .harbour, trial) == Shown(household: "chronic", people: 2))
        try await trial.add(#"{"kind": "sealed", "on": "2024-03-02"}"#, about: other, as: .lantern)
        #expect(try await shown(member, to: .harbour, trial) == Shown(household: nil, people: 1))
        #expect(try await shown(member, to: .coordinator, trial) == Shown(household: nil, people: 1))
        #expect(try await trial.get("people/\(other)/chronic", as: .harbour).summary == "404 no-such-person")
    }
}

@Suite struct `The prevention list` {
    private static let answer = #""answers": {"disabling_condition": "yes"}"#

    private func admit(
        since start: CivilDate, _ worker: Worker, _ trial: TrialService, and more: String
    ) async throws -> String {
        let stay = #""situations": [{"situation": "emergency_shelter", "from": "\#(start)"}]"#
        let answer = try await trial.post("intakes", as: worker, #"{"on": "2024-03-01", \#(stay)\#(more)}"#)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["person"]?.text)
    }

    private func pages(_ query: String, as worker: Worker, _ trial: TrialService) async throws -> [[JSONValue]] {
        var pages: [[JSONValue]] = []
        var cursor = ""
        repeat {
            let answer = try await trial.get("list?sort=projected_chronic\(query)\(cursor)", as: worker)
            try #require(answer.status == 200, "\(answer.text)")
            pages.append(answer.json["people"]?.elements ?? [])
            cursor = answer.json["next"]?.text.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty && pages.count < 20
        return pages
    }

    @Test func `has whoever becomes chronic first at its head, page by page, everybody once`() async throws {
        let trial = try TrialService()
        var expected: [(day: CivilDate, number: Int, person: String, isHarbours: Bool)] = []
        for number in 0..<215 {
            let worker: Worker = number.isMultiple(of: 3) ? .lantern : .harbour
            let start: CivilDate = "2023-06-01"
            // Several on one day, and the later admitted not always the later projected.
            let since = start.adding(days: number * 37 % 60)
            let more = number.isMultiple(of: 2) ? ", " + `The prevention list`.answer : ""
            let person = try await admit(since: since, worker, trial, and: more)
            // The 365th night in a row.
            expected.append((since.adding(days: 364), number, person, worker == .harbour))
        }
        expected.sort { ($0.day, $0.number) < ($1.day, $1.number) }
        // Chronic already, without a disabling condition, and long enough but for an answer about it.
        _ = try await admit(since: "2022-01-01", .harbour, trial, and: ", " + `The prevention list`.answer)
        _ = try await admit(
            since: "2023-12-01", .harbour, trial, and: #", "answers": {"disabling_condition": "no"}"#)
        let unasked = try await admit(since: "2022-01-01", .harbour, trial, and: "")
        for worker in [Worker.coordinator, .harbour] {
            let pages = try await pages("&as_of=2024-04-02", as: worker, trial)
            let own = expected.filter { worker == .coordinator || $0.isHarbours }
            #expect(pages.map(\.count) == (worker == .coordinator ? [100, 100, 15] : [100, 43]))
            #expect(pages.joined().map { $0["person"]?.text } == own.map(\.person))
            #expect(pages.joined().map { $0["projected_chronic"]?.text } == own.map { "\($0.day)" })
        }
        #expect(try await pages("&population=families", as: .coordinator, trial) == [[]])
        let list = try await trial.get("list?cursor=\(expected.map(\.person).last ?? "")", as: .coordinator)
        for entry in list.json["people"]?.elements ?? [] where entry["person"]?.text == unasked {
            #expect(entry["projected_chronic"] == .null)
        }
    }

    @Test func `loses somebody on the day that was projected, and goes on from a cursor of the day before`()
        async throws
    {
        let trial = try TrialService(now: "2024-04-10T15:00:00Z")
        let first = try await admit(since: "2023-04-14", .harbour, trial, and: ", " + `The prevention list`.answer)
        let second = try await admit(since: "2023-04-14", .harbour, trial, and: "")
        let third = try await admit(since: "2023-04-15", .harbour, trial, and: ", " + `The prevention list`.answer)
        func people(_ query: String = "") async throws -> [String] {
            try await pages(query, as: .harbour, trial).joined().compactMap { $0["person"]?.text }
        }
        #expect(try await people() == [first, second, third])
        try trial.moveClock(to: "2024-04-12T15:00:00Z")
        // The 365th night is that of 12 April: whoever waits for an answer only is not projected any more either.
        #expect(try await people() == [third])
        #expect(try await people("&cursor=2024-04-12.\(first)") == [third])
        #expect(try await people("&cursor=2024-04-11.\(third)") == [third])
        try trial.moveClock(to: "2024-04-13T15:00:00Z")
        #expect(try await people() == [])
    }

    @Test func `is of today only`() async throws {
        let trial = try TrialService()
        for day in ["2024-04-01", "2024-04-03"] {
            let answer = try await trial.get("list?sort=projected_chronic&as_of=\(day)", as: .coordinator)
            #expect(answer.summary == "422 invalid-fields ?as_of")
        }
        #expect(try await trial.get("list?sort=record&as_of=2024-04-01", as: .coordinator).status == 200)
    }
}
