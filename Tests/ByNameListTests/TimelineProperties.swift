import ByNameList
import CivilTime
import Fixtures
import Testing

/// What must hold of every timeline, whatever the rules say.
@Suite struct `Every timeline` {
    @Test(arguments: Histories.chunks)
    func `is the same in whatever order the facts arrive`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 4) {
            let history = RandomHistory(seed: seed)
            var random = SplitMix64(seed: seed)
            let lives = history.lives
            let shuffled = random.shuffled(history.people).map { person in
                let facts = random.shuffled(history.facts.filter { $0.person == person })
                return Life(person: person, facts: random.shuffled(standing(facts)))
            }
            for person in history.people {
                let one = timeline(of: person, among: lives, policy: history.policy)
                let other = timeline(of: person, among: shuffled, policy: history.policy)
                guard one == other else {
                    Issue.record("\(history.story(of: person))\n\(one)\n\(other)")
                    return
                }
            }
        }
    }

    @Test(arguments: Histories.chunks)
    func `cut at an earlier day is the timeline as of that day`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 2) {
            let history = RandomHistory(seed: seed)
            var random = SplitMix64(seed: seed)
            let days = history.facts.compactMap(\.content.firstDay)
            guard let first = days.min(), let last = days.max() else { continue }
            let cut = first.adding(days: random.number(0...(last - first)))
            if let failure = changeOfMind(in: history, from: first, cut: cut) {
                Issue.record("\(failure)")
                return
            }
        }
    }

    @Test(arguments: Histories.chunks)
    func `balances in every month, population and unit`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 4) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            let timelines = history.people.map { timeline(of: $0, among: lives, policy: history.policy) }
            guard let first = timelines.flatMap(\.spells).map(\.from).min() else { continue }
            let flows = Dictionary(grouping: timelines.flatMap(\.flows)) { $0.on.month }
            var month = first.month
            while month <= history.horizon.month {
                if let failure = imbalance(in: month, timelines, flows[month] ?? []) {
                    Issue.record("seed \(seed): \(failure)")
                    return
                }
                month = month.next
            }
        }
    }

    @Test(arguments: Histories.chunks)
    func `is untouched by people who never shared a household with the person`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 4) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            for life in lives {
                let related = lives.filter { $0.person == life.person || isRelated($0, to: life) }
                let one = timeline(of: life.person, among: lives, policy: history.policy)
                let other = timeline(of: life.person, among: related, policy: history.policy)
                guard one == other else {
                    Issue.record("\(history.story(of: life.person))\n\(one)\n\(other)")
                    return
                }
            }
        }
    }

    /// What is said of a day up to the cut otherwise than it was said on the day of the cut.
    private func changeOfMind(in history: RandomHistory, from first: CivilDate, cut: CivilDate) -> String? {
        let lives = history.lives
        let known = lives.map { life in
            Life(person: life.person, facts: life.facts.filter { ($0.content.firstDay ?? cut) <= cut })
        }
        for person in history.people {
            let whole = timeline(of: person, among: lives, policy: history.policy)
            let early = timeline(of: person, among: known, policy: history.policy)
            let difference = Account(whole, from: first, to: cut)
                .difference(from: Account(early, from: first, to: cut))
            let isSame = whole.changes.filter { $0.on <= cut } == early.changes.filter { $0.on <= cut }
            if isSame && difference == nil { continue }
            let days = difference.map { "on \($0.day) afterwards \($0.own)\nas of then \($0.other)" }
            return "\(history.story(of: person))\ncut at \(cut): \(days ?? "the changes have other grounds")"
        }
        return nil
    }

    private func imbalance(in month: Month, _ timelines: [Timeline], _ flows: [SlowFlow]) -> String? {
        var failure: String?
        SlowModel.each { population, unit in
            let start = stock(on: month.firstDay.adding(days: -1), timelines, population, unit)
            let end = stock(on: month.lastDay, timelines, population, unit)
            let own = flows.filter { $0.population == population && $0.unit == unit }
            let inflow = own.count { $0.measure.isInflow }
            let outflow = own.count - inflow
            guard start + inflow - outflow != end else { return }
            failure = "\(month) \(population) \(unit): \(start) + \(inflow) - \(outflow) is not \(end)"
        }
        return failure
    }

    private func stock(
        on day: CivilDate, _ timelines: [Timeline], _ population: Population, _ unit: CountingUnit
    ) -> Int {
        timelines.count { timeline in
            timeline.spells.contains { spell in
                spell.from <= day && (spell.to.map { day < $0 } ?? true) && spell.populations.contains(population, unit)
            }
        }
    }

    /// Whether two people were ever stated to be in one household.
    private func isRelated(_ one: Life, to other: Life) -> Bool {
        !households(of: one).isDisjoint(with: households(of: other))
    }

    private func households(of life: Life) -> Set<HouseholdID> {
        Set(
            life.facts.compactMap { fact in
                if case .household(let statement) = fact.content { statement.household } else { nil }
            })
    }
}
