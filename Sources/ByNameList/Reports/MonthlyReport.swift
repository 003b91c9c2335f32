package import CivilTime

/// One month of one population, as coordinators send it (domain.md 7).
package struct MonthlyReport: Hashable, Sendable {
    package let month: Month
    package let population: Population
    package let unit: CountingUnit
    /// The last day that is reported: the end of the month, or today while it runs.
    package let asOf: CivilDate
    package let figures: MonthFigures

    package init(month: Month, population: Population, unit: CountingUnit, asOf: CivilDate, figures: MonthFigures) {
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = asOf
        self.figures = figures
    }

    package func count(_ measure: Measure) -> Count {
        figures.counts.reduce(Count()) { $1.key.measure == measure ? $0 + $1.value : $0 }
    }

    package func count(_ measure: Measure, reason: UInt8) -> Count {
        figures.counts[MonthFigures.Key(measure, reason: reason)] ?? Count()
    }

    package var inflow: Int {
        Measure.allCases.filter(\.isInflow).reduce(0) { $0 + count($1).events }
    }

    package var outflow: Int {
        Measure.allCases.filter { !$0.isInflow }.reduce(0) { $0 + count($1).events }
    }

    package var netChange: Int { inflow - outflow }

    /// What the flows say the end should be.
    package var expectedAtEnd: Int { figures.activeAtStart + netChange }

    /// Actual less expected: zero, or the product is wrong.
    package var error: Int { figures.activeAtEnd - expectedAtEnd }
}

/// The last day of a month that can be reported: its end, or an earlier day.
package func lastReportedDay(of month: Month, today: CivilDate) -> CivilDate {
    min(month.lastDay, today)
}

extension MonthlyReport {
    /// The number of a figure; of flows the events.
    package func value(_ figure: Figure) -> Int {
        switch figure {
        case .activeAtStart: figures.activeAtStart
        case .activeAtEnd: figures.activeAtEnd
        case .flow(let measure): count(measure).events
        case .gap(.unnamed): figures.unnamed
        case .gap(.unassessed): figures.unassessed
        case .gap(.unconsented): figures.unconsented
        case .leftOut: figures.leftOut
        }
    }
}
