package import CivilTime

/// Counts a month straight from timelines, without any projection: for figures as they were known then, for files of
/// facts, and as what the stored figures are checked against.
package struct FoldedMonth {
    package let month: Month
    package let population: Population
    package let unit: CountingUnit
    package let asOf: CivilDate
    private var figures: MonthFigures
    /// Move-ins by their length in days.
    private var fromEpisode: [Int: Int]
    private var fromIdentification: [Int: Int]

    /// - Parameters:
    ///   - figures: what is counted already; its summaries of lengths are worked out anew.
    ///   - fromEpisode: the move-ins that are counted already, by their length.
    package init(
        month: Month, population: Population, unit: CountingUnit, asOf: CivilDate,
        figures: MonthFigures = MonthFigures(), fromEpisode: [Int: Int] = [:], fromIdentification: [Int: Int] = [:]
    ) {
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = asOf
        self.figures = figures
        self.fromEpisode = fromEpisode
        self.fromIdentification = fromIdentification
    }

    package mutating func add(_ spells: [Spell]) {
        let dayBefore = month.firstDay.adding(days: -1)
        count(
            flows(of: spells).filter { month.firstDay <= $0.day && $0.day <= asOf },
            atStart: spells.first { $0.holds(on: dayBefore) }, atEnd: spells.first { $0.holds(on: asOf) }, sign: 1)
    }

    /// Adds what one person counts for, or takes it away.
    ///
    /// - Parameters:
    ///   - flows: those that fall into the month, up to the last reported day.
    ///   - start: the spell that held at the end of the day before; no more than one holds on a day.
    ///   - end: the one that holds at the end of the last reported day.
    mutating func count(_ flows: [Flow], atStart start: Spell?, atEnd end: Spell?, sign: Int) {
        if start?.populations.contains(population, unit) == true { figures.activeAtStart += sign }
        if let end { countPresent(end, sign) }
        var seen: Set<Measure> = []
        for flow in flows where flow.populations.contains(population, unit) {
            let isFirst = seen.insert(flow.measure).inserted
            let key = MonthFigures.Key(flow.measure, reason: flow.reason)
            figures.counts[key, default: Count()] += Count(events: sign, people: isFirst ? sign : 0)
            if let length = flow.length { count(length, sign) }
        }
    }

    private mutating func count(_ length: Flow.LengthOfTime, _ sign: Int) {
        fromEpisode[length.fromEpisode, default: 0] += sign
        fromIdentification[length.fromIdentification, default: 0] += sign
    }

    /// Adds what was counted of others.
    package mutating func merge(_ other: FoldedMonth) {
        figures += other.figures
        fromEpisode.merge(other.fromEpisode, uniquingKeysWith: +)
        fromIdentification.merge(other.fromIdentification, uniquingKeysWith: +)
    }

    /// Adds facts about the month that came after it had ended.
    package mutating func addLateFacts(_ count: Int, imported: Int) {
        figures.lateFacts += count
        figures.lateImportedFacts += imported
    }

    package func report() -> MonthlyReport {
        var figures = figures
        figures.counts = figures.counts.filter { $0.value != Count() }
        figures.fromEpisode = LengthSummary(FoldedMonth.lengths(fromEpisode))
        figures.fromIdentification = LengthSummary(FoldedMonth.lengths(fromIdentification))
        return MonthlyReport(month: month, population: population, unit: unit, asOf: asOf, figures: figures)
    }

    private static func lengths(_ counts: [Int: Int]) -> [Int] {
        counts.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    /// Whether the flow falls into the month, up to the last reported day, and touches the population.
    package func counts(_ flow: Flow) -> Bool {
        month.firstDay <= flow.day && flow.day <= asOf && flow.populations.contains(population, unit)
    }

    private mutating func countPresent(_ spell: Spell, _ sign: Int) {
        if spell.populations.isLeftOut(unit) { figures.leftOut += sign }
        guard spell.populations.contains(population, unit) else { return }
        figures.activeAtEnd += sign
        figures.unnamed += spell.gaps.contains(.unnamed) ? sign : 0
        figures.unassessed += spell.gaps.contains(.unassessed) ? sign : 0
        figures.unconsented += spell.gaps.contains(.unconsented) ? sign : 0
    }
}

extension Spell {
    /// Whether it holds at the end of the day.
    package func holds(on day: CivilDate) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }
}
