package import CivilTime

/// Whether somebody is chronically homeless under one rule on one day, with everything that the verdict rests on.
package struct ChronicVerdict: Hashable, Sendable {
    package let rule: ChronicRule
    package let ruleVersion: Int
    package let asOf: CivilDate
    package var status: ChronicStatus
    /// `nil` for somebody who is chronic.
    package var reason: ChronicReason?
    /// On what ground the time suffices; `nil` if it does not, or nobody is homeless now.
    package var basis: ChronicBasis?
    /// The windows that were looked at, the shortest first; each ends with the last night that was tested.
    package var windows: [ChronicWindow]
    /// Calendar months with a night that counts, in the window; `nil` where the rule counts nights only.
    package var months: Int?
    /// `nil` where the rule knows none.
    package var occasions: [DateSpan]?
    /// The present occasion up to the last night tested; `nil` for somebody who is not homeless now.
    package var currentSince: CivilDate?
    package var currentNights: Int
    /// The first day of the unbroken run of days, up to the one asked about, on which the person is chronic.
    package var since: CivilDate?
    /// Why somebody is taken to be homeless on a night without a homeless record.
    package var presumed: Presumption?
    /// Chronic on the night before a rapid re-housing or veterans' programme: still eligible, and not counted.
    package var maintainsEligibility: Bool
    /// Chronic but for a stay in a programme or institution, whose nights do not count (chronic-rules.md A3).
    package var carryOverCandidate: Bool
    /// The first day on which the person is chronic if the present stay goes on; `nil` if they are, or never will.
    package var projected: CivilDate?
    package var evidence: ChronicEvidence
}

/// What the nights in the window were.
package struct ChronicEvidence: Hashable, Sendable {
    /// Nights between two occasions.
    package var breaks: [DateSpan] = []
    /// Short breaks that are filled and counted.
    package var filled: [DateSpan] = []
    package var institutions: [InstitutionStay] = []
    /// Recorded nights that add no time, and are in no institution.
    package var notCounted: [UncountedNights] = []
    /// Open stays that a later homeless one has ended.
    package var endedByLater: [ChronicStay] = []
}

package enum ChronicStatus: String, CaseIterable, Sendable {
    case chronic
    case notChronic = "not_chronic"
    /// The time suffices, and it is not known whether there is a disabling condition (chronic-rules.md C10).
    case unknown
    /// A child who is not the head of a household (chronic-rules.md C9).
    case notEvaluated = "not_evaluated"
}

package enum ChronicReason: String, CaseIterable, Sendable {
    case notCurrentlyHomeless = "not_currently_homeless"
    case timeNotMet = "time_not_met"
    case noDisablingCondition = "no_disabling_condition"
    case disablingConditionUnknown = "disabling_condition_unknown"
    case notHeadOrAdult = "not_head_or_adult"
}

package enum ChronicBasis: Hashable, Sendable {
    case continuous
    case occasions
    case window(NightsWindow)
    case carryOver

    /// The word used in files and answers; `180_in_1y` for a window.
    package var code: String {
        switch self {
        case .continuous: "continuous"
        case .occasions: "occasions"
        case .window(let window):
            "\(window.comparator == .moreThan ? "over_" : "")\(window.nights)_in_\(window.years)y"
        case .carryOver: "carry_over"
        }
    }
}

/// A window and the nights in it that count.
package struct ChronicWindow: Hashable, Sendable {
    package let span: DateSpan
    package let years: Int
    package let nights: Int
}

package enum Presumption: String, CaseIterable, Sendable {
    /// A few nights with friends or without a record (chronic-rules.md C2).
    case shortAbsence = "under_7_nights"
    /// In an institution, entered from the street, for fewer than 90 days (24 CFR 578.3(2)).
    case institution = "institution_under_90"
}

/// Nights in a row in institutions, and whether they count.
package struct InstitutionStay: Hashable, Sendable {
    package let span: DateSpan
    package let standing: InstitutionStanding
}

package enum InstitutionStanding: String, CaseIterable, Sendable {
    case counted
    /// Part of an absence that is too short to be a break, and counted with it.
    case filled
    /// Not homeless on the night before (chronic-rules.md C6).
    case notFromTheStreet = "not_from_the_street"
    case limitReached = "limit_reached"
    /// Its nights count only after a discharge to the street (chronic-rules.md C4).
    case notDischarged = "not_discharged"
    /// The rule counts no nights in institutions.
    case neverCounted = "never_counted"
}

/// Recorded nights in a row that a rule does not count.
package struct UncountedNights: Hashable, Sendable {
    package let span: DateSpan
    package let night: NightClass
}

/// Whether somebody has a disabling condition, as known.
package enum Disability: UInt8, CaseIterable, Sendable {
    case no = 0
    case yes = 1
    case unknown = 2

    package var code: String {
        switch self {
        case .no: "no"
        case .yes: "yes"
        case .unknown: "unknown"
        }
    }
}
