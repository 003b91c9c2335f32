package import CivilTime

/// What a Longitudinal System Analysis is asked for: its period and its continuum of care (LSA 3.1).
package struct ReportParameters: Hashable, Sendable {
    /// The first day of the report period (ReportStart).
    package let start: CivilDate
    /// The last day of the report period (ReportEnd).
    package let end: CivilDate
    /// The code of the continuum, as `XX-501` (ReportCoC).
    package let continuum: String

    /// A report over at least one day, or `nil`.
    package init?(start: CivilDate, end: CivilDate, continuum: String) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
        self.continuum = continuum
    }

    /// Seven years before the period: what ended by then is not looked at (LookbackDate, LSA 3).
    var lookback: CivilDate { start.minusYears(7) }
}
