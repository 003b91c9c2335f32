import CivilTime

/// The bed nights of an enrolment in a night-by-night shelter that count (BedNightDate, LSA 3.3).
struct BedNights {
    let dates: [CivilDate]
    let first: CivilDate
    let last: CivilDate

    /// The recorded nights on or after each of `starts`, before each of `ends`, and within what the report looks at.
    ///
    /// - Returns: `nil` if there are none: an enrolment begins with a bed night.
    init?(_ recorded: [CivilDate], from starts: [CivilDate], before ends: [CivilDate?], _ report: ReportParameters) {
        let start = starts.reduce(report.lookback, max)
        let end = ends.compactMap(\.self).reduce(report.end.adding(days: 1), min)
        dates = recorded.filter { start <= $0 && $0 < end }
        guard let first = dates.min(), let last = dates.max() else { return nil }
        self.first = first
        self.last = last
    }

    /// Ninety days without a bed night up to the end of the report end an enrolment (3.3).
    func areLongOver(_ report: ReportParameters) -> Bool { last.adding(days: 90) <= report.end }
}
