import ByNameList
import CivilTime

/// One figure of a month's table, as an attacker writes it down.
struct Cell: Hashable, Sendable, CustomStringConvertible {
    /// Of people on a day: of the day before its first day.
    let month: Month
    let population: Population
    let unit: CountingUnit
    let name: String

    var description: String { "\(month) \(population.code) \(unit.code) \(name)" }

    /// The people at the end of a month are those at the start of the next.
    init(_ month: Month, _ population: Population, _ unit: CountingUnit, _ name: String) {
        switch name {
        case "active_at_end", "expected_at_end": (self.month, self.name) = (month.next, "active_at_start")
        case "days_to_housing_count": (self.month, self.name) = (month, "housing_move_ins")
        default: (self.month, self.name) = (month, name)
        }
        self.population = population
        self.unit = unit
    }
}

/// A sum that is known to be nought, or at most that.
struct CountRelation {
    let terms: [(factor: Int, cell: Cell)]
    let isEquation: Bool
}

/// Everything that is known of the figures of a list without having seen one: what sums to what, what holds what.
struct CountRelations {
    private(set) var all: [CountRelation] = []
    private let months: [Month]
    private let isUS: Bool

    /// - Parameter isUS: veterans and chronic people are counted among adults outside families.
    init(_ months: [Month], isUS: Bool) {
        self.months = months
        self.isUS = isUS
        for month in months {
            for population in Population.standard {
                for unit in CountingUnit.allCases { withinRow(month, population, unit) }
                betweenUnits(month, population)
            }
            for unit in CountingUnit.allCases { betweenPopulations(month, unit) }
        }
    }

    private static let listMeasures: [Measure] = [
        .newlyIdentified, .returnedFromHousing, .returnedFromInactive, .housingMoveIns, .movedToInactive,
    ]
    private static let housing = Housing.allCases.map { "housing_move_ins_" + $0.code }
    private static let reasons = InactiveReason.allCases.map { "moved_to_inactive_" + $0.code }
    private static let gaps = ["unnamed", "unassessed", "unconsented"]
    /// What everybody's number holds of each population, and is the sum of over the kinds of households.
    private static let additive =
        ["active_at_start", "active_at_end"] + listMeasures.map(\.code) + housing + reasons + gaps

    private mutating func add(_ terms: [(Int, Cell)], isEquation: Bool) {
        all.append(CountRelation(terms: terms.map { (factor: $0, cell: $1) }, isEquation: isEquation))
    }

    private mutating func equal(_ cell: Cell, _ sum: [Cell]) {
        add([(-1, cell)] + sum.map { (1, $0) }, isEquation: true)
    }

    private mutating func atMost(_ part: Cell, _ whole: [Cell]) {
        add([(1, part)] + whole.map { (-1, $0) }, isEquation: false)
    }

    private mutating func withinRow(_ month: Month, _ population: Population, _ unit: CountingUnit) {
        func cell(_ name: String) -> Cell { Cell(month, population, unit, name) }
        add(
            [(1, cell("active_at_start")), (1, cell("inflow")), (-1, cell("outflow")), (-1, cell("active_at_end"))],
            isEquation: true)
        add([(1, cell("inflow")), (-1, cell("outflow")), (-1, cell("net_change"))], isEquation: true)
        equal(cell("inflow"), Measure.allCases.filter(\.isInflow).map { cell($0.code) })
        equal(cell("outflow"), Measure.allCases.filter { !$0.isInflow }.map { cell($0.code) })
        equal(cell("housing_move_ins"), CountRelations.housing.map(cell))
        equal(cell("moved_to_inactive"), CountRelations.reasons.map(cell))
        for measure in Measure.allCases { atMost(cell(measure.code + "_people"), [cell(measure.code)]) }
        atMost(cell("became_head"), [cell("newly_meets_criteria")])
        atMost(cell("ceased_to_be_head"), [cell("no_longer_meets_criteria")])
        for gap in CountRelations.gaps { atMost(cell(gap), [cell("active_at_end")]) }
    }

    /// Whoever is the head of a household is a person.
    private mutating func betweenUnits(_ month: Month, _ population: Population) {
        for name in CountRelations.additive {
            atMost(Cell(month, population, .households, name), [Cell(month, population, .persons, name)])
        }
    }

    private mutating func betweenPopulations(_ month: Month, _ unit: CountingUnit) {
        let kinds: [Population] = [.allSingles, .families, .youth]
        for name in CountRelations.additive {
            let whole = Cell(month, .all, unit, name)
            equal(whole, kinds.map { Cell(month, $0, unit, name) })
            for group in CountRelations.groups {
                atMost(Cell(month, group, unit, name), [whole])
                guard isUS, group != .indigenous else { continue }
                atMost(
                    Cell(month, group, unit, name),
                    [Cell(month, .allSingles, unit, name), Cell(month, .youth, unit, name)])
            }
            overlap(month, unit, name)
        }
        for group in CountRelations.groups { outside(group, month, unit) }
        let (entered, left) = (Measure.newlyMeetsCriteria.code, Measure.noLongerMeetsCriteria.code)
        // Who goes from one kind to another leaves the one and enters the other.
        add(
            kinds.flatMap { [(1, Cell(month, $0, unit, entered)), (-1, Cell(month, $0, unit, left))] }
                + [(-1, Cell(month, .all, unit, entered)), (1, Cell(month, .all, unit, left))], isEquation: true)
    }

    private static let groups: [Population] = [.veterans, .chronic, .indigenous]

    /// Chronic veterans are both, and whoever is either is somebody.
    private mutating func overlap(_ month: Month, _ unit: CountingUnit, _ name: String) {
        let both = Cell(month, .chronicVeterans, unit, name)
        let (veterans, chronic) = (Cell(month, .veterans, unit, name), Cell(month, .chronic, unit, name))
        atMost(both, [veterans])
        atMost(both, [chronic])
        add([(1, veterans), (1, chronic), (-1, both), (-1, Cell(month, .all, unit, name))], isEquation: false)
    }

    /// Those who are outside of a group are people as well, with their own heads of households and gaps.
    private mutating func outside(_ group: Population, _ month: Month, _ unit: CountingUnit) {
        let end = "active_at_end"
        for gap in CountRelations.gaps {
            add(
                [
                    (1, Cell(month, .all, unit, gap)), (-1, Cell(month, group, unit, gap)),
                    (-1, Cell(month, .all, unit, end)), (1, Cell(month, group, unit, end)),
                ], isEquation: false)
        }
        guard unit == .households else { return }
        for name in CountRelations.additive {
            add(
                [
                    (1, Cell(month, .all, .households, name)), (-1, Cell(month, group, .households, name)),
                    (-1, Cell(month, .all, .persons, name)), (1, Cell(month, group, .persons, name)),
                ], isEquation: false)
        }
    }
}
