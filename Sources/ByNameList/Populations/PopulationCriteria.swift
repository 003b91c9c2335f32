package import CivilTime

/// What somebody who is active has to meet to be in a population (domain.md 6; decision 0013).
package enum Criterion: Hashable, Sendable {
    case consent
    case household(HouseholdType)
    /// Where Veterans and Chronic are counted among adults outside families.
    case adultOutsideFamilies
    case veteran
    case chronic
    case indigenous
    case within(Population)
    case outside(Population)
    case ageAtLeast(Int)
    case ageUnder(Int)
    case answer(SavedFilter.AnswerCondition)
}

/// Whether a criterion is met on a day, and by which fact it is or is not.
package struct MetCriterion: Hashable, Sendable {
    package let criterion: Criterion
    package let isMet: Bool
    /// `nil` where no single fact decides, or none is there.
    package let fact: FactID?
}

extension Policy {
    /// What has to be met to be in a population of this policy, in the order in which a reader asks.
    package func criteria(of population: Population) -> [Criterion] {
        (requireConsent ? [.consent] : []) + ownCriteria(of: population)
    }

    private func ownCriteria(of population: Population) -> [Criterion] {
        let counted: [Criterion] = adultsOutsideFamiliesOnly ? [.adultOutsideFamilies] : []
        switch population {
        case .all: return []
        case .allSingles: return [.household(.singles)]
        case .families: return [.household(.family)]
        case .youth: return [.household(.youth)]
        case .veterans: return counted + [.veteran]
        case .chronic: return counted + [.chronic]
        case .chronicVeterans: return counted + [.veteran, .chronic]
        case .indigenous: return [.indigenous]
        default:
            let place = Int(population.place) - Int(Population.firstSaved)
            return savedFilters.indices.contains(place) ? savedFilters[place].criteria : []
        }
    }
}

extension SavedFilter {
    fileprivate var criteria: [Criterion] {
        within.map { .within($0) } + outside.map { .outside($0) } + (ageAtLeast.map { [.ageAtLeast($0)] } ?? [])
            + (ageUnder.map { [.ageUnder($0)] } ?? []) + answers.map { .answer($0) }
    }
}

/// Which criteria a person meets on which day: said in words where somebody asks why they count, or do not.
package struct PopulationCriteria: Sendable {
    private let facts: PersonFacts
    private let household: HouseholdTimeline
    private let episodes: [(episode: Episode, chronic: [Step<Bool>])]
    private let policy: Policy

    /// - Parameter lives: the person, and everybody who ever shared a household with them.
    package init?(of person: PersonID, among lives: [Life], policy: Policy) {
        guard let life = lives.first(where: { $0.person == person }) else { return nil }
        household = HouseholdTimeline(of: life, among: lives)
        facts = PersonFacts(life, policy: policy)
        self.policy = policy
        let status = StatusFold(of: life, household: household, policy: policy)
        let chronic = ChronicDays(policy: policy, facts: facts, households: household.steps)
        episodes = status.episodes.map { episode in
            (episode, chronic.steps(in: episode, nights: episode.nightsWhileItLasted ?? status.nights))
        }
    }

    /// The criteria of a population at the end of a day, met or not; asked only of days on the list.
    package func met(_ population: Population, on day: CivilDate) -> [MetCriterion] {
        policy.criteria(of: population).map { met($0, on: day.day) }
    }

    /// The household at the end of a day.
    package func household(on day: CivilDate) -> HouseholdStanding { standing(on: day.day) }

    private func standing(on day: Day) -> HouseholdStanding {
        household.steps.inForce(on: day) ?? HouseholdStanding(type: .singles, isHead: true)
    }

    private func met(_ criterion: Criterion, on day: Day) -> MetCriterion {
        let (isMet, fact) = answer(criterion, on: day)
        return MetCriterion(criterion: criterion, isMet: isMet, fact: fact)
    }

    private func answer(_ criterion: Criterion, on day: Day) -> (Bool, FactID?) {
        switch criterion {
        case .consent: return (facts.isConsenting.inForce(on: day) == true, nil)
        case .household(let type): return (standing(on: day).type == type, nil)
        case .adultOutsideFamilies:
            return (standing(on: day).type != .family && facts.birth.map { isAged(18, $0, on: day) } ?? true, nil)
        case .veteran: return yes(facts.veteran.inForce(on: day))
        case .indigenous: return yes(facts.indigenous.inForce(on: day))
        case .chronic: return (isChronic(on: day), facts.determinations.last { $0.from <= day }?.value.fact)
        case .within(let other): return (isIn(other, on: day), nil)
        case .outside(let other): return (!isIn(other, on: day), nil)
        case .ageAtLeast(let age): return (facts.birth.map { isAged(age, $0, on: day) } ?? false, nil)
        case .ageUnder(let age): return (facts.birth.map { !isAged(age, $0, on: day) } ?? false, nil)
        case .answer(let condition):
            let said = facts.answers[condition.question]?.inForce(on: day)
            return (said.map { condition.anyOf.contains($0.value) } ?? false, said?.fact)
        }
    }

    private func yes(_ said: PersonFacts.Said?) -> (Bool, FactID?) { (said?.isYes == true, said?.fact) }

    private func isAged(_ age: Int, _ birth: CivilDate, on day: Day) -> Bool { birth.birthday(age: age).day <= day }

    private func isIn(_ population: Population, on day: Day) -> Bool {
        policy.criteria(of: population).allSatisfy { met($0, on: day).isMet }
    }

    private func isChronic(on day: Day) -> Bool {
        episodes.first { $0.episode.from <= day && day < $0.episode.to }?.chronic.inForce(on: day) == true
    }
}
