import App
import ByNameList
import CivilTime
import Fixtures
import JSON
import ShippedConfig
import Testing

/// A made-up list, and the limit under which its counts are withheld.
struct WithheldCase: CustomStringConvertible, Sendable {
    let seed: UInt64
    let people: Int
    let template: String
    let limit: Int

    var description: String { "\(template), \(people) people, under \(limit), seed \(seed)" }

    static let all = [
        WithheldCase(seed: 1, people: 60, template: "us_bfz", limit: 3),
        WithheldCase(seed: 2, people: 250, template: "ca_bfz", limit: 3),
        WithheldCase(seed: 3, people: 400, template: "us_bfz", limit: 5),
        WithheldCase(seed: 4, people: 250, template: "ontario", limit: 2),
        WithheldCase(seed: 5, people: 700, template: "ca_bfz", limit: 11),
        WithheldCase(seed: 6, people: 900, template: "us_bfz", limit: 6),
        WithheldCase(seed: 7, people: 500, template: "us_bfz", limit: 2),
        WithheldCase(seed: 8, people: 1_500, template: "us_bfz", limit: 11),
        WithheldCase(seed: 9, people: 600, template: "ontario", limit: 4),
        WithheldCase(seed: 10, people: 120, template: "ca_bfz", limit: 2),
    ]

    func trial() throws -> TrialService {
        let text = PolicyDocument.template(template) ?? ""
        return try TrialService(
            policy: text.replacing(#""small_counts_under": 11"#, with: #""small_counts_under": \#(limit)"#),
            sample: SampleCommunity(seed: seed, people: people, months: 8, endingOn: "2024-03-20"))
    }
}

@Suite struct `Counts of a few people` {
    private static let months = (0...5).map { ("2023-10" as Month).adding(months: $0) }
    private static let range = "from=2023-10&to=2024-03"
    private static let dashboard = Worker("sample", "City", .dashboard)
    private static let coordinator = Worker("sample", "City", .coordinator)

    private func rows(
        _ trial: TrialService, as worker: Worker, _ unit: CountingUnit
    ) async throws -> [JSONValue] {
        let range = `Counts of a few people`.range
        let answer = try await trial.get("reports/monthly?\(range)&unit=\(unit.code)", as: worker)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.json["value"]?.elements ?? []
    }

    /// Every whole number of the rows, under its cell; what is withheld is `nil`.
    private func cells(_ rows: [JSONValue], _ unit: CountingUnit) throws -> [Cell: Int?] {
        var cells: [Cell: Int?] = [:]
        for row in rows {
            let month = try #require(row["month"]?.text.flatMap { Month($0) })
            let population = try #require(Population.standard.first { $0.code == row["population"]?.text })
            for member in row.members where !`Counts of a few people`.noCounts.contains(member.key) {
                let cell = Cell(month, population, unit, member.key)
                let value = member.value.whole
                // Two names of one cell: whoever sees one sees it.
                if let seen = cells[cell], let seen {
                    #expect(value == nil || value == seen, "\(cell)")
                } else {
                    cells[cell] = .some(value)
                }
            }
        }
        return cells
    }

    private static let noCounts: Set<String> = [
        "month", "population", "unit", "as_of", "known_at", "policy", "error", "suppressed", "days_to_housing_mean",
        "days_to_housing_median", "days_since_first_identified_mean", "days_since_first_identified_median",
    ]

    private func table(_ trial: TrialService, as worker: Worker) async throws -> [Cell: Int?] {
        var all: [Cell: Int?] = [:]
        for unit in CountingUnit.allCases {
            all.merge(try cells(try await rows(trial, as: worker, unit), unit)) { $1 }
        }
        return all
    }

    /// Withheld counts of a few people that the relations pin to a number or a range of a few people.
    private func foundOut(_ seen: [Cell: Int?], _ truth: [Cell: Int?], _ example: WithheldCase) -> [String] {
        let relations = CountRelations(`Counts of a few people`.months, isUS: example.template == "us_bfz")
        let attack = CountAttack(relations.all, known: seen.compactMapValues { $0 })
        var found: [String] = []
        for (cell, value) in truth {
            guard let value, 0 < value, value < example.limit, let sight = seen[cell], sight == nil else { continue }
            guard let bounds = attack.bounds(of: cell), let least = bounds.least, let most = bounds.most else {
                continue
            }
            if least >= 1, most < example.limit { found.append("\(cell) is \(value), in \(least)...\(most)") }
        }
        return found.sorted()
    }

