package import ByNameList
package import CivilTime
package import Store

/// Whether the months of a list balance, against the figures that were submitted and as they are known now.
package struct ReliabilityQuestion: Sendable {
    private let months: [Month]
    private let population: String?
    private let unit: CountingUnit
    private let asOf: CivilDate
    private let knownAt: Instant?
    private let now: Instant

    /// - Parameters:
    ///   - months: one after the other; not empty.
    ///   - population: the code of one population; `nil`: all that the community has, or had then.
    ///   - asOf: the last day that is reported.
    ///   - knownAt: `nil`: as now known.
    ///   - now: the moment of asking.
    package init(
        months: [Month], population: String?, unit: CountingUnit, asOf: CivilDate, knownAt: Instant?,
        now: Instant
    ) {
        self.months = months
        self.population = population
        self.unit = unit
        self.asOf = asOf
        self.knownAt = knownAt
        self.now = now
    }

    /// One row for each month and population, from the state of the record that the reader sees.
    package func rows(
        _ reader: Reader, community: Community, calendar: Calendar
    ) throws -> [FlatRow] {
        // The three months before are needed to judge the first.
        let before = (months.first.map { first in (1...3).map { first.adding(months: -$0) } } ?? []).reversed()
        let answer = try ReportQuestion(
            months: before + months, population: population, unit: unit, asOf: asOf, knownAt: knownAt, now: now
        ).answer(reader, community: community, calendar: calendar)
        let threshold = try policy(reader, community).reliabilityThreshold
        var restated: [String: [Month: MonthBalance]] = [:]
        for report in answer.reports {
            restated[report.population.code, default: [:]][report.month] = MonthBalance(report)
        }
        let submitted = try submitted(before + months, reader, community)
        return answer.reports.filter { months.contains($0.month) }.map { report in
            ReliabilityFields(
                report, submitted: submitted[report.population.code] ?? [:],
                restated: restated[report.population.code] ?? [:],
                threshold: threshold, policy: answer.policy, knownAt: answer.knownAt
            ).row
        }
    }

    /// What was submitted last of each month, by the code of the population: a filter may have another place by now.
    private func submitted(
        _ months: [Month], _ reader: Reader, _ community: Community
    ) throws -> [String: [Month: MonthBalance]] {
        guard let first = months.first, let last = months.last else { return [:] }
        var latest: [Month: Submission] = [:]
        for submission in try reader.submissions(of: community, in: first...last) {
            if let knownAt, submission.recorded > knownAt { continue }
            latest[submission.month] = submission
        }
        var found: [String: [Month: MonthBalance]] = [:]
        for (month, submission) in latest {
            for row in try reader.rows(of: submission) where row.unit == unit {
                found[row.population.code, default: [:]][month] = MonthBalance(
                    active: row.activeAtEnd, inflow: row.inflow, outflow: row.outflow)
            }
        }
        return found
    }

    private func policy(_ reader: Reader, _ community: Community) throws -> Policy {
        try knownAt.map { try reader.projection(of: community, knownAt: $0) }?.policy
            ?? reader.projection(of: community).policy
    }
}

extension MonthBalance {
    /// What a report has of it.
    package init(_ report: MonthlyReport) {
        self.init(active: report.figures.activeAtEnd, inflow: report.inflow, outflow: report.outflow)
    }
}

/// The fields of the reliability of one month.
private struct ReliabilityFields {
    private let report: MonthlyReport
    private let submitted: [Month: MonthBalance]
    private let restated: [Month: MonthBalance]
    private let threshold: Double
    private let policy: String
    private let knownAt: String

    init(
        _ report: MonthlyReport, submitted: [Month: MonthBalance], restated: [Month: MonthBalance],
        threshold: Double, policy: String, knownAt: String
    ) {
        self.report = report
        self.submitted = submitted
        self.restated = restated
        self.threshold = threshold
        self.policy = policy
        self.knownAt = knownAt
    }

    var row: FlatRow {
        let head: [(name: String, value: FlatRow.Value)] = [
            ("month", .text("\(report.month)")), ("population", .text(report.population.code)),
            ("unit", .text(report.unit.code)), ("as_of", .text("\(report.asOf)")), ("known_at", .text(knownAt)),
            ("policy", .text(policy)), ("threshold", .number(threshold)),
        ]
        return FlatRow(head + fields("submitted", against: submitted) + fields("restated", against: restated))
    }

    /// - Parameter months: what the months before are taken from; the month itself is as it was submitted too, or if it
    ///   was not yet, as it is known: so a coordinator hears what the figures will be told before they are sent.
    private func fields(
        _ ending: String, against months: [Month: MonthBalance]
    ) -> [(name: String, value: FlatRow.Value)] {
        let own = months[report.month]
        let judged = own ?? MonthBalance(report)
        let reliability = DataReliability(
            of: report.month, in: months.merging([report.month: judged]) { reported, _ in reported })
        let missing = Set(reliability.oneMonth.missing + reliability.threeMonths.missing).sorted()
        let words = ReliabilityWords(
            reliability, actual: judged.active, population: report.population.name, unit: report.unit,
            threshold: threshold)
        let fields: [(name: String, value: FlatRow.Value)] = [
            ("active", .count(own?.active)), ("inflow", .count(own?.inflow)), ("outflow", .count(own?.outflow)),
            ("expected", .count(reliability.expected)), ("error", .count(reliability.error)),
            ("error_share", .number(reliability.oneMonth.share.map(rounded))),
            ("error_share_within_threshold", .flag(reliability.oneMonth.isWithin(threshold))),
            ("error_3_months", .count(reliability.threeMonths.error)),
            ("error_share_3_months", .number(reliability.threeMonths.share.map(rounded))),
            ("error_share_3_months_within_threshold", .flag(reliability.threeMonths.isWithin(threshold))),
            ("months_missing", .texts(missing.map { "\($0)" })), ("in_words", .text(words.line)),
        ]
        return fields.map { ($0.name + "_" + ending, $0.value) }
    }

    /// To a hundredth of a percent.
    private func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
}
