import CivilTime

/// One person, one day and one rule, for the slow model of chronic homelessness.
struct SlowChronicCase: Hashable, Sendable {
    enum Rule: String, Hashable, Sendable, CaseIterable {
        case on2018 = "on_2018"
        case caReachingHome = "ca_reaching_home"
        case usHUD = "us_hud"

        /// The rule of that name, or of the short name that the worked cases use.
        init?(name: String) {
            switch name {
            case "ontario": self = .on2018
            case "canada": self = .caReachingHome
            case "hud": self = .usHUD
            default: self.init(rawValue: name)
            }
        }
    }

    enum Disability: String, Hashable, Sendable, CaseIterable {
        case yes, no, unknown
    }

    enum Role: String, Hashable, Sendable, CaseIterable {
        case single, adult, head, child
        case minorHead = "minor_head"
    }

    /// What "12 months" is measured in (chronic-rules.md C1).
    enum Unit: String, Hashable, Sendable, CaseIterable {
        case nights365 = "nights_365"
        case calendarMonths = "calendar_months"
    }

    struct Options: Hashable, Sendable {
        var continuous = Unit.nights365
        var cumulative = Unit.calendarMonths
        /// Federal rule only (chronic-rules.md A3).
        var carryOver = false
    }

    struct Stay: Hashable, Sendable {
        var kind: StayKind
        var start: CivilDate
        /// The morning after the last night; `nil` while the stay goes on.
        var end: CivilDate?
    }

    enum StayKind: String, Hashable, Sendable, CaseIterable {
        case unsheltered, transitional, institution
        case emergencyShelter = "emergency_shelter"
        case safeHaven = "safe_haven"
        case doubledUp = "doubled_up"
        case hotelSelfPay = "hotel_self_pay"
        case transitionalVA = "transitional_va"
        case rapidRehousing = "rapid_rehousing"
        case permanentHousing = "permanent_housing"
    }

    var rule: Rule
    var asOf: CivilDate
    var disability = Disability.yes
    var role = Role.single
    var stays: [Stay]
    var options = Options()
}

/// What the slow model answers.
struct SlowChronicVerdict: Hashable, Sendable {
    enum Status: String, Hashable, Sendable {
        case chronic, unknown
        case notChronic = "not_chronic"
        case notEvaluated = "not_evaluated"
    }

    enum Reason: String, Hashable, Sendable {
        case notHeadOrAdult = "not_head_or_adult"
        case notCurrentlyHomeless = "not_currently_homeless"
        case timeNotMet = "time_not_met"
        case noDisablingCondition = "no_disabling_condition"
        case disablingConditionUnknown = "disabling_condition_unknown"
    }

    enum Basis: String, Hashable, Sendable {
        case continuous, occasions
        case halfOfOneYear = "180_in_1y"
        case halfOfThreeYears = "546_in_3y"
        case carryOver = "carry_over"
    }

    enum Presumption: String, Hashable, Sendable {
        case underSevenNights = "under_7_nights"
        case institutionUnderNinety = "institution_under_90"
    }

    /// Nights not homeless between two occasions of the window.
    struct Break: Hashable, Sendable {
        let from: CivilDate
        /// The first night of the next occasion.
        let end: CivilDate
    }

    struct Institution: Hashable, Sendable {
        enum Answer: String, Hashable, Sendable {
            case counted
            case ninetyOrMore = "90_or_more"
            case notFromTheStreet = "not_from_the_street"
            case stillIn = "still_in"
        }

        let from: CivilDate
        /// The morning after the last night; of a run that goes on, the morning after the as-of night.
        let end: CivilDate
        let answer: Answer

        var counts: Bool { answer == .counted }
    }

    var status: Status
    var reason: Reason?
    var basis: Basis?
    /// In the window: one year under on_2018 and ca_reaching_home, three under us_hud.
    var nights: Int
    /// ca_reaching_home only.
    var nights3y: Int?
    /// This and the next three: us_hud only.
    var months: Int?
    var occasions: Int?
    var currentNights: Int?
    var currentSince: CivilDate?
    var since: CivilDate?
    var presumed: Presumption?
    /// us_hud only.
    var maintainedEligibility: Bool?
    /// ca_reaching_home only.
    var carryOverCandidate: Bool?
    var breaks: [Break] = []
    var institutions: [Institution] = []
    /// The nights of the window that count only because they lie in a gap of one to six.
    var filled = 0
    /// The first day after the as-of day on which the time would be met if the present kind of night went on.
    var projected: CivilDate?

    var chronic: Bool { status == .chronic }
}

/// The chronic rules worked by hand: every night painted, every day judged anew, straight from the definitions.
///
/// It shares nothing with the rules of the product but the calendar, so that a mistake must be made twice to go unseen.
enum SlowChronic {
    /// The verdict; the projection, which judges every day of the next three years, can be left out.
    static func verdict(of question: SlowChronicCase, projecting: Bool = true) -> SlowChronicVerdict {
        let model = SlowChronicModel(question)
        var verdict = model.verdict(on: question.asOf)
        verdict.since = model.since(question.asOf)
        if projecting { verdict.projected = model.projected(question.asOf) }
        return verdict
    }
}

/// One question with its nights painted.
struct SlowChronicModel {
    let question: SlowChronicCase
    var nights: SlowChronicNights

    init(_ question: SlowChronicCase) {
        self.question = question
        nights = SlowChronicNights(question.stays, until: question.asOf)
    }

    func verdict(on day: CivilDate) -> SlowChronicVerdict {
        switch question.rule {
        case .on2018: ontarioVerdict(on: day)
        case .caReachingHome: canadaVerdict(on: day)
        case .usHUD: hudVerdict(on: day)
        }
    }

    /// Whether the person is currently homeless and has been for long enough.
    func meetsTime(on day: CivilDate) -> Bool {
        switch question.rule {
        case .on2018: ontarioMeetsTime(on: day)
        case .caReachingHome: canadaMeetsTime(on: day)
        case .usHUD: hudMeetsTime(on: day)
        }
    }

    func isChronic(on day: CivilDate) -> Bool {
        canBeChronic && meetsTime(on: day)
    }

    // Only the US rule asks who the person is and for a disability (24 CFR 578.3 (1), (3); chronic-rules.md A3, A4).
    private var canBeChronic: Bool {
        question.rule != .usHUD || (question.role != .child && question.disability == .yes)
    }

    /// The first day of the unbroken run of chronic days that ends with this one (chronic-rules.md C16).
    func since(_ day: CivilDate) -> CivilDate? {
        guard isChronic(on: day) else { return nil }
        var first = day
        while isChronic(on: first.adding(days: -1)) { first = first.adding(days: -1) }
        return first
    }

    /// The first later day on which the time is met if the night of `day` is followed by nights of the same kind only.
    func projected(_ day: CivilDate) -> CivilDate? {
        guard goesOnAsHomeless(on: day), !meetsTime(on: day) else { return nil }
        if question.rule == .usHUD, question.role == .child || question.disability == .no { return nil }
        // Three years and a day: after that the window holds nothing but the nights that were added.
        let last = day.adding(days: 3 * 365 + 2)
        var future = self
        future.nights.continueLastNight(until: last)
        var next = day.adding(days: 1)
        while next <= last {
            if future.meetsTime(on: next) { return next }
            next = next.adding(days: 1)
        }
        return nil
    }

    private func goesOnAsHomeless(on day: CivilDate) -> Bool {
        switch question.rule {
        case .on2018: nights[day].isHomelessInOntario
        case .caReachingHome: nights[day].isHomelessInCanada
        case .usHUD: nights[day] == .literal
        }
    }
}