    @Test(arguments: WithheldCase.all)
    func `cannot be worked out from everything that one token can fetch`(_ example: WithheldCase) async throws {
        let trial = try example.trial()
        let seen = try await table(trial, as: Self.dashboard)
        let truth = try await table(trial, as: Self.coordinator)
        #expect(seen.count == truth.count)
        for (cell, value) in seen {
            guard let value else { continue }
            #expect(truth[cell] == .some(value), "\(cell)")
            #expect(value <= 0 || value >= example.limit || cell.name == "net_change", "\(cell) is shown: \(value)")
        }
        #expect(foundOut(seen, truth, example) == [])
        // The attack is no straw man: where only the counts themselves are withheld, it finds some of them out.
        let primary = truth.mapValues { value in value.flatMap { 0 < $0 && $0 < example.limit ? nil : $0 } }
        #expect(!foundOut(primary, truth, example).isEmpty)
    }

    /// A scheme that shows nothing would be safe too.
    @Test func `are withheld, and larger ones shown`() async throws {
        let large = WithheldCase(seed: 1, people: 3_000, template: "us_bfz", limit: 2)
        var (shown, withheld) = (Set<String>(), Set<String>())
        for example in [WithheldCase.all[0], large] {
            for (cell, value) in try await table(try example.trial(), as: Self.dashboard) {
                let name = "\(cell.population.code) \(cell.unit.code) \(cell.name)"
                if value == nil { withheld.insert(name) } else { shown.insert(name) }
            }
        }
        // Beside the two of which they are the overlap, nothing is told of chronic veterans.
        #expect(shown.filter { $0.hasPrefix("chronic_veterans ") && !$0.hasSuffix("without_consent") } == [])
        for population in Population.standard where population != .chronicVeterans {
            #expect(shown.contains("\(population.code) persons active_at_start"))
            #expect(shown.contains("\(population.code) persons net_change"))
            #expect(withheld.contains("\(population.code) persons inflow"))
        }
        for population in ["all", "veterans", "chronic"] {
            for name in ["inflow", "outflow", "newly_identified", "housing_move_ins", "moved_to_inactive_people"] {
                #expect(shown.contains("\(population) persons \(name)"))
            }
        }
        for name in ["housing_move_ins_rapid_rehousing", "moved_to_inactive_no_contact", "unnamed"] {
            #expect(shown.contains("all persons \(name)"), "\(name)")
        }
        #expect(shown.contains("all households active_at_start"))
    }

