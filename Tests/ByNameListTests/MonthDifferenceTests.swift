import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `What a month says otherwise than before` {
    private func entries(
        _ history: RandomHistory, _ facts: [Fact], _ month: Month
    ) -> [PersonID: [MonthEntry]] {
        let lives = history.people.map { person in
            Life(person: person, facts: standing(facts.filter { $0.person == person }))
        }
        return Dictionary(
            uniqueKeysWithValues: history.people.map { person in
                let spells = timeline(of: person, among: lives, policy: history.policy).spells
                return (person, monthEntries(of: spells, in: month, asOf: month.lastDay))
            })
    }

    /// What went and what came is the whole of the difference, of every figure.
    @Test(arguments: Histories.chunks)
    func `accounts for every figure, person by person`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 8) {
            let history = RandomHistory(seed: seed)
            var random = SplitMix64(seed: seed)
            let known = history.facts.prefix(random.number(0...history.facts.count))
            let days = history.facts.compactMap(\.content.firstDay)
            guard !days.isEmpty else { continue }
            let day = random.pick(days)
            for month in [day.month, day.month.next] {
                let (then, now) = (entries(history, Array(known), month), entries(history, history.facts, month))
                for population in history.policy.populations {
                    let unit = random.pick(CountingUnit.allCases)
                    let submitted = MonthSide(entries: then, population: population)
                    let present = MonthSide(entries: now, population: population)
                    let found = differences(submitted: submitted, now: present, unit)
                    for figure in Figure.all {
                        let came = found.flatMap(\.onlyNow).count { $0.figure == figure }
                        let went = found.flatMap(\.onlySubmitted).count { $0.figure == figure }
                        let difference = present.count(figure, unit) - submitted.count(figure, unit)
                        guard came - went != difference else { continue }
                        Issue.record("seed \(seed), \(month), \(population.code), \(figure.code)")
                        return
                    }
                }
            }
        }
    }

    /// The criteria told in words are those by which the timeline counts.
    @Test(arguments: Histories.chunks)
    func `is told by the criteria that the figures follow`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 8) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            for person in history.people {
                guard let criteria = PopulationCriteria(of: person, among: lives, policy: history.policy) else {
                    continue
                }
                for spell in timeline(of: person, among: lives, policy: history.policy).spells
                where spell.to != spell.from {
                    let last = spell.to.map { $0.adding(days: -1) } ?? spell.from.adding(days: 400)
                    for day in [spell.from, last] {
                        for population in history.policy.populations {
                            let isIn = criteria.met(population, on: day).allSatisfy(\.isMet)
                            guard isIn != spell.populations.contains(population, .persons) else { continue }
                            Issue.record("\(history.story(of: person))\n\(day) \(population.code): \(isIn)")
                            return
                        }
                    }
                }
            }
        }
    }
}
