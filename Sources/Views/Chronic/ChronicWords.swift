package import ByNameList
import CivilTime

/// A verdict told in plain words, each sentence with the line of the rule that it follows.
///
/// Spans are told by their first and last nights, both of which are in them.
package struct ChronicWords {
    private let verdict: ChronicVerdict
    private let rules: ChronicRuleSet
    private let disability: Disability

    package init(_ verdict: ChronicVerdict, rules: ChronicRuleSet, disability: Disability) {
        self.verdict = verdict
        self.rules = rules
        self.disability = disability
    }

    /// The verdict first, then what it rests on.
    package var sentences: [String] {
        [opening] + presumption + time + absences + uncounted + closing
    }

    // MARK: The verdict

    private var opening: String {
        let day = verdict.asOf
        switch verdict.status {
        case .chronic:
            let since = verdict.since.map { ", since \($0)" } ?? ""
            return "Chronically homeless on \(day)\(since), \(ground). \(cite(.definition))"
        case .unknown:
            return "Unknown on \(day): the time suffices, \(ground), but no answer says whether there is a disabling "
                + "condition. \(cite(.disability))"
        case .notEvaluated:
            return "Not judged on \(day): neither an adult nor the head of a household. \(cite(.household))"
        case .notChronic:
            return "Not chronically homeless on \(day): \(reason)"
        }
    }

    private var ground: String {
        switch verdict.basis {
        case .continuous: "homeless for twelve months without a break"
        case .occasions: "homeless on several occasions that make twelve months"
        case .window(let window): "by the nights of the past \(window.years == 1 ? "year" : "\(window.years) years")"
        case .carryOver: "as before the stay in a programme or institution that has ended"
        case nil: "on no ground of this rule"
        }
    }

    private var reason: String {
        switch verdict.reason {
        case .notCurrentlyHomeless: "not homeless, in the sense of the rule, on that night. \(cite(.current))"
        case .noDisablingCondition: "the time suffices, but there is no disabling condition. \(cite(.disability))"
        case .timeNotMet, .disablingConditionUnknown, .notHeadOrAdult, nil: "not for long enough yet. \(cite(.time))"
        }
    }

    private var presumption: [String] {
        switch verdict.presumed {
        case .shortAbsence:
            [
                "No homeless night is recorded for \(verdict.asOf); up to \(nights(rules.presumedNights)) after the "
                    + "last one are taken to be no end of it. \(cite(.presumed))"
            ]
        case .institution:
            [
                "In an institution for a short stay, entered from the street: judged by the night before it. "
                    + cite(.institution)
            ]
        case nil: []
        }
    }

    // MARK: The time

    private var time: [String] {
        switch rules.test {
        case .nights(let test): nightsNeeded(test)
        case .occasions(let test): occasionsNeeded(test)
        }
    }

    private func nightsNeeded(_ test: NightsTest) -> [String] {
        var sentences = zip(test.windows, verdict.windows).map { asked, found in
            let needed = "\(asked.comparator == .moreThan ? "more than" : "at least") \(asked.nights)"
            return "\(nights(found.nights)) of \(span(found.span)) count; \(needed) are needed. \(cite(.time))"
        }
        if let since = verdict.currentSince {
            sentences.append("Homeless, in the sense of the rule, since \(since). \(cite(.current))")
        }
        return sentences
    }

    private func occasionsNeeded(_ test: OccasionsTest) -> [String] {
        var sentences: [String] = []
        if let since = verdict.currentSince {
            let needed = test.continuous == .nights ? nights(test.nights) : "nights in \(test.months) calendar months"
            sentences.append(
                "The present occasion began on \(since) and has \(nights(verdict.currentNights)); \(needed) without a "
                    + "break are needed. \(cite(.time))")
        }
        if let window = verdict.windows.first, let occasions = verdict.occasions, let months = verdict.months {
            let needed = test.cumulative == .nights ? nights(test.nights) : "\(test.months) calendar months"
            sentences.append(
                "Or \(test.occasions) occasions that make \(needed): \(span(window.span)) holds \(occasions.count), "
                    + "with \(nights(window.nights)) in \(months) calendar months. \(cite(.time))")
        }
        if verdict.status == .chronic {
            sentences.append("The disabling condition is answered \"\(disability.code)\". \(cite(.disability))")
        }
        return sentences
    }

    // MARK: Nights that are no homeless ones

    private var absences: [String] {
        var sentences = verdict.evidence.breaks.map {
            "No homeless night is recorded for the \(nights($0.nights.count)) of \(span($0)): they separate two "
                + "occasions. \(cite(.breaks))"
        }
        if !verdict.evidence.filled.isEmpty {
            let filled = verdict.evidence.filled.reduce(0) { $0 + $1.nights.count }
            sentences.append("\(nights(filled)) of shorter absences are no break and are counted. \(cite(.breaks))")
        }
        return sentences + verdict.evidence.institutions.map(institution)
    }

    private func institution(_ stay: InstitutionStay) -> String {
        let stayed = "In an institution, \(span(stay.span))"
        switch stay.standing {
        case .counted: return "\(stayed), entered from the street: counted. \(cite(.institution))"
        case .filled: return "\(stayed), within a shorter absence: counted with it. \(cite(.breaks))"
        case .notFromTheStreet:
            return "\(stayed), not entered from the street: not counted. \(cite(.institution))"
        case .limitReached: return "\(stayed), too long: not counted. \(cite(.institution))"
        case .notDischarged:
            return "\(stayed), still there: counted only after a discharge to the street. \(cite(.institution))"
        case .neverCounted: return "\(stayed): not counted. \(cite(.counted))"
        }
    }

    private var uncounted: [String] {
        verdict.evidence.notCounted.map {
            "\(nights($0.span.nights.count)) \(place($0.night)), \(span($0.span)): not counted. \(cite(.counted))"
        }
            + verdict.evidence.endedByLater.map {
                "The open stay (\($0.situation.code)) of \($0.from) is taken to have ended when a later homeless "
                    + "one began."
            }
    }

    private var closing: [String] {
        var sentences: [String] = []
        if verdict.maintainsEligibility {
            sentences.append(
                "Chronic on the night before this programme began: not counted, still eligible. \(cite(.maintained))")
        }
        if verdict.carryOverCandidate, verdict.status != .chronic {
            sentences.append(
                "With the option carry_over this would be chronic: it was before a stay in a programme or institution, "
                    + "and homelessness has gone on since. \(cite(.carryOver))")
        }
        if let projected = verdict.projected {
            sentences.append("If the present stay goes on, the time suffices from \(projected).")
        }
        return sentences
    }

    // MARK: Parts

    private func nights(_ count: Int) -> String { count == 1 ? "1 night" : "\(count) nights" }

    /// First and last night; what still goes on has none.
    private func span(_ span: DateSpan) -> String {
        let last = span.end.adding(days: -1)
        return last == span.start ? "the night of \(last)" : "the nights of \(span.start) to \(last)"
    }

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

    private func cite(_ line: RuleLine) -> String { line.citation(of: rules) }
}
