import API
import ByNameList
import Foundation
import JSON
import ShippedConfig
import Testing

/// The worked month of built-for-zero.md 8, over HTTP, in the layouts of others.
@Suite struct `An export` {
    private static func vector(_ name: String) throws -> Data {
        try Data(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../AppTests/Vectors/\(name)"))
    }

    private static func posted() async throws -> TrialService {
        let policy = try #require(PolicyDocument.template("ca_bfz"))
        let trial = try TrialService(policy: policy.replacing(#""ca_reaching_home""#, with: #""on_2018""#))
        var month = PostedMonth(try JSONValue(Array(try vector("worked-month.json"))), seed: 1, trial)
        try await month.run()
        return trial
    }

    /// Names, types and order of built-for-zero.md 1.1, after the name by which the id is looked up.
    private static let names = [
        "subpopname", "subpopulation_id", "actively_homeless", "housing_placements", "moved_to_inactive",
        "no_longer_meets_population_criteria", "newly_identified", "returned_from_housing", "returned_from_inactive",
        "avg_lot_from_id_to_housing", "date_interval_start", "date_interval", "name", "email", "organization",
    ]

    @Test func `for Built for Zero holds the worked month, aged in folded into newly identified`() async throws {
        let trial = try await Self.posted()
        let records = try await trial.get("exports/built-for-zero-us/2024-03", as: .coordinator).json.elements
        #expect(
            records.compactMap { $0["subpopname"]?.text }
                == ["All", "All Singles", "Veteran", "Chronic", "Chronic Veteran", "Youth", "Families"])
        for record in records {
            #expect(record.members.map(\.key) == Self.names)
            #expect(record["date_interval_start"]?.text == "2024-03-01" && record["date_interval"]?.text == "1 month")
            for name in ["subpopulation_id", "name", "email", "organization"] { #expect(record[name] == .null) }
            // A true zero is one: the official tool makes null of it.
            for name in Self.names[2...8] { #expect(record[name]?.whole != nil, "\(name)") }
        }
        func figures(_ name: String) -> [Int?] {
            let record = records.first { $0["subpopname"]?.text == name }
            return Self.names[2...8].map { record?[$0]?.whole }
        }
        // Built-for-zero.md 8.2: active, move-ins, inactive, no longer meets, newly identified, from housing, inactive.
        #expect(figures("All") == [11, 3, 4, 0, 3, 2, 2])
        #expect(figures("Chronic") == [5, 2, 1, 1, 1, 1, 1])
        #expect(records[0]["avg_lot_from_id_to_housing"] == .number(239))
        for record in records where record["housing_placements"]?.whole == 0 {
            #expect(record["avg_lot_from_id_to_housing"] == .null)
        }
    }

    @Test func `for Built for Zero balances with the month before`() async throws {
        let trial = try await Self.posted()
        func records(_ month: String) async throws -> [JSONValue] {
            try await trial.get("exports/built-for-zero-us/\(month)", as: .admin).json.elements
        }
        for (before, after) in zip(try await records("2024-02"), try await records("2024-03")) {
            func count(_ name: String) -> Int { after[name]?.whole ?? .min }
            let inflow =
                count("newly_identified") + count("returned_from_housing") + count("returned_from_inactive")
            let outflow =
                count("housing_placements") + count("moved_to_inactive")
                + count("no_longer_meets_population_criteria")
            #expect(before["actively_homeless"]?.whole == count("actively_homeless") - inflow + outflow)
        }
    }

    private static let columns = [
        "active", "aged_in", "newly_identified", "returned_from_inactive", "returned_from_housed", "total_inflow",
        "moved_to_housed", "moved_to_inactive", "no_longer_meets_criteria", "total_outflow", "net_change",
        "net_change_percentage",
    ]

    @Test func `for Canada has households beside people, and aged in apart`() async throws {
        let trial = try await Self.posted()
        let rows = try await trial.get("exports/caeh/2024-03", as: .coordinator).json["value"]?.elements ?? []
        #expect(rows.compactMap { $0["population"]?.text } == Population.standard.map(\.code))
        let names =
            ["month", "population"] + Self.columns.flatMap { [$0 + "_households", $0 + "_people"] }
            + ["known_at", "policy"]
        for row in rows { #expect(row.members.map(\.key) == names) }
        func people(_ population: Population) -> [Int?] {
            let row = rows.first { $0["population"]?.text == population.code }
            return Self.columns.dropLast().map { row?[$0 + "_people"]?.whole }
        }
        #expect(people(.all) == [11, 0, 3, 2, 2, 7, 3, 4, 0, 7, 0])
        #expect(people(.chronic) == [5, 1, 0, 1, 1, 3, 2, 1, 1, 4, -1])
        let chronic = rows.first { $0["population"]?.text == "chronic" }
        #expect(chronic?["net_change_percentage_people"] == .number(-16.67))
        let report = try await trial.get("reports/monthly/2024-03?unit=households", as: .coordinator).json
        #expect(rows[0]["active_households"] == report["active_at_end"])
        #expect(rows[0]["total_inflow_households"] == report["inflow"])
    }

    @Test func `for Canada is the same as CSV, with a header that never changes`() async throws {
        let trial = try await Self.posted()
        let csv = try await trial.get("exports/caeh/2024-03", as: .coordinator, fields: ["Accept: text/csv"])
        #expect(csv.field("content-type") == "text/csv; charset=utf-8; header=present")
        let rows = try await trial.get("exports/caeh/2024-03", as: .coordinator).json["value"]?.elements ?? []
        let lines = csv.text.split(separator: "\n").map { RowText.cells(of: String($0)) }
        #expect(lines.count == rows.count + 1)
        for (row, line) in zip(rows, lines.dropFirst()) {
            #expect(line.count == row.members.count)
            #expect(line.dropFirst(2).dropLast(2).allSatisfy { Double($0) != nil || $0.isEmpty })
            #expect(line.last == row.members.last?.value.text)
        }
        #expect(
            csv.text.hasPrefix(
                "month,population,active_households,active_people,aged_in_households,aged_in_people,"
                    + "newly_identified_households,newly_identified_people,returned_from_inactive_households,"
                    + "returned_from_inactive_people,returned_from_housed_households,returned_from_housed_people,"
                    + "total_inflow_households,total_inflow_people,moved_to_housed_households,"
                    + "moved_to_housed_people,moved_to_inactive_households,moved_to_inactive_people,"
                    + "no_longer_meets_criteria_households,no_longer_meets_criteria_people,"
                    + "total_outflow_households,total_outflow_people,net_change_households,net_change_people,"
                    + "net_change_percentage_households,net_change_percentage_people,known_at,policy\n"))
    }

    @Test(arguments: ["built-for-zero-us", "caeh"])
    func `is of a month that has ended, and as it was known then if that is asked`(layout: String) async throws {
        let trial = try await Self.posted()
        let path = "exports/\(layout)"
        for (rest, expected) in [
            ("2024-04", "422 invalid-fields ?month"), ("2024-13", "422 invalid-fields ?month"),
            ("2024-03?known_at=2024-03-31T12:00:00Z", "422 invalid-fields ?month"),
            ("2024-03?known_at=2025-01-01T00:00:00Z", "422 invalid-fields ?known_at"),
            ("2024-03?email=a", "422 invalid-fields ?query"),
        ] {
            #expect(try await trial.get("\(path)/\(rest)", as: .coordinator).summary == expected, "\(rest)")
        }
        let then = try await trial.get("\(path)/2024-02?known_at=2024-03-05T00:00:00Z", as: .coordinator)
        // Everything was written down in April.
        let record = then.json["value"]?.elements.first ?? then.json.elements.first
        #expect((record?["active_people"] ?? record?["actively_homeless"])?.whole == 0, "\(then.text)")
    }

    /// Dashboards remember which columns they read.
    @Test func `of the report has a header that never changes`() async throws {
        let csv = try await TrialService().get("reports/monthly.csv?from=2024-03&to=2024-03", as: .admin)
        let header = String(decoding: try Self.vector("monthly-report-header.csv"), as: UTF8.self)
        #expect(csv.text.hasPrefix(header) && header.hasSuffix("\n"))
    }
}
