import CivilTime

/// The dated attributes of a person that populations ask for, as steps in order (domain.md 3).
struct PersonFacts {
    let birth: CivilDate?
    let isNamed: Bool
    let firstAssessed: Day
    let veteran: [Step<Said>]
    let indigenous: [Step<Said>]
    /// To the questions that a saved filter asks.
    let answers: [Question: [Step<Said>]]
    let isConsenting: [Step<Bool>]
    let disability: [Step<Disability>]
    let determinations: [Step<Determined>]

    /// The answer that counts, and the fact by which it was given.
    struct Said {
        let value: UInt8
        let fact: FactID

        /// Yes, or a kind of it.
        var isYes: Bool { value != YesNo.no.rawValue && value < YesNo.dontKnow.rawValue }
    }

    /// What somebody said of being on the list, and the day from which it does not hold any more.
    private struct Consented {
        let isGiven: Bool
        let end: Day

        init(_ value: ConsentValue, until: CivilDate?) {
            isGiven = value == .given
            end = until?.day ?? .never
        }
    }

    /// A documented determination of chronic homelessness.
    struct Determined {
        let chronic: Bool
        let fact: FactID
    }

    init(_ life: Life, policy: Policy) {
        birth = life.birth?.date
        isNamed = life.isNamed
        var assessed = Day.never
        var veteran: [(Day, Int64, Said)] = []
        var indigenous: [(Day, Int64, Said)] = []
        var asked: [Question: [(Day, Int64, Said)]] = [:]
        for filter in policy.savedFilters {
            for condition in filter.answers { asked[condition.question] = [] }
        }
        var consent: [(Day, Int64, Consented)] = []
        var disability: [(Day, Int64, Said)] = []
        var determined: [(Day, Int64, Determined)] = []
        for fact in life.facts {
            switch fact.content {
            case .assessment(let on):
                assessed = min(assessed, on.day)
            case .answer(let answer):
                let said = (answer.on?.day ?? .min, fact.position, Said(value: answer.value, fact: fact.id))
                asked[answer.question]?.append(said)
                if answer.question == .veteran { veteran.append(said) }
                if answer.question == .disablingCondition { disability.append(said) }
                if answer.question == .indigenousIdentity { indigenous.append(said) }
            case .consent(let on, .list, let value, let until):
                consent.append((on.day, fact.position, Consented(value, until: until)))
            case .determination(let on, policy.chronicRule, let chronic):
                determined.append((on.day, fact.position, Determined(chronic: chronic, fact: fact.id)))
            case .identity, .intake, .stay, .contact, .programmeExit, .moveIn, .leave, .death, .waiting, .household,
                .consent, .determination, .sealed, .samePerson, .void:
                break
            }
        }
        firstAssessed = assessed
        self.veteran = PersonFacts.steps(veteran)
        self.indigenous = PersonFacts.steps(indigenous)
        answers = asked.mapValues { PersonFacts.steps($0) }
        self.disability = PersonFacts.steps(disability).map {
            Step(from: $0.from, value: Disability(answer: $0.value.value))
        }
        isConsenting = PersonFacts.consentSteps(PersonFacts.lastOfEachDay(consent))
        determinations = PersonFacts.lastOfEachDay(determined).map { Step(from: $0.0, value: $0.2) }
    }

    /// Each word holds until the next one; what is given for a time ends by itself.
    private static func consentSteps(_ words: [(Day, Int64, Consented)]) -> [Step<Bool>] {
        var steps: [Step<Bool>] = []
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1].0 : .never
            let holds = word.2.isGiven && word.0 < word.2.end
            steps.append(Step(from: word.0, value: holds))
            if holds, word.2.end < next { steps.append(Step(from: word.2.end, value: false)) }
        }
        return steps
    }

    /// Of answers with one date the later recorded counts, but "yes" is not undone by "don't know".
    private static func steps(_ answers: [(Day, Int64, Said)]) -> [Step<Said>] {
        var steps: [Step<Said>] = []
        for (day, _, said) in answers.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            if let last = steps.last, last.from == day {
                if last.value.isYes, said.value == YesNo.dontKnow.rawValue { continue }
                steps.removeLast()
            }
            steps.append(Step(from: day, value: said))
        }
        return steps
    }

    /// The days on which HUD's rule speaks of the person: as an adult, or as the head of a household
    /// (chronic-rules.md C9).
    func adultOrHeadDays(_ households: [Step<HouseholdStanding>]) -> [DaySpan] {
        let adultFrom = birth.map { $0.birthday(age: 18).day } ?? .min
        return households.spans { $0.isHead }.union([DaySpan(from: adultFrom, end: .never)])
    }

    private static func lastOfEachDay<Value>(_ values: [(Day, Int64, Value)]) -> [(Day, Int64, Value)] {
        var kept: [(Day, Int64, Value)] = []
        for value in values.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            if kept.last?.0 == value.0 { kept.removeLast() }
            kept.append(value)
        }
        return kept
    }
}

extension Disability {
    /// What an answer to the question about a disabling condition says.
    init(answer: UInt8) {
        switch YesNo(rawValue: answer) {
        case .yes: self = .yes
        case .no: self = .no
        case .dontKnow, .declined, nil: self = .unknown
        }
    }
}
