package import ByNameList
package import CivilTime
import SQLite

/// Somebody of whom a month says something else than when it was submitted, with what was recorded since.
package struct ComparedPerson: Sendable {
    package let difference: MonthDifference
    package let sight: Sight
    /// About the person, recorded after what the submission knew; in order.
    package let factsSince: [Fact]
    /// The agency that wrote each; of a code only none.
    package let agencies: [FactID: String]
    /// Whether anything was recorded since about somebody who ever shared a household with the person.
    package let hasHouseholdNews: Bool
}

/// A submitted month beside the same month as now known.
package struct SubmissionComparison: Sendable {
    package let submission: Submission
    package let figures: [(figure: Figure, submitted: Int, now: Int)]
    /// A page of them, in order of record number.
    package let people: [ComparedPerson]
    package let next: PersonID?
    package let policyVersion: Int
    package let ruleVersion: Int
    package let knownAt: Instant
}

extension Reader {
    /// What has changed since a month was submitted, in one population and unit: by figure, by person and by fact.
    ///
    /// - Parameters:
    ///   - code: of a population that both have, or had.
    ///   - sight: what the reader sees of a person; who is not seen, is passed over, and counts in the figures.
    package func compare(
        _ submission: Submission, in community: Community, population code: String, unit: CountingUnit,
        after: PersonID = PersonID(0), limit: Int = 100, sight sightOf: (PersonID) throws -> Sight
    ) throws -> Withheld<SubmissionComparison> {
        let projection = try projection(of: community)
        let then = try rows(of: submission).filter { $0.unit == unit }.map(\.population)
        let submitted = MonthSide(entries: try entries(of: submission), population: try then.named(code))
        try checkTime()
        let now = MonthSide(
            entries: Dictionary(uniqueKeysWithValues: try entries(of: submission.month, in: community)),
            population: try projection.policy.populations.named(code))
        var people: [ComparedPerson] = []
        var next: PersonID?
        for difference in differences(submitted: submitted, now: now, unit) where difference.person > after {
            let sight = try sightOf(difference.person)
            guard sight > .nothing else { continue }
            guard people.count < limit else {
                next = people.last?.difference.person
                break
            }
            people.append(try compared(difference, since: submission.knownAt, sight, others: sightOf))
        }
        let comparison = SubmissionComparison(
            submission: submission,
            figures: Figure.all.map { ($0, submitted.count($0, unit), now.count($0, unit)) }, people: people,
            next: next, policyVersion: projection.policyVersion, ruleVersion: projection.ruleVersion,
            knownAt: try latestRecorded(in: community))
        return Withheld(comparison, about: people.map(\.difference.person))
    }

    private func compared(
        _ difference: MonthDifference, since instant: Instant, _ sight: Sight,
        others sightOf: (PersonID) throws -> Sight
    ) throws -> ComparedPerson {
        let person = difference.person
        let isWhole = sight == .everything
        var facts = try facts(of: person).filter { $0.recorded > instant && (isWhole || !$0.content.tellsWho) }
        if isWhole {
            let known = Set(facts.map(\.id))
            let merges = try merges(around: person).filter { $0.recorded > instant && !known.contains($0.id) }
            facts = (facts + merges).sorted { $0.id < $1.id }
        }
        let agencies =
            isWhole
            ? try translatingErrors { () throws(SQLiteError) in try self.agencies(of: try journal.records(of: person)) }
            : [:]
        // Of somebody by code only there is no word of a household, and of members by code only none either.
        let others = isWhole ? try household(of: person).map(\.person).dropFirst() : []
        return ComparedPerson(
            difference: difference, sight: sight, factsSince: facts, agencies: agencies,
            hasHouseholdNews: try others.contains { other in
                try sightOf(other) == .everything && (try self.facts(of: other).contains { $0.recorded > instant })
            })
    }

    /// The merges of records that were ever the person's, and what undid them.
    private func merges(around person: PersonID) throws(StoreError) -> [Fact] {
        try translatingErrors { () throws(SQLiteError) in
            var merges: [Fact] = []
            for record in try MergeTable(connection: connection).everMerged(with: person.number) {
                let facts = try journal.facts(on: record, about: person)
                let own = Set(facts.filter(\.isMerge).map(\.id))
                merges += facts.filter { fact in
                    if case .void(let target) = fact.content { own.contains(target) } else { own.contains(fact.id) }
                }
            }
            return merges
        }
    }
}

extension Fact {
    fileprivate var isMerge: Bool { if case .samePerson = content { true } else { false } }
}
