package import CivilTime

/// An answer to one of the questions that are asked of everybody, with the date it holds from.
package struct Answer: Hashable, Sendable {
    package let question: Question
    package let value: UInt8
    /// `nil`: of the whole life (domain.md 3).
    package let on: CivilDate?

    package init(_ question: Question, _ value: UInt8, on: CivilDate? = nil) {
        self.question = question
        self.value = value
        self.on = on
    }

    package init(_ question: Question, _ value: YesNo, on: CivilDate? = nil) {
        self.init(question, value.rawValue, on: on)
    }
}

/// The answers to a question that has no list of its own.
package enum YesNo: UInt8, CaseIterable, Sendable {
    case no = 0
    case yes = 1
    case dontKnow = 98
    case declined = 99

    package var code: String {
        switch self {
        case .no: "no"
        case .yes: "yes"
        case .dontKnow: "dont_know"
        case .declined: "declined"
        }
    }
}

/// What is asked of everybody: the data points of FD1 (Appendix C) and the two that the lists of the US need.
package enum Question: UInt8, CaseIterable, Sendable {
    case veteran = 1
    case disablingCondition = 2
    case indigenousIdentity = 3
    case racializedIdentity = 4
    case genderIdentity = 5
    case sexualOrientation = 6
    case language = 7
    case familyStaying = 8
    case medicalCondition = 9
    case physicalDisability = 10
    case addiction = 11
    case mentalHealthIssue = 12
    case fosterCare = 13
    case incomeSource = 14
    case reasonForHousingLoss = 15
    case lodging = 16
    case militaryService = 17
    /// Days, as answered; the person's own estimate.
    case timeHomelessPastYear = 18
    case timesHomelessPastYear = 19
    /// HUD 3.917: 1 to 3, 4 for four or more.
    case timesHomelessPastThreeYears = 20
    /// HUD 3.917: 101 to 112 kept as 1 to 12, 13 for more.
    case monthsHomelessPastThreeYears = 21
    case priorLivingSituation = 22

    package var code: String {
        switch self {
        case .veteran: "veteran"
        case .disablingCondition: "disabling_condition"
        case .indigenousIdentity: "indigenous_identity"
        case .racializedIdentity: "racialized_identity"
        case .genderIdentity: "gender_identity"
        case .sexualOrientation: "sexual_orientation"
        case .language: "language"
        case .familyStaying: "family_staying"
        case .medicalCondition: "medical_condition"
        case .physicalDisability: "physical_disability"
        case .addiction: "addiction"
        case .mentalHealthIssue: "mental_health_issue"
        case .fosterCare: "foster_care"
        case .incomeSource: "income_source"
        case .reasonForHousingLoss: "reason_for_housing_loss"
        case .lodging: "lodging"
        case .militaryService: "military_service"
        case .timeHomelessPastYear: "time_homeless_past_year"
        case .timesHomelessPastYear: "times_homeless_past_year"
        case .timesHomelessPastThreeYears: "times_homeless_past_three_years"
        case .monthsHomelessPastThreeYears: "months_homeless_past_three_years"
        case .priorLivingSituation: "prior_living_situation"
        }
    }
}
