import ByNameList
import CivilTime

extension RandomHistory {
    /// The same history, in which people are found at any time to be one person, and to be two again.
    ///
    /// Of a history of one person nothing comes.
    package func withMerges() -> RandomHistory {
        var history = self
        var writer = RandomMerges(random: SplitMix64(seed: seed &* 977 &+ 13), people: people)
        for fact in facts {
            while writer.random.chance(15) { writer.say() }
            writer.copy(fact)
        }
        for _ in 0..<writer.random.number(0...3) { writer.say() }
        history.facts = writer.facts
        return history
    }
}

/// Writes a history down anew with merges between its facts.
private struct RandomMerges {
    var random: SplitMix64
    let people: [PersonID]
    private(set) var facts: [Fact] = []
    /// What the facts of the history are called now.
    private var numbers: [FactID: FactID] = [:]
    /// Merges, their voids and the voids of those.
    private var said: [Fact] = []

    init(random: SplitMix64, people: [PersonID]) {
        self.random = random
        self.people = people
    }

    mutating func copy(_ fact: Fact) {
        var content = fact.content
        if case .void(let target) = content { content = .void(numbers[target] ?? target) }
        numbers[fact.id] = append(content, fact.person, replacing: fact.replaces.map { numbers[$0] ?? $0 }).id
    }

    mutating func say() {
        guard people.count > 1 else { return }
        if random.chance(45), !said.isEmpty {
            let wrong = random.pick(said)
            said.append(append(.void(wrong.id), wrong.person))
        } else {
            let pair = random.shuffled(people)
            said.append(append(.samePerson(as: pair[1]), pair[0]))
        }
    }

    @discardableResult
    private mutating func append(_ content: FactContent, _ person: PersonID, replacing target: FactID? = nil) -> Fact {
        let number = Int64(facts.count + 1)
        let recorded = Instant(microseconds: (30_000 * 86_400 + number * 60) * 1_000_000)
        let fact = Fact(
            id: FactID(number), person: person, recorded: recorded, replaces: target, content: content)
        facts.append(fact)
        return fact
    }
}
