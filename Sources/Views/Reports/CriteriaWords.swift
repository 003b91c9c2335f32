import ByNameList
import CivilTime
import Store

/// Why somebody who is active is in a population on a day, or is not, in words (domain.md 6).
struct CriteriaWords {
    private let criteria: PopulationCriteria?
    private let timeline: Timeline
    private let population: Population
    private let unit: CountingUnit
    private let words: TimelineWords
    private let chronicRule: ChronicRule

    init(_ account: MonthAccount, population: Population, unit: CountingUnit, words: TimelineWords) {
        // Where nothing has to be met, nothing has to be worked out.
        let asks = !account.policy.criteria(of: population).isEmpty
        criteria =
            asks ? PopulationCriteria(of: account.person, among: account.lives, policy: account.policy) : nil
        timeline = account.timeline
        self.population = population
        self.unit = unit
        self.words = words
        chronicRule = account.policy.chronicRule
    }

    /// What comes after the sentence about a day on the list: why they are in the population; of everybody nothing.
    ///
    /// - Parameter isLeaving: the criteria held up to the day, and at its end the person is not on the list.
    func suffix(on day: CivilDate, isLeaving: Bool) -> String {
        let met = self.met(on: isLeaving ? day.adding(days: -1) : day)
        let sentences = met.filter(\.isMet).map { sentence($0) } + (unit == .households ? [head(on: day)] : [])
        return sentences.isEmpty ? "" : " In \(population.name): " + sentences.joined(separator: "; ") + "."
    }

    /// The criteria that are not met on the day.
    func missing(on day: CivilDate) -> String {
        let missing = met(on: day).filter { !$0.isMet }
        if missing.isEmpty, unit == .households { return "Somebody else is the head of the household. [households]" }
        return missing.isEmpty
            ? "The criteria of \(population.name) were met at other times. [populations]"
            : missing.map { sentence($0) }.joined(separator: "; ") + "."
    }

    /// What made the person come into the population, or leave it, on the day.
    func change(on day: CivilDate, isHeadshipOnly: Bool) -> String {
        if isHeadshipOnly {
            let isHead = timeline.spells.last { $0.from <= day }?.populations.contains(population, .households) == true
            return "\(day): still active, "
                + (isHead
                    ? "now the head of the household." : "and somebody else is the head of the household now.")
                + " [households: change of head]"
        }
        let now = met(on: day)
        let changed = changed(on: day)
        let isIn = now.allSatisfy(\.isMet)
        let told = (changed.isEmpty ? now : changed).map { sentence($0) }.joined(separator: "; ")
        return "\(day): still active, and " + (isIn ? "newly meets" : "no longer meets")
            + " the criteria of \(population.name): \(told)."
    }

    /// The fact by which the person came into the population, or left it, on the day; `nil` where it was not one.
    func fact(on day: CivilDate) -> FactID? {
        let facts = Set(changed(on: day).compactMap(\.fact))
        return facts.count == 1 ? facts.first : nil
    }

    private func changed(on day: CivilDate) -> [MetCriterion] {
        let before = Dictionary(
            met(on: day.adding(days: -1)).map { ($0.criterion, $0.isMet) }, uniquingKeysWith: { first, _ in first })
        return met(on: day).filter { before[$0.criterion] != $0.isMet }
    }

    private func met(on day: CivilDate) -> [MetCriterion] { criteria?.met(population, on: day) ?? [] }

    private func head(on day: CivilDate) -> String { "head of the household [households]" }

    private func sentence(_ met: MetCriterion) -> String {
        let fact = met.fact.map { " (\(words.fact($0)))" } ?? ""
        let isMet = met.isMet
        switch met.criterion {
        case .consent:
            return (isMet ? "consents" : "does not consent") + " to be on the list [consent is a criterion here]"
        case .household(let type):
            return (isMet ? "the household is" : "the household is not") + " \(type.words) [household types]"
        case .adultOutsideFamilies:
            return (isMet ? "an adult outside families" : "not an adult outside families")
                + " [counted among adults outside families]"
        case .veteran: return (isMet ? "a veteran" : "no answer says a veteran") + fact + " [last answer]"
        case .indigenous: return (isMet ? "Indigenous" : "no answer says Indigenous") + fact + " [last answer]"
        case .chronic:
            return (isMet ? "chronically homeless" : "not chronically homeless")
                + (fact.isEmpty ? " by the rule \(chronicRule.code)" : ", as determined\(fact)") + " [chronic]"
        case .within(let other): return (isMet ? "in" : "not in") + " \(other.name) [saved filter]"
        case .outside(let other): return (isMet ? "not in" : "in") + " \(other.name) [saved filter]"
        case .ageAtLeast(let age):
            return (isMet ? "\(age) or older" : "not known to be \(age) or older") + " [saved filter]"
        case .ageUnder(let age): return (isMet ? "under \(age)" : "not known to be under \(age)") + " [saved filter]"
        case .answer(let condition):
            return (isMet ? "answers" : "does not answer") + " \(plain(condition.question.code)) as asked\(fact)"
                + " [saved filter]"
        }
    }
}

extension HouseholdType {
    fileprivate var words: String {
        switch self {
        case .singles: "one of adults, or of one"
        case .family: "a family: an adult and somebody under 18"
        case .youth: "one of youth: everybody under 25, and no family"
        }
    }
}
