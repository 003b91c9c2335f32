/// Which parts of a month's table are shown to who must not learn of a few people: one pure function of the whole table
/// (decision 0010, which says why nothing that is withheld follows from what is shown).
///
/// A number is small if it counts somebody, and fewer than the policy's limit. A part is shown only if no number in it
/// is small, nor what it leaves of the number of which it is a part; and only beside the parts that it explains.
package struct ShownParts: Hashable, Sendable {
    private var parts: [ReportParts]
    private let limit: Int

    /// - Parameter limit: counts under it are withheld; below 2 nothing is.
    package init(of table: MonthTable, under limit: Int) {
        self.limit = limit
        parts = Array(repeating: limit < 2 ? .everything : [], count: MonthTable.rows.count)
        guard limit >= 2 else { return }
        showPeople(of: table, .start, \.activeAtStart)
        showPeople(of: table, .end, \.activeAtEnd)
        showFlows(of: table)
        showReasons(of: table[.all, .persons])
        showGaps(of: table[.all, .persons])
        showLeftOut(table[.all, .persons])
    }

    package subscript(population: Population, unit: CountingUnit) -> ReportParts {
        parts[MonthTable.place(population, unit)]
    }

    // MARK: Numbers

    private func isSmall(_ count: Int) -> Bool { 0 < count && count < limit }

    private func isSmall(_ part: Int, of whole: Int) -> Bool { isSmall(part) || isSmall(whole - part) }

    private func isSmall(_ count: Count, of whole: Count) -> Bool {
        isSmall(count.events, of: whole.events) || isSmall(count.people, of: whole.people)
    }

    private mutating func show(_ part: ReportParts, _ population: Population, _ unit: CountingUnit = .persons) {
        parts[MonthTable.place(population, unit)].formUnion(part)
    }

    private func shows(_ part: ReportParts, _ population: Population, _ unit: CountingUnit = .persons) -> Bool {
        self[population, unit].isSuperset(of: part)
    }

    // MARK: People on a day

    /// Nobody is withheld as a few are: that a number is missing must not say that somebody is there.
    private mutating func showPeople(
        of table: MonthTable, _ part: ReportParts, _ people: KeyPath<MonthFigures, Int>
    ) {
        for unit in CountingUnit.allCases {
            func count(_ population: Population) -> Int { table[population, unit].figures[keyPath: people] }
            func fits(_ population: Population) -> Bool {
                guard count(population) >= limit else { return false }
                switch unit {
                case .persons: return true
                // What is left are those who are not the head of their household.
                case .households:
                    let persons = table[population, .persons].figures[keyPath: people]
                    return shows(part, population) && !isSmall(count(population), of: persons)
                }
            }
            guard fits(.all) else { continue }
            show(part, .all, unit)
            let kinds = Population.kinds
            if kinds.allSatisfy(fits) { for kind in kinds { show(part, kind, unit) } }
            for group in Population.groups where fits(group) && !isSmall(count(group), of: count(.all)) {
                show(part, group, unit)
            }
        }
    }

    // MARK: Flows

    /// Of persons only, as those of households differ from them by ones and twos; and not of the kinds of households,
    /// among which few people move.
    private mutating func showFlows(of table: MonthTable) {
        let all = table[.all, .persons]
        guard hasTotals(all) else { return }
        show(.totals, .all)
        for side in Side.allCases where !isSmall(side, of: all) { show(side.part, .all) }
        for group in Population.groups where hasTotals(table[group, .persons]) {
            show(.totals, group)
            for side in Side.allCases where shows(side.part, .all) {
                if !isSmall(side, of: table[group, .persons], within: all) { show(side.part, group) }
            }
        }
    }

    private func hasTotals(_ report: MonthlyReport) -> Bool {
        shows(.change, report.population) && !isSmall(report.inflow) && !isSmall(report.outflow)
    }

    private enum Side: CaseIterable {
        case waysIn
        case waysOut

        var part: ReportParts {
            switch self {
            case .waysIn: .waysIn
            case .waysOut: .waysOut
            }
        }

        var measures: [Measure] { Measure.allCases.filter { $0.isInflow == (self == .waysIn) } }
    }

    /// - Parameter all: of whose events those of a group are a part; `nil` of everybody.
    private func isSmall(_ side: Side, of report: MonthlyReport, within all: MonthlyReport? = nil) -> Bool {
        side.measures.contains { measure in
            let count = report.count(measure)
            // Who joins or leaves a group does not join or leave the list by that.
            guard let all, measure.isOfTheList else { return isSmall(count, of: count) }
            return isSmall(count, of: all.count(measure))
        }
    }

    // MARK: The rest

    /// Of everybody only: by reason, nearly every group has small numbers.
    private mutating func showReasons(of all: MonthlyReport) {
        guard shows(.waysOut, .all) else { return }
        let housing = Housing.allCases.map { all.count(.housingMoveIns, reason: $0.rawValue) }
        if !housing.contains(where: { isSmall($0, of: $0) }) { show(.housing, .all) }
        let reasons = InactiveReason.allCases.map { all.count(.movedToInactive, reason: $0.rawValue) }
        if !reasons.contains(where: { isSmall($0, of: $0) }) { show(.reasons, .all) }
    }

    private mutating func showGaps(of all: MonthlyReport) {
        guard shows(.end, .all) else { return }
        let gaps: [(ReportParts, Int)] = [
            (.unnamed, all.figures.unnamed), (.unassessed, all.figures.unassessed),
            (.unconsented, all.figures.unconsented),
        ]
        for (part, count) in gaps where !isSmall(count, of: all.figures.activeAtEnd) { show(part, .all) }
    }

    /// Who is left out is no part of any population. Late facts are never shown: one entry after the other, they would
    /// tell of each.
    private mutating func showLeftOut(_ all: MonthlyReport) {
        guard !isSmall(all.figures.leftOut) else { return }
        for population in Population.standard { show(.leftOut, population) }
    }
}

extension Population {
    /// How a population lies in everybody.
    private enum Share {
        case everybody
        /// Of the kinds of households, of which everybody is in exactly one: together they are everybody.
        case kind
        /// Lies across the kinds and the other groups.
        case group
    }

    private var share: Share? {
        switch self {
        case .all: .everybody
        case .allSingles, .families, .youth: .kind
        case .veterans, .chronic, .indigenous: .group
        // Beside the two of which they are the overlap, each number of them would tell three others; and a saved filter
        // can be anything.
        default: nil
        }
    }

    fileprivate static let kinds = standard.filter { $0.share == .kind }
    fileprivate static let groups = standard.filter { $0.share == .group }
}

extension Measure {
    /// Whether somebody joins or leaves the list itself, so that everybody's number holds those of each population.
    fileprivate var isOfTheList: Bool {
        switch self {
        case .newlyIdentified, .returnedFromHousing, .returnedFromInactive, .housingMoveIns, .movedToInactive: true
        case .newlyMeetsCriteria, .noLongerMeetsCriteria: false
        }
    }
}
