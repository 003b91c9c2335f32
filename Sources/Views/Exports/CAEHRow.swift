package import ByNameList

/// One population of one month in the layout of the Canadian Alliance to End Homelessness: every measure for households
/// and for people (built-for-zero.md 1.2).
package struct CAEHRow {
    private let people: MonthlyReport
    private let households: MonthlyReport
    private let policy: String
    private let knownAt: String

    /// - Parameters:
    ///   - people: the report in persons, of the same month and population as the one in households.
    ///   - policy: which policy and version, as every figure names it.
    package init(people: MonthlyReport, households: MonthlyReport, policy: String, knownAt: String) {
        self.people = people
        self.households = households
        self.policy = policy
        self.knownAt = knownAt
    }

    package var row: FlatRow {
        let head: [(name: String, value: FlatRow.Value)] = [
            ("month", .text("\(people.month)")), ("population", .text(people.population.code)),
        ]
        let figures = CAEHRow.columns.flatMap { column -> [(name: String, value: FlatRow.Value)] in
            [
                (column.name + "_households", column.value(households)),
                (column.name + "_people", column.value(people)),
            ]
        }
        return FlatRow(head + figures + [("known_at", .text(knownAt)), ("policy", .text(policy))])
    }

    private static let columns: [(name: String, value: @Sendable (MonthlyReport) -> FlatRow.Value)] = [
        ("active", { .count($0.figures.activeAtEnd) }),
        ("aged_in", { .count($0.count(.newlyMeetsCriteria).events) }),
        ("newly_identified", { .count($0.count(.newlyIdentified).events) }),
        ("returned_from_inactive", { .count($0.count(.returnedFromInactive).events) }),
        ("returned_from_housed", { .count($0.count(.returnedFromHousing).events) }),
        ("total_inflow", { .count($0.inflow) }),
        ("moved_to_housed", { .count($0.count(.housingMoveIns).events) }),
        ("moved_to_inactive", { .count($0.count(.movedToInactive).events) }),
        ("no_longer_meets_criteria", { .count($0.count(.noLongerMeetsCriteria).events) }),
        ("total_outflow", { .count($0.outflow) }),
        ("net_change", { .count($0.netChange) }),
        ("net_change_percentage", { .number(netChangePercentage(of: $0)) }),
    ]

    /// Of those who were active when the month began, to a hundredth; of nobody there is no percentage.
    private static func netChangePercentage(of report: MonthlyReport) -> Double? {
        let start = report.figures.activeAtStart
        guard start > 0 else { return report.netChange == 0 ? 0 : nil }
        return (Double(report.netChange) * 10_000 / Double(start)).rounded() / 100
    }
}
