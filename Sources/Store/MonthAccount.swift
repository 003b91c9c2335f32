package import ByNameList
package import CivilTime
import SQLite

/// All that says why somebody counts in a figure of a month, or does not.
package struct MonthAccount: Sendable {
    package let person: PersonID
    /// Who it is, of whom the reader sees more than a code.
    package let identity: IdentityDetails
    package let birth: BirthDate?
    package let sight: Sight
    /// The person's, and those of everybody who ever shared a household with them.
    package let lives: [Life]
    package let facts: [Fact]
    package let timeline: Timeline
    package let policy: Policy
    /// The agency that wrote each fact; of a code only none.
    package let agencies: [FactID: String]
}

extension Reader {
    /// The account of the person whose record that is, as known then.
    package func account(
        of record: PersonID, by policy: Policy, _ sight: Sight, knownAt: Instant? = nil
    ) throws -> MonthAccount {
        let lives = try household(of: record, knownAt: knownAt)
        let facts = try facts(of: record, knownAt: knownAt)
        // Who had not been heard of was not there.
        guard !facts.isEmpty else { throw StoreError.notFound("there was no such person then") }
        let isWhole = sight == .everything
        return try translatingErrors { () throws(SQLiteError) in
            let person = try journal.person(of: record, knownAt: knownAt)
            let records = try journal.records(of: record, knownAt: knownAt)
            return MonthAccount(
                person: person, identity: isWhole ? try identity(of: records, by: standing(facts)) : IdentityDetails(),
                birth: isWhole ? lives.first { $0.person == person }?.birth?.shown : nil, sight: sight, lives: lives,
                facts: facts, timeline: timeline(of: person, among: lives, policy: policy),
                policy: policy, agencies: isWhole ? try agencies(of: records) : [:])
        }
    }
}

extension Reader {
    /// The same, withheld until the access log says that it is shown.
    package func withheldAccount(
        of person: PersonID, by policy: Policy, _ sight: Sight, knownAt: Instant? = nil
    ) throws -> Withheld<MonthAccount> {
        Withheld(
            try account(of: person, by: policy, sight, knownAt: knownAt),
            about: try records(of: [person], knownAt: knownAt))
    }
}

extension Reader {
    /// All records that were those people's then: whoever is shown as they were known then, is shown with each.
    func records(of people: [PersonID], knownAt instant: Instant?) throws(StoreError) -> [PersonID] {
        guard let instant else { return people }
        return try translatingErrors { () throws(SQLiteError) in
            var found: [PersonID] = []
            for person in people { found += try journal.records(of: person, knownAt: instant).map { PersonID($0) } }
            return found
        }
    }
}
