import ByNameList
import CivilTime
import Fixtures
import Testing

/// Records that are found to be one person's, held against models that work everything out by looking at all of it.
@Suite struct `Records of one person` {
    @Test(arguments: Histories.chunks)
    func `are those that the slow model joins, as known at any time`(chunk: Int) {
        for seed in Histories.seeds(of: chunk) {
            let history = RandomHistory(seed: seed).withMerges()
            var random = SplitMix64(seed: seed)
            for instant in [nil, random.pick(history.facts).recorded, random.pick(history.facts).recorded] {
                let slow = slowPeople(history.facts, knownAt: instant)
                let same = SamePerson(history.facts, knownAt: instant)
                for record in history.people {
                    let person = slow[record] ?? record
                    #expect(same.person(of: record) == person, "seed \(seed)")
                    let records = history.people.filter { (slow[$0] ?? $0) == person }
                    #expect(same.records(of: record) == records, "seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: UInt64(1)...50)
    func `are one person in whatever order they are found to be`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pairs = (0..<6).map { _ in
            (PersonID(Int64(random.number(1...9))), PersonID(Int64(random.number(1...9))))
        }
        var joined: Set<[PersonID]> = []
        for _ in 0..<5 {
            var same = SamePerson()
            for (one, other) in random.shuffled(pairs) {
                random.chance(50) ? same.join(one, other) : same.join(other, one)
            }
            joined.insert((1...9).map { same.person(of: PersonID($0)) })
        }
        #expect(joined.count == 1)
    }

    @Test(arguments: Histories.chunks)
    func `make one timeline, which the slow model says too`(chunk: Int) {
        var (merged, histories) = (0, 0)
        for seed in Histories.seeds(of: chunk, share: 2) {
            let history = RandomHistory(seed: seed).withMerges()
            histories += 1
            let same = SamePerson(history.facts)
            let people = history.people.filter { same.person(of: $0) == $0 }
            merged += history.people.count - people.count
            let lives = people.map { person in
                let records = same.records(of: person)
                return Life(person: person, facts: standing(history.facts.filter { records.contains($0.person) }))
            }
            if let difference = firstDifference(lives, history) {
                Issue.record("seed \(seed): \(difference)")
                return
            }
        }
        // Of most histories somebody is two records, however few are asked for.
        #expect(2 * merged > histories)
    }

    private func firstDifference(_ lives: [Life], _ history: RandomHistory) -> String? {
        let slow = slowPeople(history.facts)
        let facts = history.facts.map { fact in
            Fact(
                id: fact.id, person: slow[fact.person] ?? fact.person, recorded: fact.recorded,
                replaces: fact.replaces, content: fact.content)
        }
        for life in SlowModel.lives(facts: facts, policy: history.policy, horizon: history.horizon) {
            let timeline = timeline(of: life.person, among: lives, policy: history.policy)
            let account = Account(timeline, from: life.firstDay, to: history.horizon)
            guard let found = Account(life).difference(from: account) else { continue }
            return "person \(life.person.number) on \(found.day)\nslow: \(found.own)\ntimeline: \(found.other)"
        }
        return nil
    }
}
