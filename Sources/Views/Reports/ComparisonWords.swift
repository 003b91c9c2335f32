package import ByNameList
package import CivilTime
package import Store

/// Why a month says something else of somebody than when it was submitted, in words.
package struct ComparisonWords {
    private let comparison: SubmissionComparison
    private let names: RecordNames
    /// The date of an instant in the community's zone.
    private let date: (Instant) -> CivilDate

    package init(_ comparison: SubmissionComparison, names: RecordNames, date: @escaping (Instant) -> CivilDate) {
        self.comparison = comparison
        self.names = names
        self.date = date
    }

    /// One sentence for each entry that went or came, then one for each cause.
    package func sentences(_ person: ComparedPerson) -> [String] {
        person.difference.onlySubmitted.map { "No longer counted: \(entry($0))." }
            + person.difference.onlyNow.map { "Now counted: \(entry($0))." } + causes(person)
    }

    private func causes(_ person: ComparedPerson) -> [String] {
        var others = person.factsSince.map { fact($0, by: person.agencies[$0.id]) }
        if others.isEmpty, person.hasHouseholdNews {
            others.append("Something was recorded since about somebody of the household.")
        }
        if comparison.policyVersion != comparison.submission.policyVersion {
            others.append(
                "The policy is another: version \(comparison.submission.policyVersion) then, "
                    + "\(comparison.policyVersion) now.")
        }
        if comparison.ruleVersion != comparison.submission.ruleVersion {
            others.append(
                "The program's rules are others: version \(comparison.submission.ruleVersion) then, "
                    + "\(comparison.ruleVersion) now.")
        }
        return others
    }

    /// As "Entered 2024-01-02 by Harbour: moved into permanent housing on 2023-11-05 (fact f_…)".
    package func fact(_ fact: Fact, by agency: String?) -> String {
        "Entered \(date(fact.recorded))" + (agency.map { " by \($0)" } ?? "") + ": \(fact.content.words(names))"
            + " (fact \(names.fact(fact.id)))."
    }

    private func entry(_ entry: MonthEntry) -> String {
        let reason = entry.figure.reason(entry.reason).map { " (\(plain($0)))" } ?? ""
        return "\(plain(entry.figure.code))\(reason) on \(entry.day)"
    }
}
