import ByNameList
package import CivilTime
import JSON
package import Store

/// A month in the layout of somebody else's report.
package struct ExportQuestion: Sendable {
    private let month: Month
    private let knownAt: Instant?
    private let now: Instant

    /// - Parameters:
    ///   - month: one that has ended.
    ///   - knownAt: `nil`: as now known.
    ///   - now: the moment of asking.
    package init(month: Month, knownAt: Instant?, now: Instant) {
        self.month = month
        self.knownAt = knownAt
        self.now = now
    }

    /// A JSON array with one record for each population that is submitted to Built for Zero.
    package func builtForZero(_ reader: Reader, community: Community, calendar: Calendar) throws -> [UInt8] {
        let found = try reports(.persons, reader, community, calendar)
        // In the order of the official tool, and not of the report.
        let records = BuiltForZeroRecord.populations.compactMap { population in
            found.reports.first { $0.population == population }.flatMap { BuiltForZeroRecord($0) }
        }
        return JSONWriter.bytes(of: records)
    }

    /// A row for each population of the community.
    package func caeh(_ reader: Reader, community: Community, calendar: Calendar) throws -> FlatRows {
        let people = try reports(.persons, reader, community, calendar)
        let households = try reports(.households, reader, community, calendar)
        return FlatRows(
            zip(people.reports, households.reports).map {
                CAEHRow(people: $0, households: $1, policy: people.policy, knownAt: people.knownAt).row
            })
    }

    /// The community's own report.
    package func csv(_ reader: Reader, community: Community, calendar: Calendar) throws -> String {
        try reports(.persons, reader, community, calendar).csv + "\n"
    }

    private func reports(
        _ unit: CountingUnit, _ reader: Reader, _ community: Community, _ calendar: Calendar
    ) throws -> ReportAnswer {
        try ReportQuestion(
            months: [month], population: nil, unit: unit, asOf: month.lastDay, knownAt: knownAt, now: now
        ).answer(reader, community: community, calendar: calendar)
    }
}
