import ByNameList
import CivilTime
import Fixtures

/// A flow into or out of a population.
struct SlowFlow: Hashable {
    let on: CivilDate
    let measure: Measure
    let reason: UInt8
    let population: Population
    let unit: CountingUnit
}

/// What the slow model says of one person.
struct SlowLife {
    let person: PersonID
    let firstDay: CivilDate
    /// At the end of each day since the first.
    var statuses: [ListStatus] = []
    /// At the end of each day since the first.
    var memberships: [PopulationSet] = []
    var changes: [SlowChange] = []
    var flows: [SlowFlow] = []

    func status(on day: CivilDate) -> ListStatus { day < firstDay ? .unknown : statuses[day - firstDay] }

    func membership(on day: CivilDate) -> PopulationSet {
        day < firstDay ? PopulationSet() : memberships[day - firstDay]
    }
}

/// The rules of the list worked by hand: every day, every person, every stay, straight from domain.md.
///
/// It shares nothing with the timeline but the types of facts and policies, so that a mistake must be made twice to
/// go unseen.
enum SlowModel {
    /// The lives of everybody from the day before the first fact to the horizon.
    static func lives(facts: [Fact], policy: Policy, horizon: CivilDate) -> [SlowLife] {
        lives(standing: slowStanding(facts), of: Set(facts.map(\.person)).sorted(), policy: policy, horizon: horizon)
    }

    /// The same of facts that stand.
    static func lives(
        standing facts: [PersonID: [StandingFact]], of people: [PersonID], policy: Policy, horizon: CivilDate
    ) -> [SlowLife] {
        let days = facts.values.flatMap { $0.compactMap(\.content.firstDay) }
        let firstDay = (days.min() ?? horizon).adding(days: -1)
        let households = SlowHouseholds(records: people.map { SlowRecord(person: $0, facts: facts[$0] ?? []) })
        return people.indices.map { index in
            var walk = SlowWalk(index: index, households: households, policy: policy, firstDay: firstDay)
            return life(&walk, until: horizon)
        }
    }

    private static func life(_ walk: inout SlowWalk, until horizon: CivilDate) -> SlowLife {
        var life = SlowLife(person: walk.record.person, firstDay: walk.firstDay)
        var before = PopulationSet()
        var day = walk.firstDay
        while day <= horizon {
            let known = walk.changes.count
            walk.work(day)
            let changes = walk.changes[known...]
            let isAsked = walk.status == .active || !changes.isEmpty
            let criteria = isAsked ? walk.criteria() : PopulationSet()
            let after = walk.status == .active ? criteria : PopulationSet()
            life.flows += flows(on: day, from: before, to: after, entering: criteria, changes: changes)
            before = after
            life.statuses.append(walk.status)
            life.memberships.append(before)
            day = day.adding(days: 1)
        }
        life.changes = walk.changes
        return life
    }

    /// The list's own changes first, each with its reason; then what changed while active (domain.md 6).
    private static func flows(
        on day: CivilDate, from before: PopulationSet, to after: PopulationSet, entering criteria: PopulationSet,
        changes: ArraySlice<SlowChange>
    ) -> [SlowFlow] {
        var flows: [SlowFlow] = []
        var member = before
        for change in changes {
            guard let measure = change.measure else { continue }
            let moving = measure.isInflow ? criteria : member
            each { population, unit in
                guard moving.contains(population, unit) else { return }
                flows.append(
                    SlowFlow(
                        on: day, measure: measure, reason: change.reason, population: population, unit: unit))
            }
            member = measure.isInflow ? criteria : PopulationSet()
        }
        if member != after { crossOver(on: day, from: member, to: after, into: &flows) }
        return flows
    }

    private static func crossOver(
        on day: CivilDate, from before: PopulationSet, to after: PopulationSet, into flows: inout [SlowFlow]
    ) {
        each { population, unit in
            let was = before.contains(population, unit)
            guard was != after.contains(population, unit) else { return }
            // In households, with the person's own membership unchanged: only the head is another.
            let isSame = before.contains(population, .persons) == after.contains(population, .persons)
            let reason: CriteriaReason = unit == .households && isSame ? .headship : .criteria
            flows.append(
                SlowFlow(
                    on: day, measure: was ? .noLongerMeetsCriteria : .newlyMeetsCriteria, reason: reason.rawValue,
                    population: population, unit: unit))
        }
    }

    /// Every population in every unit.
    static func each(_ body: (Population, CountingUnit) -> Void) {
        for population in populations {
            for unit in CountingUnit.allCases { body(population, unit) }
        }
    }

    /// The standard ones, and as many saved filters as a random policy has at the most.
    static let populations: [Population] = {
        var policy = Policy.likeUS
        policy.savedFilters = (0..<Policy.savedFiltersMax).map { SavedFilter(code: "filter_\($0)", name: "") }
        return policy.populations
    }()
}
