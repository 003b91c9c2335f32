package import CivilTime

/// What somebody counts for in a month, once: in one figure, on one day, in some populations.
///
/// The figures of a month are how many entries of all people have the population (domain.md 7, event counting).
package struct MonthEntry: Hashable, Sendable {
    package let figure: Figure
    /// The day of the event, or the day at whose end somebody was active.
    package let day: CivilDate
    /// An `InactiveReason`, `Housing` or `CriteriaReason`, as its raw value; 0 where the figure has no reasons.
    package let reason: UInt8
    package let populations: PopulationSet

    package init(figure: Figure, day: CivilDate, reason: UInt8, populations: PopulationSet) {
        self.figure = figure
        self.day = day
        self.reason = reason
        self.populations = populations
    }

    /// Whether it counts in that row of the report.
    package func counts(in population: Population, _ unit: CountingUnit) -> Bool {
        figure == .leftOut ? populations.isLeftOut(unit) : populations.contains(population, unit)
    }
}

/// What the spells of one person count for in a month up to a day, in the order of the report.
package func monthEntries(of spells: [Spell], in month: Month, asOf: CivilDate) -> [MonthEntry] {
    var entries: [MonthEntry] = []
    func add(_ figure: Figure, _ day: CivilDate, _ populations: PopulationSet, reason: UInt8 = 0) {
        entries.append(MonthEntry(figure: figure, day: day, reason: reason, populations: populations))
    }
    let dayBefore = month.firstDay.adding(days: -1)
    if let spell = spells.first(where: { $0.holds(on: dayBefore) }) {
        add(.activeAtStart, dayBefore, spell.populations)
    }
    for flow in flows(of: spells) where month.firstDay <= flow.day && flow.day <= asOf {
        add(.flow(flow.measure), flow.day, flow.populations, reason: flow.reason)
    }
    guard let last = spells.first(where: { $0.holds(on: asOf) }) else { return entries }
    add(.activeAtEnd, asOf, last.populations)
    for gap in Figure.Gap.allCases where last.gaps.contains(gap.gaps) { add(.gap(gap), asOf, last.populations) }
    if last.populations.isLeftOut(.persons) { add(.leftOut, asOf, last.populations) }
    return entries
}
