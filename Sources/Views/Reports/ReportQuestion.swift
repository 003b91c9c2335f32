package import ByNameList
package import CivilTime
import JSON
package import Store

/// Which monthly reports are wanted.
package struct ReportQuestion: Sendable {
    private let months: [Month]
    private let populations: [Population]
    private let unit: CountingUnit
    private let asOf: CivilDate
    private let knownAt: Instant?
    private let now: Instant

    /// - Parameters:
    ///   - asOf: the last day that is reported; months that lie after it are empty of events.
    ///   - knownAt: `nil`: as now known.
    ///   - now: the moment of asking, or the first of its day; an answer as now known states it, or when a figure last
    ///     changed if that was later: asked with it, the answer comes again.
    package init(
        months: [Month], populations: [Population], unit: CountingUnit, asOf: CivilDate, knownAt: Instant?,
        now: Instant
    ) {
        self.months = months
        self.populations = populations
        self.unit = unit
        self.asOf = asOf
        self.knownAt = knownAt
        self.now = now
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
        let reports =
            try knownAt.map { try folded(reader, community, projection, $0, calendar) }
            ?? stored(reader, community)
        return ReportAnswer(
            community: community.name, reports: reports, unit: unit,
            policy: "\(projection.policy.template) v\(projection.policyVersion), rules v\(projection.ruleVersion)",
            knownAt: "\(knownAt ?? max(now, community.changed))")
    }

    private func stored(_ reader: Reader, _ community: Community) throws -> [MonthlyReport] {
        try months.flatMap { month in
            try populations.map { population in
                try reader.month(month, of: community, population: population, unit: unit, asOf: asOf).report
            }
        }
    }

    /// One walk through the people for all months and populations.
    private func folded(
        _ reader: Reader, _ community: Community, _ projection: Projection, _ instant: Instant,
        _ calendar: Calendar
    ) throws -> [MonthlyReport] {
        var folded = months.flatMap { month in
            populations.map {
                FoldedMonth(month: month, population: $0, unit: unit, asOf: min(asOf, month.lastDay))
            }
        }
        try reader.forEachTimeline(of: community, policy: projection.policy, knownAt: instant) { _, timeline in
            for index in folded.indices { folded[index].add(timeline.spells) }
        }
        for month in months {
            let late = try reader.lateFacts(of: month, in: community, knownAt: instant, calendar: calendar)
            for index in folded.indices where folded[index].month == month {
                folded[index].addLateFacts(late.byHand, imported: late.imported)
            }
        }
        return folded.map { $0.report() }
    }
}

/// Reports in the forms that people and programs read.
package struct ReportAnswer: Sendable {
    package let community: String
    package let reports: [MonthlyReport]
    let unit: CountingUnit
    let policy: String
    let knownAt: String

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
                for report in reports {
                    array.value(MonthlyReportFields(report, policy: policy, knownAt: knownAt))
                }
            }
        }
        return writer.bytes
    }

    /// The first report alone.
    package var single: [UInt8] {
        var writer = JSONWriter(bytesExpected: 2_000)
        if let report = reports.first { writer.value(MonthlyReportFields(report, policy: policy, knownAt: knownAt)) }
        return writer.bytes
    }

    /// All reports as flat rows.
    package var rows: [UInt8] {
        var writer = JSONWriter(bytesExpected: 2_000 * reports.count)
        writer.object { object in
            object.array("value") { array in
                for report in reports {
                    array.value(MonthlyReportFields(report, policy: policy, knownAt: knownAt))
                }
            }
        }
        return writer.bytes
    }

    package var csv: String {
        let rows = reports.map { MonthlyReportFields($0, policy: policy, knownAt: knownAt) }
        return ([rows.first?.csvHeader ?? ""] + rows.map(\.csvRow)).joined(separator: "\n")
    }
}
