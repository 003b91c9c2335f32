import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `The entries of a month` {
    /// Every figure of every month, population and unit is the number of people's entries that it opens to.
    @Test(arguments: Histories.chunks)
    func `add up to its figures`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 8) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            let spells = history.people.map { timeline(of: $0, among: lives, policy: history.policy).spells }
            guard let first = spells.joined().map(\.from).min() else { continue }
            var random = SplitMix64(seed: seed)
            let month = first.month.adding(months: random.number(0...18))
            let asOf = random.chance(30) ? month.firstDay.adding(days: random.number(0...20)) : month.lastDay
            let entries = spells.flatMap { monthEntries(of: $0, in: month, asOf: asOf) }
            for population in history.policy.populations {
                for unit in CountingUnit.allCases {
                    var folded = FoldedMonth(month: month, population: population, unit: unit, asOf: asOf)
                    for spells in spells { folded.add(spells) }
                    let report = folded.report()
                    for figure in Figure.all {
                        let counted = entries.count { $0.figure == figure && $0.counts(in: population, unit) }
                        guard counted != report.value(figure) else { continue }
                        Issue.record("seed \(seed), \(month), \(population.code) in \(unit.code), \(figure.code)")
                        return
                    }
                }
            }
        }
    }

    @Test func `have figures that keep their numbers`() {
        #expect(Set(Figure.all.map(\.number)).count == Figure.all.count)
        for figure in Figure.all { #expect(Figure(number: figure.number) == figure) }
        #expect(Figure.all.map(\.number) == [21, 1, 2, 3, 4, 5, 6, 7, 22, 11, 12, 14, 20])
        #expect(Figure.flow(.movedToInactive).reason(called: "deceased") == InactiveReason.deceased.rawValue)
        #expect(Figure.flow(.newlyIdentified).reason(called: "deceased") == nil)
    }
}
