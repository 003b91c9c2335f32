import ByNameList
package import CivilTime
import JSON
package import Store

/// A month made ready to be submitted: every population in both units, and who counts in them.
package enum SubmittedMonth {
    /// The draft from the state of the record that the reader sees, known at the beginning of today or later, so that
    /// the month has ended for whoever asks with it again.
    package static func draft(
        _ month: Month, of community: Community, _ reader: Reader, today: CivilDate, calendar: Calendar
    ) throws -> SubmissionDraft {
        let latest = max(
            try reader.latestRecorded(in: community), firstInstant(of: today, in: community.zone, calendar))
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
