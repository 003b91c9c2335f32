import API
import ByNameList
import JSON
import Testing

@Suite struct `The flat rows of reports` {
    /// Three people: two on the list, one housed.
    private func somePeople(_ trial: TrialService) async throws {
        _ = try await trial.admit(.harbour)
        let (person, _) = try await trial.admit(.lantern, given: "Marigold", family: "Underhill")
        try await trial.add(#"{"kind": "move_in", "on": "2024-03-20"}"#, about: person, as: .lantern)
        let body = #"{"on": "2024-01-10", "answers": {"veteran": "yes"}, "assessed": true, "situations": [\#(stay)]}"#
        #expect(try await trial.post("intakes", as: .coordinator, body).status == 201)
    }

    private let stay = #"{"situation": "unsheltered", "from": "2024-01-09", "known": "reported"}"#

    @Test(arguments: CountingUnit.allCases)
    func `agree with the single reports, in JSON and in CSV`(unit: CountingUnit) async throws {
        let trial = try TrialService()
        try await somePeople(trial)
        let query = "from=2024-01&to=2024-04&unit=\(unit.code)"
        let rows = try await trial.get("reports/monthly?\(query)", as: .coordinator).json["value"]?.elements ?? []
        #expect(rows.count == 4 * Population.standard.count)
        let csv = try await trial.get("reports/monthly.csv?\(query)", as: .coordinator)
        #expect(csv.field("content-type") == "text/csv; charset=utf-8; header=present")
        let byAccept = try await trial.get("reports/monthly?\(query)", as: .coordinator, fields: ["Accept: text/csv"])
        #expect(byAccept.body == csv.body)
        #expect(byAccept.field("content-type") == csv.field("content-type"))
        let lines = csv.text.split(separator: "\n").map { RowText.cells(of: String($0)) }
        #expect(lines.count == rows.count + 1)
        var seen: Set<String> = []
        for (row, line) in zip(rows, lines.dropFirst()) {
            let month = try #require(row["month"]?.text)
            let population = try #require(row["population"]?.text)
            seen.insert(month + population)
            let single = try await trial.get(
                "reports/monthly/\(month)?population=\(population)&unit=\(unit.code)", as: .coordinator)
            #expect(single.json == row, "\(month) \(population)")
            #expect(lines[0] == row.members.map(\.key))
            #expect(line == row.members.map { cell($0.value) }, "\(month) \(population)")
        }
        #expect(seen.count == rows.count)
    }

    @Test func `of one population are those of it`() async throws {
        let trial = try TrialService()
        try await somePeople(trial)
        let all = try await trial.get("reports/monthly?from=2024-01&to=2024-04", as: .coordinator)
        for population in Population.standard {
            let some = try await trial.get(
                "reports/monthly?from=2024-01&to=2024-04&population=\(population.code)", as: .coordinator)
            let expected = all.json["value"]?.elements.filter { $0["population"]?.text == population.code }
            #expect(some.json["value"]?.elements == expected)
        }
    }

    @Test func `balance, and each month begins as the one before ended`() async throws {
        let trial = try TrialService()
        try await somePeople(trial)
        let answer = try await trial.get("reports/monthly?from=2023-12&to=2024-04&population=all", as: .coordinator)
        var last = 0
        for row in answer.json["value"]?.elements ?? [] {
            #expect(row["error"]?.whole == 0)
            #expect(row["active_at_start"]?.whole == last)
            last = try #require(row["active_at_end"]?.whole)
        }
        #expect(last == 2)
    }

    private func cell(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .null: ""
        case .bool, .array, .object: "?"
        }
    }
}

@Suite struct `A cursor` {
    /// Follows the pages to the end: of each the ids.
    private func pages(_ path: String, _ list: String, _ id: String, as worker: Worker, _ trial: TrialService)
        async throws -> [[String]]
    {
        var pages: [[String]] = []
        var next: String?
        repeat {
            let separator = path.contains("?") ? "&" : "?"
            let answer = try await trial.get(path + (next.map { "\(separator)cursor=\($0)" } ?? ""), as: worker)
            try #require(answer.status == 200)
            pages.append(answer.json[list]?.elements.compactMap { $0[id]?.text } ?? [])
            next = answer.json["next"]?.text
        } while next != nil && pages.count < 50
        return pages
    }

    private let stay = #""situations": [{"situation": "unsheltered", "from": "2024-03-01"}]"#

    @Test func `leads through the whole list, everybody once, and through what each may see of it`() async throws {
        let trial = try TrialService()
        var people: [Worker: [String]] = [:]
        for number in 0..<301 {
            let worker: Worker = number.isMultiple(of: 3) ? .lantern : .harbour
            let answer = try await trial.post("intakes", as: worker, #"{"on": "2024-03-01", \#(stay)}"#)
            people[worker, default: []].append(try #require(answer.json["person"]?.text))
        }
        let everybody = try await pages("list", "people", "person", as: .coordinator, trial)
        #expect(everybody.map(\.count) == [100, 100, 100, 1])
        #expect(Set(everybody.joined()) == Set(people.values.joined()))
        let harbour = try await pages("list?population=all", "people", "person", as: .harbour, trial)
        #expect(harbour.map(\.count) == [100, 100])
        #expect(harbour.flatMap { $0 } == people[.harbour])
        let lantern = try await pages("list", "people", "person", as: .lantern, trial)
        #expect(lantern.flatMap { $0 } == people[.lantern])
        let none = try await pages("list?population=families", "people", "person", as: .coordinator, trial)
        #expect(none == [[]])
    }

    @Test func `leads through all facts of a person, each once`() async throws {
        let trial = try TrialService()
        let (person, first) = try await trial.admit(.harbour)
        var facts = first
        for count in [100, 97, 3] {
            let contacts = Array(repeating: #"{"kind": "contact", "on": "2024-03-02"}"#, count: count)
            let answer = try await trial.post(
                "people/\(person)/facts", as: .harbour, #"{"facts": [\#(contacts.joined(separator: ","))]}"#)
            facts += answer.json["facts"]?.elements.compactMap(\.text) ?? []
            let pages = try await pages("people/\(person)/facts", "facts", "id", as: .harbour, trial)
            #expect(pages.flatMap { $0 } == facts)
            #expect(pages.dropLast().allSatisfy { $0.count == 100 })
        }
        #expect(facts.count == 203)
    }

    @Test func `leads through the whole worklist, each item once`() async throws {
        let trial = try TrialService()
        let intake = { (value: Int) in #"{"on": "2024-03-20", "external_ids": [{"system": "a", "value": "\#(value)"}]}"#
        }
        var people: [String] = []
        for number in 0..<101 {
            #expect(try await trial.post("intakes", as: .harbour, intake(number)).status == 201)
            let answer = try await trial.post("intakes", as: .lantern, intake(number))
            people.append(try #require(answer.json["person"]?.text))
        }
        let pages = try await pages("worklist", "items", "person", as: .coordinator, trial)
        #expect(pages.flatMap { $0 } == people)
    }
}
