package import ByNameList
package import CivilTime
package import Store

/// Why somebody counts in the figures of a month, or does not: in words, with dates, facts and the line of the rule
/// (domain.md 5 to 7).
package struct MonthExplanation {
    package let account: MonthAccount
    package let month: Month
    package let population: Population
    package let unit: CountingUnit
    /// The last day that is reported.
    package let asOf: CivilDate
    private let words: TimelineWords
    private let criteria: CriteriaWords
    private let entries: [MonthEntry]

    /// - Parameter asOf: the last day that is known of; what is reported ends with the month.
    package init(
        _ account: MonthAccount, month: Month, population: Population, unit: CountingUnit, asOf: CivilDate,
        names: RecordNames
    ) {
        self.account = account
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = min(asOf, month.lastDay)
        words = TimelineWords(
            account.timeline, facts: account.facts, populations: account.policy.populations, names: names)
        criteria = CriteriaWords(account, population: population, unit: unit, words: words)
        entries = monthEntries(of: account.timeline.spells, in: month, asOf: min(asOf, month.lastDay))
    }

    /// What the person counts for in a figure; empty if they do not.
    package func entries(of figure: Figure) -> [MonthEntry] {
        entries.filter { $0.figure == figure && $0.counts(in: population, unit) }
    }

    /// The change of list status behind an entry; `nil` where no single one is.
    private func change(behind entry: MonthEntry) -> StatusChange? {
        switch entry.figure {
        case .flow(let measure):
            account.timeline.changes.first { $0.on == entry.day && $0.measure == measure && $0.reason == entry.reason }
                ?? account.timeline.changes.first { $0.on == entry.day && $0.measure == measure }
        case .activeAtStart, .activeAtEnd, .gap, .leftOut:
            account.timeline.changes.last { $0.on <= entry.day && $0.to == .active }
        }
    }

    /// The fact behind an entry; `nil` where time alone, or no single fact, brought it about.
    package func fact(behind entry: MonthEntry) -> FactID? {
        switch entry.figure {
        case .flow(.newlyMeetsCriteria), .flow(.noLongerMeetsCriteria): criteria.fact(on: entry.day)
        case .flow, .activeAtStart, .activeAtEnd, .gap, .leftOut: change(behind: entry)?.fact
        }
    }

    /// Why the person counts for an entry.
    package func sentence(_ entry: MonthEntry) -> String {
        switch entry.figure {
        case .activeAtStart, .activeAtEnd: return present(on: entry.day)
        case .flow(.newlyMeetsCriteria), .flow(.noLongerMeetsCriteria):
            return criteria.change(on: entry.day, isHeadshipOnly: entry.reason == CriteriaReason.headship.rawValue)
        case .flow:
            let change = change(behind: entry).map(words.sentence) ?? "\(entry.day): \(plain(entry.figure.code))."
            return change + criteria.suffix(on: entry.day, isLeaving: isOutflow(entry.figure))
        case .gap(.unnamed): return "\(entry.day): active, and nobody has recorded a name. [counted unnamed]"
        case .gap(.unassessed): return "\(entry.day): active, and not assessed up to then. [counted unassessed]"
        case .gap(.unconsented):
            return "\(entry.day): active, without consent to be on the list. [counted without consent]"
        case .leftOut:
            return "\(entry.day): active, but left out of every population for want of consent, which this community's "
                + "policy asks for. [consent]"
        }
    }

    /// Why the person counts in a figure, or does not; at least one sentence.
    package func sentences(of figure: Figure) -> [String] {
        let counted = entries(of: figure)
        return counted.isEmpty ? [reasonWhyNot(figure)] : counted.map(sentence)
    }

    private func isOutflow(_ figure: Figure) -> Bool {
        if case .flow(let measure) = figure { return !measure.isInflow }
        return false
    }

    // MARK: Active on a day

    private func present(on day: CivilDate) -> String {
        let began = account.timeline.changes.last { $0.on <= day && $0.to == .active }
        let since = began.map { "Active at the end of \(day), since \($0.on). " + words.sentence($0) }
        return (since ?? "Active at the end of \(day).") + criteria.suffix(on: day, isLeaving: false)
    }

    private func status(on day: CivilDate) -> StatusChange? { account.timeline.changes.last { $0.on <= day } }

    private func absent(on day: CivilDate) -> String {
        guard let last = status(on: day) else {
            return "Not active at the end of \(day): never identified up to then. [list status: unknown]"
        }
        guard last.to == .active else {
            return "Not active at the end of \(day): \(last.to.code) since \(last.on). " + words.sentence(last)
        }
        return "Active at the end of \(day), but not counted in \(population.name) (\(unit.code)). "
            + criteria.missing(on: day)
    }

    // MARK: Not in a figure

    private func reasonWhyNot(_ figure: Figure) -> String {
        switch figure {
        case .activeAtStart: return absent(on: month.firstDay.adding(days: -1))
        case .activeAtEnd: return absent(on: asOf)
        case .gap(let gap):
            return entries(of: .activeAtEnd).isEmpty
                ? absent(on: asOf) : "Active at the end of \(asOf), and not \(gap.code)."
        case .leftOut: return "Not left out for want of consent at the end of \(asOf)."
        case .flow(let measure):
            let elsewhere = entries.first { $0.figure == figure }
            if let elsewhere { return outsidePopulation(elsewhere) }
            return nothingHappened(measure)
        }
    }

    private func outsidePopulation(_ entry: MonthEntry) -> String {
        let change = change(behind: entry).map(words.sentence) ?? "\(entry.day): \(plain(entry.figure.code))."
        // Who went was in a population up to the day before.
        let day = isOutflow(entry.figure) ? entry.day.adding(days: -1) : entry.day
        return "\(change) Not counted in \(population.name) (\(unit.code)). " + criteria.missing(on: day)
    }

    private func nothingHappened(_ measure: Measure) -> String {
        let during = "from \(month.firstDay) to \(asOf)"
        switch measure {
        case .newlyIdentified:
            guard let first = account.timeline.changes.first(where: { $0.measure == .newlyIdentified }) else {
                return "Not identified up to \(asOf). [list status: unknown]"
            }
            return first.on < month.firstDay
                ? "Identified before the month. " + words.sentence(first)
                : "Identified after \(asOf): on \(first.on)."
        case .newlyMeetsCriteria: return "Did not come into \(population.name) while active, \(during)."
        case .noLongerMeetsCriteria: return "Did not leave \(population.name) while active, \(during)."
        case .returnedFromHousing, .returnedFromInactive, .housingMoveIns, .movedToInactive:
            let state = status(on: asOf).map { "; \($0.to.code) since \($0.on)" } ?? "; never identified"
            return "Not \(plain(measure.code)) \(during)\(state)."
        }
    }
}
