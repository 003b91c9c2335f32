package import CivilTime

/// Several months in several rows of a report, counted from timelines in one walk through the people.
package struct FoldedMonths: Sendable {
    /// Month by month, and within a month in the order of the rows.
    private var months: [Rows]

    /// The rows of one month, which look at the same days.
    private struct Rows {
        let first: CivilDate
        let asOf: CivilDate
        var rows: [FoldedMonth]
    }

    package init(_ months: [Month], rows: [(population: Population, unit: CountingUnit)], asOf: CivilDate) {
        self.init(months, rows: rows, asOf: asOf) {
            FoldedMonth(month: $0, population: $1, unit: $2, asOf: $3)
        }
    }

    /// - Parameters:
    ///   - asOf: the last day that is reported.
    ///   - begun: what is counted already of a month's population and unit, up to a day.
    package init<Failure: Error>(
        _ months: [Month], rows: [(population: Population, unit: CountingUnit)], asOf: CivilDate,
        _ begun: (Month, Population, CountingUnit, CivilDate) throws(Failure) -> FoldedMonth
    ) throws(Failure) {
        self.months = []
        for month in months {
            let day = min(asOf, month.lastDay)
            var begunRows: [FoldedMonth] = []
            for row in rows { begunRows.append(try begun(month, row.population, row.unit, day)) }
            self.months.append(Rows(first: month.firstDay, asOf: day, rows: begunRows))
        }
    }

    /// Adds what the spells of one person count for, or takes it away.
    package mutating func count(_ spells: [Spell], sign: Int = 1) {
        guard !spells.isEmpty else { return }
        let flows = flows(of: spells)
        for place in months.indices {
            let (first, last) = (months[place].first, months[place].asOf)
            let start = spells.first { $0.holds(on: first.adding(days: -1)) }
            let end = spells.first { $0.holds(on: last) }
            let within = flows.filter { first <= $0.day && $0.day <= last }
            // Most months saw nothing of most people.
            guard start != nil || end != nil || !within.isEmpty else { continue }
            for row in months[place].rows.indices {
                months[place].rows[row].count(within, atStart: start, atEnd: end, sign: sign)
            }
        }
    }

    /// Adds what was counted of others, in the same months and rows.
    package mutating func merge(_ other: FoldedMonths) {
        for place in months.indices {
            for row in months[place].rows.indices {
                months[place].rows[row].merge(other.months[place].rows[row])
            }
        }
    }

    /// Adds facts about a month that came after it had ended.
    package mutating func addLateFacts(_ count: (byHand: Int, imported: Int), to month: Month) {
        for place in months.indices where months[place].first == month.firstDay {
            for row in months[place].rows.indices {
                months[place].rows[row].addLateFacts(count.byHand, imported: count.imported)
            }
        }
    }

    /// Month by month, and within a month in the order of the rows.
    package func reports() -> [MonthlyReport] { months.flatMap { $0.rows.map { $0.report() } } }
}
