package import ByNameList
import CivilTime

/// A verdict told in plain words, each sentence with the line of the rule that it follows.
package struct ChronicWords {
    private let verdict: ChronicVerdict
    private let rules: ChronicRuleSet

    package init(_ verdict: ChronicVerdict, rules: ChronicRuleSet) {
        self.verdict = verdict
        self.rules = rules
    }

    /// The verdict first, then what it rests on.
    package var sentences: [String] {
        var sentences = [opening]
        if let presumption { sentences.append(presumption) }
        sentences += time
        sentences += verdict.evidence.breaks.map {
            "\(nights($0.nights.count)) elsewhere from \($0.start) to \($0.end) separate two occasions. "
                + cite(.breaks)
        }
        if !verdict.evidence.filled.isEmpty {
            let filled = verdict.evidence.filled.reduce(0) { $0 + $1.nights.count }
            sentences.append("\(nights(filled)) of shorter absences are no break and are counted. \(cite(.breaks))")
        }
        sentences += verdict.evidence.institutions.map(institution)
        sentences += verdict.evidence.notCounted.map {
            "From \($0.span.start) to \($0.span.end), \(nights($0.span.nights.count)) \(place($0.night)): not counted. "
                + cite(.counted)
        }
        sentences += verdict.evidence.endedByLater.map {
            "The open stay (\($0.situation.code)) of \($0.from) is taken to have ended when a later homeless one began."
        }
        return sentences + closing
    }

    // MARK: Parts

    private var opening: String {
        let day = verdict.asOf
        switch verdict.status {
        case .chronic:
            let since = verdict.since.map { ", since \($0)" } ?? ""
            return "Chronically homeless on \(day)\(since). \(cite(.definition))"
        case .unknown:
            return "Unknown on \(day): the time suffices, but no answer says whether there is a disabling condition. "
                + cite(.disability)
        case .notEvaluated:
            return "Not judged on \(day): neither an adult nor the head of a household. \(cite(.household))"
        case .notChronic:
            return "Not chronically homeless on \(day): \(reason)"
        }
    }

    private var reason: String {
        switch verdict.reason {
        case .notCurrentlyHomeless: "not homeless, in the sense of the rule, on that night. \(cite(.current))"
        case .noDisablingCondition: "the time suffices, but there is no disabling condition. \(cite(.disability))"
        case .timeNotMet, .disablingConditionUnknown, .notHeadOrAdult, nil: "not for long enough yet. \(cite(.time))"
        }
    }

    private var presumption: String? {
        switch verdict.presumed {
        case .shortAbsence:
            "Nothing says where the night of \(verdict.asOf) was spent on the street or in a shelter; for up to "
                + "\(nights(rules.presumedNights)) homelessness is presumed to go on. \(cite(.presumed))"
        case .institution:
            "In an institution for a short stay, entered from the street: judged by the night before it. "
                + cite(.institution)
        case nil: nil
        }
    }

    private var time: [String] {
        var sentences = verdict.windows.map { window in
            "\(nights(window.nights)) from \(window.span.start) to \(window.span.end.adding(days: -1)) count"
                + needed(window)
        }
        if let occasions = verdict.occasions, let months = verdict.months {
            sentences.append(
                "That is \(occasions.count) \(occasions.count == 1 ? "occasion" : "occasions") in \(months) calendar "
                    + "\(months == 1 ? "month" : "months"). \(cite(.time))")
        }
        if let since = verdict.currentSince {
            sentences.append("The present occasion goes back to \(since): \(nights(verdict.currentNights)).")
        }
        return sentences
    }

    private func needed(_ window: ChronicWindow) -> String {
        guard case .nights(let test) = rules.test, let asked = test.windows.first(where: { $0.years == window.years })
        else { return "." }
        return "; \(asked.comparator == .moreThan ? "more than" : "at least") \(asked.nights) are needed. "
            + cite(.time)
    }

    private func institution(_ stay: InstitutionStay) -> String {
        let stayed = "In an institution from \(stay.span.start) to \(stay.span.end)"
        switch stay.standing {
        case .counted: return "\(stayed), entered from the street: counted. \(cite(.institution))"
        case .notFromTheStreet:
            return "\(stayed), not entered from the street: not counted. \(cite(.institution))"
        case .limitReached: return "\(stayed), too long: a break. \(cite(.institution))"
        case .notDischarged:
            return "\(stayed), still there: counted only after a discharge to the street. \(cite(.institution))"
        case .neverCounted: return "\(stayed): not counted. \(cite(.counted))"
        }
    }

    private var closing: [String] {
        var sentences: [String] = []
        if verdict.maintainsEligibility {
            sentences.append(
                "Chronic on the night before this programme began: not counted, still eligible. \(cite(.maintained))"
            )
        }
        if verdict.carryOverCandidate {
            sentences.append(
                "Chronic before a stay in a programme or institution and homeless again since its end. "
                    + cite(.carryOver))
        }
        if let projected = verdict.projected {
            sentences.append("If the present stay goes on, chronically homeless from \(projected).")
        }
        return sentences
    }

    private func nights(_ count: Int) -> String { count == 1 ? "1 night" : "\(count) nights" }

    private func place(_ night: NightClass) -> String {
        switch night {
        case .hidden: "with others or in a self-paid hotel"
        case .literal: "on the street or in a shelter"
        case .institution: "in an institution"
        case .transitional: "in transitional housing"
        case .housed: "housed"
        case .unrecorded: "without a record"
        }
    }

    private func cite(_ line: RuleLine) -> String { line.citation(of: verdict.rule) }
}

