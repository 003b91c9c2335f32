import ByNameList
import CivilTime
import Fixtures
import Store

/// The question that one report answers.
struct ReportQuestion: Sendable {
    let month: Month
    let population: Population
    let unit: CountingUnit
    let asOf: CivilDate

    init(_ month: Month, _ population: Population, _ unit: CountingUnit, asOf: CivilDate? = nil) {
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = asOf ?? month.lastDay
    }

    /// Of those months, every population in both units.
    static func all(
        of months: [Month], _ policy: Policy = .likeUS, asOf: (Month) -> CivilDate = \.lastDay
    ) -> [ReportQuestion] {
        months.flatMap { month in
            policy.populations.flatMap { population in
                CountingUnit.allCases.map { ReportQuestion(month, population, $0, asOf: asOf(month)) }
            }
        }
    }

    /// The answer by folding, without any store.
    func folded(_ timelines: [Timeline]) -> MonthFigures {
        var folded = FoldedMonth(month: month, population: population, unit: unit, asOf: asOf)
        for timeline in timelines { folded.add(timeline.spells) }
        return folded.report().figures
    }
}

extension ScratchStore {
    /// The stored figures that are asked for; late facts are looked at apart.
    func stored(_ questions: [ReportQuestion]) throws -> [MonthFigures] {
        try store.read { reader in
            let community = try reader.community("test")
            return try questions.map { question in
                try reader.month(
                    question.month, of: community, population: question.population, unit: question.unit,
                    asOf: question.asOf
                ).report.figures.withoutLateFacts
            }
        }
    }

    /// The first question whose stored answer is not the folded one, and both answers.
    func firstDifference(_ questions: [ReportQuestion], from timelines: [Timeline]) throws -> String? {
        let stored = try stored(questions)
        for (question, figures) in zip(questions, stored) {
            let folded = question.folded(timelines)
            if figures != folded { return "\(question)\nstored: \(figures)\nfolded: \(folded)" }
        }
        return nil
    }

    /// The rows of the projection in force that say anything, as sorted text.
    func projectionRows() throws -> [String] {
        let tables = [
            ("spell", "true"), ("tally", "events <> 0 OR people <> 0"), ("month_tally", "events <> 0 OR people <> 0"),
            ("length_tally", "move_ins <> 0 OR days <> 0"),
        ]
        return try tables.flatMap { table, condition in
            let columns = try texts("SELECT name FROM pragma_table_info('\(table)') WHERE name <> 'projection'")
            let row = columns.map { "coalesce(\($0), '-')" }.joined(separator: " || ' ' || ")
            return try texts(
                """
                SELECT '\(table) ' || \(row) FROM \(table)
                WHERE projection = (SELECT projection FROM community WHERE code = 'test') AND (\(condition)) ORDER BY 1
                """)
        }
    }

    func problems() throws -> [String] {
        try store.read { reader in try reader.check(try reader.community("test")).problems }
    }
}

extension MonthFigures {
    var withoutLateFacts: MonthFigures {
        var figures = self
        (figures.lateFacts, figures.lateImportedFacts) = (0, 0)
        return figures
    }
}

extension [Timeline] {
    /// From the month before the first change to the one after the last, and no more than fifty years of them.
    var months: [Month] {
        let spells = flatMap(\.spells)
        guard let first = spells.map(\.from.month).min() else { return [] }
        let last = spells.compactMap(\.to).max()?.month ?? first
        var months = [first.previous]
        while let month = months.last, month <= last, months.count < 600 { months.append(month.next) }
        return months
    }
}
