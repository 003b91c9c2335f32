package import ByNameList
import CivilTime
package import JSON

/// One population of one month as Built for Zero in the United States takes it, under its own names
/// (built-for-zero.md 1.1).
///
/// It has no field for who newly meets a population's criteria: they are newly identified there. Who submits is
/// nobody's business here: the three fields for it are empty.
package struct BuiltForZeroRecord: JSONWritable {
    private let report: MonthlyReport
    private let name: String

    /// What is submitted, in the words of the official tool.
    private static let names: [(population: Population, name: String)] = [
        (.all, "All"), (.allSingles, "All Singles"), (.veterans, "Veteran"), (.chronic, "Chronic"),
        (.chronicVeterans, "Chronic Veteran"), (.youth, "Youth"), (.families, "Families"),
    ]

    /// The populations that are submitted, in order.
    package static let populations = names.map(\.population)

    /// - Parameter report: of persons; `nil` of a population that is not submitted.
    package init?(_ report: MonthlyReport) {
        guard let found = BuiltForZeroRecord.names.first(where: { $0.population == report.population }) else {
            return nil
        }
        self.report = report
        name = found.name
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("subpopname", name)
            object.nullField("subpopulation_id")
            object.field("actively_homeless", report.figures.activeAtEnd)
            object.field("housing_placements", report.count(.housingMoveIns).events)
            object.field("moved_to_inactive", report.count(.movedToInactive).events)
            object.field("no_longer_meets_population_criteria", report.count(.noLongerMeetsCriteria).events)
            object.field("newly_identified", newlyIdentified)
            object.field("returned_from_housing", report.count(.returnedFromHousing).events)
            object.field("returned_from_inactive", report.count(.returnedFromInactive).events)
            object.field("avg_lot_from_id_to_housing", averageDays)
            object.field("date_interval_start", "\(report.month.firstDay)")
            object.field("date_interval", "1 month")
            for submitter in ["name", "email", "organization"] { object.nullField(submitter) }
        }
    }

    private var newlyIdentified: Int {
        report.count(.newlyIdentified).events + report.count(.newlyMeetsCriteria).events
    }

    /// To a tenth, as the official tool shows it; nobody who moved in has no average.
    private var averageDays: Double? { report.figures.fromEpisode.map { ($0.mean * 10).rounded() / 10 } }
}
