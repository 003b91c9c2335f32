package import CivilTime

/// Which records are one person, by the merges that stand (domain.md 3).
///
/// A person is called by the smallest number of their records: in which order the records were found to be one person
/// makes no difference.
package struct SamePerson: Hashable, Sendable {
    /// All records of whoever has several, in order, under each of them.
    private var groups: [PersonID: [PersonID]] = [:]

    /// Nobody has more than one record.
    package init() {}

    /// - Parameter facts: the merges and what corrects them, each as a fact about the record that it lies on.
    package init(_ facts: [Fact], knownAt instant: Instant? = nil) {
        let records = Dictionary(facts.map { ($0.id, $0.person) }, uniquingKeysWith: { first, _ in first })
        for fact in standing(facts, knownAt: instant) {
            guard case .samePerson(let other) = fact.content, let record = records[fact.id] else { continue }
            join(record, other)
        }
    }

    /// Two records, and whatever else is one person with either, are one person.
    package mutating func join(_ record: PersonID, _ other: PersonID) {
        guard person(of: record) != person(of: other) else { return }
        let joined = (records(of: record) + records(of: other)).sorted()
        for one in joined { groups[one] = joined }
    }

    /// Whose record it is.
    package func person(of record: PersonID) -> PersonID { groups[record]?.first ?? record }

    /// All records of the person whose record that is, in order.
    package func records(of record: PersonID) -> [PersonID] { groups[record] ?? [record] }
}
