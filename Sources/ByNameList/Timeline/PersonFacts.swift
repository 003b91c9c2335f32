import CivilTime

/// The dated attributes of a person that populations ask for, as steps in order (domain.md 3).
struct PersonFacts {
    let birth: CivilDate?
    let isNamed: Bool
    let firstAssessed: Day
    let isVeteran: [Step<Bool>]
    let isConsenting: [Step<Bool>]
    let disability: [Step<Disability>]
    let determinations: [Step<Determined>]

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
        var veteran: [(Day, Int64, UInt8)] = []
        var consent: [(Day, Int64, Consented)] = []
        var disability: [(Day, Int64, UInt8)] = []
        var determined: [(Day, Int64, Determined)] = []
        for fact in life.facts {
            switch fact.content {
            case .assessment(let on):
                assessed = min(assessed, on.day)
            case .answer(let answer) where answer.question == .veteran:
                veteran.append((answer.on?.day ?? .min, fact.position, answer.value))
            case .answer(let answer) where answer.question == .disablingCondition:
                disability.append((answer.on?.day ?? .min, fact.position, answer.value))
            case .consent(let on, .list, let value, let until):
                consent.append((on.day, fact.position, Consented(value, until: until)))
            case .determination(let on, policy.chronicRule, let chronic):
                determined.append((on.day, fact.position, Determined(chronic: chronic, fact: fact.id)))
            case .identity, .intake, .stay, .contact, .programmeExit, .moveIn, .leave, .death, .waiting, .household,
                .consent, .answer, .determination, .sealed, .void:
                break
            }
        }
        firstAssessed = assessed
        isVeteran = PersonFacts.steps(veteran).map { Step(from: $0.from, value: $0.value == YesNo.yes.rawValue) }
        self.disability = PersonFacts.steps(disability).map { Step(from: $0.from, value: Disability(answer: $0.value)) }
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
    private static func steps(_ answers: [(Day, Int64, UInt8)]) -> [Step<UInt8>] {
        var steps: [Step<UInt8>] = []
        for (day, _, value) in answers.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            if let last = steps.last, last.from == day {
                if last.value == YesNo.yes.rawValue, value == YesNo.dontKnow.rawValue { continue }
                steps.removeLast()
            }
            steps.append(Step(from: day, value: value))
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
