import ByNameList
import CivilTime
import Fixtures
import Testing

/// The model is only worth something if it keeps the promises of domain.md itself, on histories in which things happen.
@Suite struct `The slow model over random histories` {
    @Test func `meets every flow with every reason, in every population and unit`() {
        var met: [String: Int] = [:]
        for seed in 1...UInt64(1_200) {
            let history = RandomHistory(seed: seed)
            for life in lives(of: history) {
                for flow in life.flows {
                    met["\(flow.measure.code) \(flow.reason)", default: 0] += 1
                    met["\(flow.population.code) \(flow.unit.code) \(flow.measure.code)", default: 0] += 1
                }
                for change in life.changes { met["\(change.from) to \(change.to)", default: 0] += 1 }
            }
        }
        for name in expected() where (met[name] ?? 0) < 1 {
            Issue.record("\(name) is met \(met[name] ?? 0) times")
        }
    }

    @Test(arguments: Histories.chunks)
    func `says of a day what it said on that day`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 4) {
            let history = RandomHistory(seed: seed)
            var random = SplitMix64(seed: seed)
            let facts = slowStanding(history.facts)
            let days = facts.values.flatMap { $0.compactMap(\.content.firstDay) }
            guard let first = days.min(), let last = days.max() else { continue }
            let cut = first.adding(days: random.number(0...(last - first)))
            let early = SlowModel.lives(
                standing: facts.mapValues { $0.filter { ($0.content.firstDay ?? cut) <= cut } },
                of: history.people, policy: history.policy, horizon: cut)
            let whole = SlowModel.lives(
                standing: facts, of: history.people, policy: history.policy, horizon: cut)
            for (one, other) in zip(whole, early) {
                guard let found = Account(one).difference(from: Account(other)) else { continue }
                Issue.record(
                    "\(history.story(of: one.person))\n\(found.day) then: \(found.other)\nlater: \(found.own)")
                return
            }
        }
    }

    @Test(arguments: Histories.chunks)
    func `balances on every day`(chunk: Int) {
        for seed in Histories.seeds(of: chunk, share: 4) {
            for life in lives(of: RandomHistory(seed: seed)) {
                guard let day = firstImbalance(of: life) else { continue }
                Issue.record("seed \(seed), person \(life.person.number): \(day)")
                return
            }
        }
    }

    private func lives(of history: RandomHistory) -> [SlowLife] {
        SlowModel.lives(facts: history.facts, policy: history.policy, horizon: history.horizon)
    }

    private func firstImbalance(of life: SlowLife) -> CivilDate? {
        var before = PopulationSet()
        let flows = Dictionary(grouping: life.flows, by: \.on)
        for (index, after) in life.memberships.enumerated() {
            let day = life.firstDay.adding(days: index)
            var isEven = true
            SlowModel.each { population, unit in
                let net = (flows[day] ?? []).reduce(0) { sum, flow in
                    guard flow.population == population, flow.unit == unit else { return sum }
                    return sum + (flow.measure.isInflow ? 1 : -1)
                }
                let change = (after.contains(population, unit) ? 1 : 0) - (before.contains(population, unit) ? 1 : 0)
                isEven = isEven && net == change
            }
            if !isEven { return day }
            before = after
        }
        return nil
    }

    private func expected() -> [String] {
        let inactive = InactiveReason.allCases.map { "moved_to_inactive \($0.rawValue)" }
        let housed = Housing.allCases.map { "housing_move_ins \($0.rawValue)" }
        let criteria = [0, 1].flatMap { ["newly_meets_criteria \($0)", "no_longer_meets_criteria \($0)"] }
        let changes = [
            "unknown to active", "active to housed", "active to inactive", "housed to active", "inactive to active",
            "inactive to housed", "unknown to deceased", "active to deceased", "housed to deceased",
            "inactive to deceased",
        ]
        var names = inactive + housed + criteria + changes
        SlowModel.each { population, unit in
            for measure in Measure.allCases { names.append("\(population.code) \(unit.code) \(measure.code)") }
        }
        return names
    }
}
