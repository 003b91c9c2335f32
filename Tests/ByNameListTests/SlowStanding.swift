import ByNameList

/// The facts that stand, of each person in order of recording: a second way of working voids out.
func slowStanding(_ facts: [Fact]) -> [PersonID: [StandingFact]] {
    var voiders: [FactID: [Fact]] = [:]
    var byID: [FactID: Fact] = [:]
    for fact in facts {
        byID[fact.id] = fact
        if let target = fact.voided { voiders[target, default: []].append(fact) }
    }
    func stands(_ fact: Fact) -> Bool { !(voiders[fact.id] ?? []).contains(where: stands) }
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
    /// What it takes out of the record: named as wrong, or replaced.
    fileprivate var voided: FactID? {
        if case .void(let target) = content { target } else { replaces }
    }
}
