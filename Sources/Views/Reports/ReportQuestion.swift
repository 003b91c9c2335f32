package import ByNameList
package import CivilTime
import JSON
package import Store

/// Which monthly reports are wanted.
package struct ReportQuestion: Sendable {
    private let months: [Month]
    private let population: String?
    private let unit: CountingUnit
    private let asOf: CivilDate
    private let knownAt: Instant?
    private let now: Instant
    private let withholdsSmallCounts: Bool

    /// - Parameters:
    ///   - population: the code of one population; `nil`: all that the community has, or had then.
    ///   - asOf: the last day that is reported; months that lie after it are empty of events.
    ///   - knownAt: `nil`: as now known.
    ///   - now: the moment of asking, or the first of its day; an answer as now known states it, or when a figure last
    ///     changed if that was later: asked with it, the answer comes again.
    ///   - withholdsSmallCounts: the answer is for somebody who must not learn of a few people (decision 0010).
    package init(
        months: [Month], population: String?, unit: CountingUnit, asOf: CivilDate, knownAt: Instant?,
        now: Instant, withholdsSmallCounts: Bool = false
    ) {
        self.months = months
        self.population = population
        self.unit = unit
        self.asOf = asOf
        self.knownAt = knownAt
        self.now = now
        self.withholdsSmallCounts = withholdsSmallCounts
    }

    /// All reports from one state of the record.
    package func answer(from store: Store, community code: String) throws -> ReportAnswer {
        try store.read { reader in
            try answer(reader, community: try reader.community(code), calendar: store.calendar)
        }
    }

    /// All reports from the state of the record that the reader sees.
    package func answer(_ reader: Reader, community: Community, calendar: Calendar) throws -> ReportAnswer {
        let projection =
            try knownAt.map { try reader.projection(of: community, knownAt: $0) }
            ?? reader.projection(of: community)
        // Of a saved filter, who must not learn of a few people sees nothing: it may be made of any few.
        let known = withholdsSmallCounts ? Population.standard : projection.policy.populations
        let populations = try population.map { [try known.named($0)] } ?? known
        // What is withheld is decided for the whole of a month's table.
        let rows = withholdsSmallCounts ? MonthTable.rows : populations.map { ($0, unit) }
        let all =
            try knownAt.map {
                try reader.reports(
                    WantedReports(months, rows: rows, asOf: asOf), of: community, knownAt: $0, calendar: calendar)
            }
            ?? stored(reader, community, rows)
        let limit = projection.policy.smallCountsUnder
        let shown = withholdsSmallCounts ? tables(of: all).mapValues { ShownParts(of: $0, under: limit) } : nil
        let reports = all.filter { $0.unit == unit && populations.contains($0.population) }
        return ReportAnswer(
            community: community.name, reports: reports, shown: shown, unit: unit,
            policy: "\(projection.policy.template) v\(projection.policyVersion), rules v\(projection.ruleVersion)",
            knownAt: "\(knownAt ?? max(now, community.changed))")
    }

    private typealias Row = (population: Population, unit: CountingUnit)

    private func tables(of reports: [MonthlyReport]) -> [Month: MonthTable] {
        var tables: [Month: MonthTable] = [:]
        for (place, month) in months.enumerated() {
            let first = place * MonthTable.rows.count
            tables[month] = MonthTable { reports[first + MonthTable.place($0, $1)] }
        }
        return tables
    }

    private func stored(_ reader: Reader, _ community: Community, _ rows: [Row]) throws -> [MonthlyReport] {
        try months.flatMap { month in
            try reader.checkTime()
            return try rows.map { population, unit in
                try reader.month(month, of: community, population: population, unit: unit, asOf: asOf).report
            }
        }
    }
}

/// Reports in the forms that people and programs read.
package struct ReportAnswer: Sendable {
    package let community: String
    package let reports: [MonthlyReport]
    /// Of each month what may be shown; `nil` where nothing is withheld.
    let shown: [Month: ShownParts]?
    let unit: CountingUnit
    let policy: String
    let knownAt: String

    private var rows: [MonthlyReportFields] {
        reports.map { report in
            MonthlyReportFields(
                report, shown: shown.map { $0[report.month]?[report.population, report.unit] ?? [] }, policy: policy,
                knownAt: knownAt)
        }
    }

    /// Withholds nothing: it is for who runs the server.
    package var table: String {
        let months = Set(reports.map(\.month)).sorted()
        return months.map { month in
            var table = MonthlyReportTable(reports.filter { $0.month == month })
            let asOf = reports.first { $0.month == month }?.asOf
            let running = asOf.map { $0 < month.lastDay ? ", month to date \($0)" : "" } ?? ""
            return "\(community), \(month) (\(unit.code)\(running))\n\(policy); known at \(knownAt)\n\n"
                + table.rendered()
        }.joined(separator: "\n\n")
    }

    package var json: [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("community", community)
            object.array("value") { array in
                for row in rows { array.value(row) }
            }
        }
        return writer.bytes
    }

    /// Each report as the JSON object that it is served as, in the order of the reports.
    var texts: [String] { rows.map { String(decoding: JSONWriter.bytes(of: $0), as: UTF8.self) } }

    /// The first report alone.
    package var single: [UInt8] {
        var writer = JSONWriter(bytesExpected: 2_000)
        if let row = rows.first { writer.value(row) }
        return writer.bytes
    }

    /// All reports as flat rows.
    ///
    /// - Parameter next: where the next page is; it is absent from the last (OData JSON Format 4.01, 4.5.5).
    package func flatRows(next: String?) -> [UInt8] {
        var writer = JSONWriter(bytesExpected: 2_000 * reports.count)
        writer.object { object in
            object.array("value") { array in
                for row in rows { array.value(row) }
            }
            if let next { object.field("@odata.nextLink", next) }
        }
        return writer.bytes
    }

    package var csv: String {
        let rows = rows
        return ([rows.first?.csvHeader ?? ""] + rows.map(\.csvRow)).joined(separator: "\n")
    }
}
