package import ByNameList
package import CivilTime
import SQLite

/// What the rules of chronic homelessness say of one person, for people to read.
package struct ChronicPage: Sendable {
    package let person: PersonID
    package let standing: ChronicStanding
    /// The policy's own rule: it defines the Chronic population.
    package let policy: Policy
    /// Whether the person was counted in the Chronic population at the end of the day, if active.
    package let isInPopulation: Bool
    /// The agency that wrote each fact.
    package let agencies: [FactID: String]
    /// What was asked for, or when anything of the community last changed: asked with it, the page comes again.
    package let knownAt: Instant
    /// Whether the household's verdict may be shown: it tells of those by whom the household is judged.
    package let showsHousehold: Bool
}

extension Reader {
    /// The three verdicts on a person on a day, as known then.
    ///
    /// - Parameters:
    ///   - sight: what the reader sees of the person; by code, neither agencies nor a household.
    ///   - mayShow: whom the reader may see; of a household judged by others there is no word.
    package func chronicPage(
        of record: PersonID, in community: Community, rules: ChronicRuleSets, asOf: CivilDate, knownAt: Instant?,
        sight: Sight = .everything, mayShow: (PersonID) throws -> Bool
    ) throws -> Withheld<ChronicPage> {
        let policy = try projection(of: community, as: knownAt).policy
        let lives = try household(of: record, knownAt: knownAt)
        let person = try self.person(of: record, knownAt: knownAt)
        guard lives.first?.facts.isEmpty == false,
            let standing = chronicStanding(of: person, among: lives, policy: policy, rules: rules, asOf: asOf)
        else { throw StoreError.notFound("there is no such person in this community") }
        let others = standing.householdJudged.filter { $0 != person }
        let showsHousehold = try sight == .everything && others.allSatisfy(mayShow)
        let spell = timeline(of: person, among: lives, policy: policy).spells.last {
            $0.from <= asOf && ($0.to.map { asOf < $0 } ?? true)
        }
        let page = ChronicPage(
            person: person, standing: standing, policy: policy,
            isInPopulation: spell?.populations.contains(.chronic, .persons) == true,
            agencies: sight < .everything
                ? [:]
                : try translatingErrors { () throws(SQLiteError) in
                    try agencies(of: try journal.records(of: record, knownAt: knownAt))
                },
            knownAt: knownAt ?? community.changed, showsHousehold: showsHousehold)
        return Withheld(
            page, about: try records(of: [person] + (showsHousehold ? others : []), knownAt: knownAt))
    }
}
