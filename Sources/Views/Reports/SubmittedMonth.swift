import ByNameList
package import CivilTime
import JSON
package import Store

/// A month made ready to be submitted: every population in both units, and who counts in them.
package enum SubmittedMonth {
    /// The draft from the state of the record that the reader sees.
    package static func draft(
        _ month: Month, of community: Community, _ reader: Reader, calendar: Calendar
    ) throws -> SubmissionDraft {
        let latest = try reader.latestRecorded(in: community)
        var rows: [SubmittedRow] = []
        for unit in CountingUnit.allCases {
            let answer = try ReportQuestion(
                months: [month], population: nil, unit: unit, asOf: month.lastDay, knownAt: nil, now: latest
            ).answer(reader, community: community, calendar: calendar)
            rows += zip(answer.reports, answer.texts).map { report, text in
                SubmittedRow(
                    population: report.population, unit: unit, activeAtStart: report.figures.activeAtStart,
                    inflow: report.inflow, outflow: report.outflow, activeAtEnd: report.figures.activeAtEnd,
                    figures: text)
            }
        }
        return SubmissionDraft(
            month: month, projection: try reader.projection(of: community), knownAt: latest, rows: rows,
            entries: try reader.entries(of: month, in: community))
    }
}