/// A line of a definition that a sentence follows.
private enum RuleLine {
    case definition, current, presumed, counted, time, breaks, institution, disability, household, maintained
    case carryOver

    /// Where it stands.
    func citation(of rule: ChronicRule) -> String {
        switch rule {
        case .usHUD: "[\(hud)]"
        case .caReachingHome: "[\(reachingHome)]"
        case .on2018: "[\(ontario)]"
        }
    }

    private var hud: String {
        switch self {
        case .definition: "24 CFR 578.3, Chronically homeless"
        case .current, .counted: "24 CFR 578.3 (1)(i)"
        case .time: "24 CFR 578.3 (1)(ii)"
        case .breaks: "24 CFR 578.3 (1)(ii): a break is at least 7 nights"
        case .institution: "24 CFR 578.3 (1)(ii) and (2): fewer than 90 days"
        case .presumed: "HMIS 3.917B: fewer than 7 nights"
        case .disability: "24 CFR 578.3 (1): homeless individual with a disability"
        case .household: "24 CFR 578.3 (3)"
        case .maintained: "HUD: rapid re-housing and VA transitional programmes maintain chronic status"
        case .carryOver: "no such line"
        }
    }

    private var reachingHome: String {
        switch self {
        case .definition, .household, .disability, .maintained, .breaks, .institution:
            "Reaching Home: chronic homelessness"
        case .current: "Reaching Home: currently experiencing homelessness"
        case .counted: "Reaching Home: sheltered, unsheltered and hidden homelessness"
        case .time: "Reaching Home: 180 days in the past year, or 546 in the past three"
        case .presumed: "choice of this list: a short absence is no end"
        case .carryOver: "Reaching Home: discharge from an institution, option carry_over"
        }
    }

    private var ontario: String {
        switch self {
        case .definition, .household, .disability, .maintained, .breaks, .institution, .carryOver:
            "Ontario: chronic homelessness"
        case .current: "Ontario: currently homeless, provisional accommodation included"
        case .counted: "Ontario: nights in a shelter or a place not fit for human habitation"
        case .time: "Ontario: more than 180 nights in the past year"
        case .presumed: "choice of this list: a short absence is no end"
        }
    }
}
