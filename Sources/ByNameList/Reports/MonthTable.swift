/// All figures of one month of one state of the record: every standard population in both units.
///
/// What is withheld of a month is decided for the table and never for the rows that somebody asks for: two answers put
/// together then say no more than one.
package struct MonthTable: Hashable, Sendable {
    /// Every row of a table.
    package static let rows: [(population: Population, unit: CountingUnit)] = Population.standard.flatMap {
        population in CountingUnit.allCases.map { (population, $0) }
    }

    private let reports: [MonthlyReport]

    /// - Parameter report: gives the report of a row; all are of one month.
    package init(_ report: (Population, CountingUnit) throws -> MonthlyReport) rethrows {
        reports = try MonthTable.rows.map { try report($0.population, $0.unit) }
    }

    package subscript(population: Population, unit: CountingUnit) -> MonthlyReport {
        reports[MonthTable.place(population, unit)]
    }

    /// Where a row stands among all of them.
    package static func place(_ population: Population, _ unit: CountingUnit) -> Int {
        Int(population.place) * CountingUnit.allCases.count + Int(unit.rawValue)
    }
}