    @Test func `are withheld alike in every form`() async throws {
        let trial = try WithheldCase.all[1].trial()
        let columns = try #require(try await rows(trial, as: Self.dashboard, .persons).first).members.map(\.key)
        for unit in CountingUnit.allCases {
            let rows = try await rows(trial, as: Self.dashboard, unit)
            let csv = try await trial.get(
                "reports/monthly.csv?\(Self.range)&unit=\(unit.code)",
                as: Self.dashboard)
            let lines = csv.text.split(separator: "\n").map { RowText.cells(of: String($0)) }
            #expect(lines.first == columns)
            #expect(lines.count == rows.count + 1)
            for (row, line) in zip(rows, lines.dropFirst()) {
                let path = "\(row["month"]?.text ?? "")?population=\(row["population"]?.text ?? "")&unit=\(unit.code)"
                #expect(try await trial.get("reports/monthly/" + path, as: Self.dashboard).json == row)
                let withheld = row["suppressed"]?.elements.compactMap(\.text) ?? []
                for (member, cell) in zip(row.members.dropLast(), line) where member.value == .null {
                    #expect(cell.isEmpty)
                    // Not reported is something else than withheld: no lengths of nobody.
                    if withheld.contains(member.key) { continue }
                    #expect(member.key.hasSuffix("_mean") || member.key.hasSuffix("_median"), "\(path) \(member.key)")
                    #expect(row["housing_move_ins"]?.whole == 0)
                }
                for name in withheld { #expect(row[name] == .null) }
                #expect(line.last == withheld.joined(separator: " "))
                if withheld.contains("days_to_housing_count") { #expect(withheld.contains("days_to_housing_mean")) }
            }
        }
    }

    @Test func `are never answered from what was made for others`() async throws {
        let trial = try TrialService()
        _ = try await trial.admit(.harbour)
        let path = "reports/monthly/2024-03"
        for _ in 0..<2 {
            let plain = try await trial.get(path, as: .coordinator)
            let withheld = try await trial.get(path, as: .dashboard)
            #expect(plain.json["active_at_end"]?.whole == 1)
            #expect(plain.json["suppressed"] == nil)
            #expect(withheld.json["active_at_end"] == .null)
            #expect(withheld.json["suppressed"]?.elements.contains(.string("active_at_end")) == true)
            let etag = try #require(plain.field("etag"))
            #expect(etag != withheld.field("etag"))
            let other = try await trial.get(path, as: .dashboard, fields: ["If-None-Match: \(etag)"])
            #expect(other.status == 200)
            #expect(other.body == withheld.body)
            let own = try #require(withheld.field("etag"))
            #expect(try await trial.get(path, as: .dashboard, fields: ["If-None-Match: \(own)"]).status == 304)
        }
    }

    @Test func `are not to be had from a month that is running, or from how it was known`() async throws {
        let trial = try TrialService()
        let known = "known_at=2024-04-01T00:00:00Z"
        for path in [
            "monthly/2024-04", "monthly?from=2024-03&to=2024-04", "monthly.csv?from=2024-04&to=2024-04",
            "monthly/2024-03?\(known)", "monthly?from=2024-03&to=2024-03&\(known)",
        ] {
            // Not even where the answer lies ready for another.
            #expect(try await trial.get("reports/" + path, as: .coordinator).status == 200, "\(path)")
            #expect(try await trial.get("reports/" + path, as: .dashboard).summary == "403 not-your-role", "\(path)")
        }
        #expect(try await trial.get("reports/monthly/2024-03", as: .dashboard).status == 200)
        #expect(
            try await trial.get("reports/monthly/2024-05", as: .dashboard).summary == "422 invalid-fields ?month")
        try trial.moveClock(to: "2024-05-01T00:00:00Z")
        #expect(try await trial.get("reports/monthly/2024-04", as: .dashboard).status == 200)
    }

    @Test func `are not to be had from when an answer changes`() async throws {
        let trial = try TrialService()
        let path = "reports/monthly?from=2024-02&to=2024-03"
        let etag = try #require(try await trial.get(path, as: .dashboard).field("etag"))
        for step in 0..<3 {
            let body = #"{"on": "2024-04-01", "profile": {"given_name": "Name\#(step)"}, "assessed": true}"#
            #expect(try await trial.post("intakes", as: .harbour, body).status == 201)
            trial.clock.set(Instant(microseconds: trial.clock.now.microseconds + 60_000_000))
            let again = try await trial.get(path, as: .dashboard, fields: ["If-None-Match: \(etag)"])
            #expect(again.status == 304)
        }
    }

    @Test func `are shown where the policy asks for it, and withheld where it says nothing`() async throws {
        let text = PolicyDocument.template("us_bfz") ?? ""
        let line = #""small_counts_under": 11,"#
        let open = try TrialService(policy: text.replacing(line, with: #""small_counts_under": 0,"#))
        let silent = try TrialService(policy: text.replacing(line, with: ""))
        for trial in [open, silent] { _ = try await trial.admit(.harbour) }
        let shown = try await open.get("reports/monthly/2024-03", as: .dashboard)
        #expect(shown.json["active_at_end"]?.whole == 1)
        #expect(shown.json["suppressed"]?.elements == [])
        #expect(try await silent.get("reports/monthly/2024-03", as: .dashboard).json["active_at_end"] == .null)
    }
}
