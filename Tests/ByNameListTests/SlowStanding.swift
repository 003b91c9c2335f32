import ByNameList

/// The facts that stand, of each person in order of recording: a second way of working voids out.
func slowStanding(_ facts: [Fact]) -> [PersonID: [StandingFact]] {
    let byID = Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0) })
    func isVoided(_ fact: Fact) -> Bool { facts.contains { $0.voids == fact.id && stands($0) } }
    func isReplaced(_ fact: Fact) -> Bool {
        facts.contains { $0.voids == nil && $0.replaces == fact.id && (!isVoided($0) || isReplaced($0)) }
    }
    func stands(_ fact: Fact) -> Bool { !isVoided(fact) && !isReplaced(fact) }
    func place(_ fact: Fact) -> Int64 {
        guard let target = fact.replaces else { return fact.id.number }
        return byID[target].map(place) ?? target.number
    }
    var result: [PersonID: [StandingFact]] = [:]
    for fact in facts where stands(fact) {
        if case .void = fact.content { continue }
        result[fact.person, default: []].append(
            StandingFact(id: fact.id, position: place(fact), content: fact.content))
    }
    return result.mapValues { $0.sorted { ($0.position, $0.id.number) < ($1.position, $1.id.number) } }
}

extension Fact {
    /// The fact that it names as wrong.
    fileprivate var voids: FactID? {
        if case .void(let target) = content { target } else { nil }
    }
}
