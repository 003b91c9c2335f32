package import CivilTime

/// Counts a month straight from timelines, without any projection: for figures as they were known then, for files of
/// facts, and as what the stored figures are checked against.
package struct FoldedMonth {
    package let month: Month
    package let population: Population
    package let unit: CountingUnit
    package let asOf: CivilDate
    private var figures = MonthFigures()
    private var fromEpisode: [Int] = []
    private var fromIdentification: [Int] = []

    package init(month: Month, population: Population, unit: CountingUnit, asOf: CivilDate) {
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = asOf
    }

    package mutating func add(_ spells: [Spell]) {
        countStock(spells)
        var seen: Set<Measure> = []
        for flow in flows(of: spells) where counts(flow) {
            let isFirst = seen.insert(flow.measure).inserted
            let key = MonthFigures.Key(flow.measure, reason: flow.reason)
            figures.counts[key, default: Count()].events += 1
            figures.counts[key, default: Count()].people += isFirst ? 1 : 0
            if let length = flow.length {
                fromEpisode.append(length.fromEpisode)
                fromIdentification.append(length.fromIdentification)
            }
        }
    }

    /// Adds facts about the month that came after it had ended.
    package mutating func addLateFacts(_ count: Int, imported: Int) {
        figures.lateFacts += count
        figures.lateImportedFacts += imported
    }

    package func report() -> MonthlyReport {
        var figures = figures
        figures.fromEpisode = LengthSummary(fromEpisode)
        figures.fromIdentification = LengthSummary(fromIdentification)
        return MonthlyReport(month: month, population: population, unit: unit, asOf: asOf, figures: figures)
    }

    /// Whether the flow falls into the month, up to the last reported day, and touches the population.
    package func counts(_ flow: Flow) -> Bool {
        month.firstDay <= flow.day && flow.day <= asOf && flow.populations.contains(population, unit)
    }

    private mutating func countStock(_ spells: [Spell]) {
        let dayBefore = month.firstDay.adding(days: -1)
        if spells.contains(where: { $0.holds(on: dayBefore) && $0.populations.contains(population, unit) }) {
            figures.activeAtStart += 1
        }
        if spells.contains(where: { $0.holds(on: asOf) && $0.populations.isLeftOut(unit) }) { figures.leftOut += 1 }
        guard let last = spells.first(where: { $0.holds(on: asOf) && $0.populations.contains(population, unit) })
        else { return }
        figures.activeAtEnd += 1
        figures.unnamed += last.gaps.contains(.unnamed) ? 1 : 0
        figures.unassessed += last.gaps.contains(.unassessed) ? 1 : 0
        figures.unconsented += last.gaps.contains(.unconsented) ? 1 : 0
    }
}

extension Spell {
    /// Whether it holds at the end of the day.
    package func holds(on day: CivilDate) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }
}
