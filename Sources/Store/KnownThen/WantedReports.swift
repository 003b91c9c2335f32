package import ByNameList
package import CivilTime

/// Which monthly reports are wanted: months by rows, up to a day.
package struct WantedReports: Sendable {
    package let months: [Month]
    package let rows: [(population: Population, unit: CountingUnit)]
    /// The last day that is reported.
    package let asOf: CivilDate

    package init(_ months: [Month], rows: [(population: Population, unit: CountingUnit)], asOf: CivilDate) {
        self.months = months
        self.rows = rows
        self.asOf = asOf
    }
}
