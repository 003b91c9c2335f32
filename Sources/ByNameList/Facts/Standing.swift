package import CivilTime

/// A fact that stands: recorded by then, and not voided by one that stands itself.
package struct StandingFact: Hashable, Sendable {
    package let id: FactID
    /// Where it stands in the order of recording among the person's facts; a replacement where the replaced fact stood.
    package let position: Int64
    package let content: FactContent

    package init(id: FactID, position: Int64, content: FactContent) {
        self.id = id
        self.position = position
        self.content = content
    }
}

/// The facts of a person that stand as known at an instant, voids and replacements resolved (domain.md 1).
///
/// A void that is itself voided restores; a replacement that is voided restores what it replaced, and one that is
/// replaced in its turn does not.
package func standing(_ facts: [Fact], knownAt instant: Instant? = nil) -> [StandingFact] {
    let known = instant.map { limit in facts.filter { $0.recorded <= limit } } ?? facts
    guard known.contains(where: \.isCorrection) else {
        return known.sorted { $0.id < $1.id }.map {
            StandingFact(id: $0.id, position: $0.id.number, content: $0.content)
        }
    }
    // A void comes after what it voids, so the latest fact is decided first and no circle can arise.
    var voided: Set<FactID> = []
    var replaced: Set<FactID> = []
    for fact in known.sorted(by: { $0.id > $1.id }) {
        let stands = !voided.contains(fact.id) && !replaced.contains(fact.id)
        if case .void(let target) = fact.content {
            if stands { voided.insert(target) }
        } else if let target = fact.replaces, !voided.contains(fact.id) || replaced.contains(fact.id) {
            // The place is held by this fact or by one that followed it.
            replaced.insert(target)
        }
    }
    var place: [FactID: FactID] = [:]
    var kept: [(place: FactID, fact: Fact)] = []
    for fact in known.sorted(by: { $0.id < $1.id }) {
        let position = fact.replaces.map { place[$0] ?? $0 } ?? fact.id
        place[fact.id] = position
        if case .void = fact.content { continue }
        if !voided.contains(fact.id), !replaced.contains(fact.id) { kept.append((position, fact)) }
    }
    // Several facts may have replaced one: among them the later recorded comes later.
    kept.sort { ($0.place, $0.fact.id) < ($1.place, $1.fact.id) }
    return kept.enumerated().map { rank, kept in
        StandingFact(id: kept.fact.id, position: Int64(rank), content: kept.fact.content)
    }
}

extension Fact {
    fileprivate var isCorrection: Bool {
        if case .void = content { true } else { replaces != nil }
    }
}
