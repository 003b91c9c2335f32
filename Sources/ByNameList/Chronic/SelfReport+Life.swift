import CivilTime

extension SelfReport {
    /// What somebody last answered about times and months homeless, up to a day; `nil` if they never did.
    ///
    /// A record knows no programme type: where the night of the answers was on the street or in a shelter, the
    /// flowchart for those is followed.
    init?(_ life: Life, nights: NightHistory, through day: CivilDate) {
        var answers: [Question: (on: CivilDate, position: Int64, value: UInt8)] = [:]
        for fact in life.facts {
            guard case .answer(let answer) = fact.content, let on = answer.on, on <= day else { continue }
            if let known = answers[answer.question], (known.on, known.position) > (on, fact.position) { continue }
            answers[answer.question] = (on, fact.position, answer.value)
        }
        let asked = [Question.timesHomelessPastThreeYears, .monthsHomelessPastThreeYears]
        guard let start = asked.compactMap({ answers[$0]?.on }).max() else { return nil }
        func onStart(_ question: Question) -> UInt8? {
            answers[question].flatMap { $0.on == start ? $0.value : nil }
        }
        self.init(
            disability: SelfReport.disability(answers[.disablingCondition]?.value),
            programme: SelfReport.programme(nights.steps.inForce(on: start.day) ?? .unknown), start: start,
            prior: SelfReport.prior(onStart(.priorLivingSituation)),
            approximateStart: SelfReport.approximateStart(life, before: start),
            times: SelfReport.number(onStart(.timesHomelessPastThreeYears)),
            months: SelfReport.number(onStart(.monthsHomelessPastThreeYears)),
            contacts: SelfReport.contacts(life, through: day))
    }

    private static func disability(_ value: UInt8?) -> Reply {
        guard let value else { return .missing }
        switch Disability(answer: value) {
        case .yes: return .yes
        case .no: return .no
        case .unknown: return .unknown
        }
    }

    private static func programme(_ night: Situation) -> Programme {
        switch night {
        case .unsheltered: .contacts
        case .emergencyShelter, .safeHaven: .shelter
        case .transitional, .transitionalVA, .doubledUp, .hotelSelfPay, .institution, .rapidRehousing,
            .permanentHousing, .unknown:
            .other
        }
    }

    private static func prior(_ value: UInt8?) -> Prior {
        guard let value, value >= 1, Int(value) <= Situation.allCases.count else { return .missing }
        switch Situation.allCases[Int(value) - 1].nightClass {
        case .literal: return .homeless
        case .institution: return .institution
        case .hidden, .transitional, .housed: return .other
        case .unrecorded: return .missing
        }
    }

    private static func number(_ value: UInt8?) -> Number {
        switch value {
        case nil: .missing
        case YesNo.dontKnow.rawValue, YesNo.declined.rawValue: .unknown
        case .some(let value): .number(Int(value))
        }
    }

    /// "Homeless since": where the self-reported stay that reaches up to the answers began.
    private static func approximateStart(_ life: Life, before start: CivilDate) -> CivilDate? {
        var first: CivilDate?
        for fact in life.facts {
            guard case .stay(let stay) = fact.content, stay.knowledge == .selfReported,
                stay.situation.nightClass == .literal, stay.from <= start, stay.to.map({ start <= $0 }) ?? true
            else { continue }
            first = min(first ?? stay.from, stay.from)
        }
        return first
    }

    private static func contacts(_ life: Life, through day: CivilDate) -> [CivilDate] {
        life.facts.compactMap { fact in
            guard case .contact(let contact) = fact.content, contact.seenHomeless, contact.on <= day else { return nil }
            return contact.on
        }
    }
}
