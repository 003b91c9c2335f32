/// The answers that a question has, as FD1 lists them (Appendix C).
package enum AnswerList: Sendable {
    /// Yes, no, and the two answers that are neither.
    case yesNo
    /// Yes, no, and kinds of yes, numbered from 2.
    case yesNoAndKinds([String])
    /// A list of its own, numbered from 1.
    case choices([String])
    /// A number, of what the question says; the person's own estimate.
    case number
}

extension Question {
    /// What can be answered; "don't know" and "declined" (98 and 99, as in `YesNo`) can be answered to every question.
    package var answers: AnswerList {
        switch self {
        case .veteran, .disablingCondition, .medicalCondition, .physicalDisability, .addiction, .mentalHealthIssue,
            .fosterCare:
            .yesNo
        case .timeHomelessPastYear, .timesHomelessPastYear, .timesHomelessPastThreeYears,
            .monthsHomelessPastThreeYears:
            .number
        case .indigenousIdentity: .yesNoAndKinds(["first_nations", "inuit", "metis", "non_status_or_ancestry"])
        case .racializedIdentity: .choices(Question.racializedIdentities)
        case .genderIdentity:
            .choices([
                "man", "woman", "trans_woman", "trans_man", "two_spirit", "gender_non_conforming", "not_listed",
            ])
        case .sexualOrientation:
            .choices([
                "heterosexual", "gay", "lesbian", "bisexual", "two_spirit", "queer", "questioning", "not_listed",
            ])
        case .language: .choices(["english", "french", "no_preference", "neither"])
        case .familyStaying: .choices(["none", "partner", "children_or_dependents", "other_adult"])
        case .incomeSource: .choices(Question.incomeSources)
        case .reasonForHousingLoss: .choices(Question.reasonsForHousingLoss)
        case .lodging: .choices(Question.lodgings)
        case .militaryService: .choices(["yes_military", "yes_rcmp", "no"])
        case .priorLivingSituation: .choices(Situation.allCases.map(\.code))
        }
    }

    /// Whether an answer holds for the whole life unless it is dated (domain.md 3).
    package var isOfAWholeLife: Bool {
        switch self {
        case .veteran, .militaryService, .indigenousIdentity, .racializedIdentity, .fosterCare: true
        case .disablingCondition, .genderIdentity, .sexualOrientation, .language, .familyStaying, .medicalCondition,
            .physicalDisability, .addiction, .mentalHealthIssue, .incomeSource, .reasonForHousingLoss, .lodging,
            .timeHomelessPastYear, .timesHomelessPastYear, .timesHomelessPastThreeYears,
            .monthsHomelessPastThreeYears, .priorLivingSituation:
            false
        }
    }

    /// The word for an answer to this question, or `nil` if it has no such answer.
    package func answer(_ value: UInt8) -> String? {
        if value == YesNo.dontKnow.rawValue || value == YesNo.declined.rawValue {
            return YesNo(rawValue: value)?.code
        }
        switch answers {
        case .yesNo: return YesNo(rawValue: value)?.code
        case .yesNoAndKinds(let kinds):
            return value >= 2 && Int(value) < kinds.count + 2 ? kinds[Int(value) - 2] : YesNo(rawValue: value)?.code
        case .number: return "\(value)"
        case .choices(let codes):
            return value >= 1 && Int(value) <= codes.count ? codes[Int(value) - 1] : nil
        }
    }

    /// The answer to this question that the word stands for, or `nil` if it has no such answer.
    package func value(of word: String) -> UInt8? {
        if word == YesNo.dontKnow.code { return YesNo.dontKnow.rawValue }
        if word == YesNo.declined.code { return YesNo.declined.rawValue }
        let yesNo: UInt8? = word == YesNo.yes.code ? 1 : word == YesNo.no.code ? 0 : nil
        switch answers {
        case .yesNo: return yesNo
        case .yesNoAndKinds(let kinds): return kinds.firstIndex(of: word).map { UInt8($0 + 2) } ?? yesNo
        case .number: return UInt8(word).flatMap { $0 < YesNo.dontKnow.rawValue ? $0 : nil }
        case .choices(let codes): return codes.firstIndex(of: word).map { UInt8($0 + 1) }
        }
    }

    private static let racializedIdentities = [
        "indigenous", "arab", "asian", "south_east_asian", "south_asian", "west_asian", "black", "filipino",
        "latin_american", "white", "other",
    ]

    private static let incomeSources = [
        "employment", "informal_or_self_employment", "employment_insurance", "income_assistance", "disability_benefit",
        "seniors_benefits", "child_and_family_tax_benefits", "family_and_friends", "other", "no_income",
    ]

    private static let reasonsForHousingLoss = [
        "illness_or_medical_condition", "addiction_or_substance_use", "job_loss", "unable_to_pay", "evicted_other",
        "abuse_by_parent", "abuse_by_partner", "conflict_with_parent", "conflict_with_partner", "incarcerated",
        "hospitalization_or_treatment", "unsafe_housing", "other",
    ]

    private static let lodgings = [
        "own_apartment", "someone_elses_place", "motel_or_hotel", "institution", "emergency_shelter",
        "domestic_violence_shelter", "transitional_shelter", "transitional_housing", "public_space", "vehicle",
        "abandoned_building", "other_unsheltered",
    ]
}
