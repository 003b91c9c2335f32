package import ByNameList
package import CivilTime

/// Whose record each is, worked out by looking at every merge again and again: the model for `SamePerson`.
///
/// - Parameter facts: of a whole community, each about its record.
package func slowPeople(_ facts: [Fact], knownAt instant: Instant? = nil) -> [PersonID: PersonID] {
    let known = facts.filter { fact in instant.map { fact.recorded <= $0 } ?? true }
    func stands(_ fact: Fact) -> Bool { !known.contains { $0.content == .void(fact.id) && stands($0) } }
    var pairs: [(PersonID, PersonID)] = []
    for fact in known {
        if case .samePerson(let other) = fact.content, stands(fact) { pairs.append((fact.person, other)) }
    }
    var smallest: [PersonID: PersonID] = [:]
    for record in Set(facts.map(\.person) + pairs.map(\.1)) { smallest[record] = record }
    var isSettled = false
    while !isSettled {
        isSettled = true
        for (one, other) in pairs {
            guard let left = smallest[one], let right = smallest[other], left != right else { continue }
            smallest[one] = min(left, right)
            smallest[other] = min(left, right)
            isSettled = false
        }
    }
    return smallest
}
