package import ByNameList
import CivilTime

/// One month of several populations side by side, as a coordinator reads it.
package struct MonthlyReportTable {
    private let reports: [MonthlyReport]
    private var table = TextTable()

    /// - Parameter reports: of one month and unit, one for each population.
    package init(_ reports: [MonthlyReport]) {
        self.reports = reports
    }

    package mutating func rendered() -> String {
        guard let first = reports.first else { return "" }
        let dayBefore = first.month.firstDay.adding(days: -1)
        table.row([""] + reports.map(\.population.name))
        table.rule()
        row("Actively homeless, end of \(dayBefore)") { $0.figures.activeAtStart }
        inflow()
        outflow()
        row("Net change") { $0.netChange }
        row("Actively homeless, end of \(first.asOf)") { $0.figures.activeAtEnd }
        table.rule()
        rest()
        return table.rendered() + "\n" + balance()
    }

    private mutating func inflow() {
        count("  + newly identified", .newlyIdentified)
        count("  + newly meets criteria (Chronic: aged in)", .newlyMeetsCriteria)
        headship(.newlyMeetsCriteria)
        count("  + returned from housing", .returnedFromHousing)
        count("  + returned from inactive", .returnedFromInactive)
        row("  Inflow") { $0.inflow }
    }

    private mutating func outflow() {
        count("  - housing move-ins", .housingMoveIns)
        for housing in Housing.allCases {
            reason("      " + words(housing.code), .housingMoveIns, housing.rawValue)
        }
        count("  - moved to inactive", .movedToInactive)
        for reason in InactiveReason.allCases {
            self.reason("      " + words(reason.code), .movedToInactive, reason.rawValue)
        }
        count("  - no longer meets criteria", .noLongerMeetsCriteria)
        headship(.noLongerMeetsCriteria)
        row("  Outflow") { $0.outflow }
    }

    private mutating func headship(_ measure: Measure) {
        reason("      change of head only", measure, CriteriaReason.headship.rawValue)
    }

    private mutating func rest() {
        row("Different people: newly identified") { $0.count(.newlyIdentified).people }
        row("Different people: housing move-ins") { $0.count(.housingMoveIns).people }
        length("Days to housing, this episode: mean") { $0.fromEpisode?.mean }
        length("Days to housing, this episode: median") { $0.fromEpisode?.median }
        length("Days to housing, since first identified: median") { $0.fromIdentification?.median }
        row("Unnamed, of those active at the end") { $0.figures.unnamed }
        row("Unassessed") { $0.figures.unassessed }
        row("Without consent to be on the list") { $0.figures.unconsented }
        if reports.contains(where: { $0.figures.leftOut != 0 }) {
            row("Active, but left out for want of consent") { $0.figures.leftOut }
        }
        row("Facts recorded after the month ended") { $0.figures.lateFacts }
        row("  imported ones") { $0.figures.lateImportedFacts }
    }

    private func balance() -> String {
        reports.map { report in
            let sum =
                "\(report.figures.activeAtStart) + \(report.inflow) - \(report.outflow) = \(report.expectedAtEnd)"
            return report.error == 0
                ? "\(report.population.name): \(sum), balances"
                : "\(report.population.name): \(sum), but \(report.figures.activeAtEnd) are active: "
                    + "error \(report.error)"
        }.joined(separator: "\n")
    }

    private mutating func count(_ label: String, _ measure: Measure) {
        row(label) { $0.count(measure).events }
    }

    /// Left out where nobody has it.
    private mutating func reason(_ label: String, _ measure: Measure, _ reason: UInt8) {
        guard reports.contains(where: { $0.count(measure, reason: reason).events != 0 }) else { return }
        row(label) { $0.count(measure, reason: reason).events }
    }

    private mutating func row(_ label: String, _ value: (MonthlyReport) -> Int) {
        table.row([label] + reports.map { "\(value($0))" })
    }

    private mutating func length(_ label: String, _ value: (MonthFigures) -> Double?) {
        table.row([label] + reports.map { report in value(report.figures).map { decimal($0) } ?? "-" })
    }

    private func words(_ code: String) -> String {
        String(code.map { $0 == "_" ? " " : $0 })
    }
}

/// One decimal, as `239.0`.
func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
}
