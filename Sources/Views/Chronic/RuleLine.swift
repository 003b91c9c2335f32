import ByNameList

/// A line of a definition that a sentence follows, with the parameters of the rule set.
enum RuleLine {
    case definition, current, presumed, counted, time, breaks, institution, disability, household, maintained
    case carryOver

    /// Where it stands.
    func citation(of rules: ChronicRuleSet) -> String {
        switch rules.test {
        case .occasions(let test): "[\(hud(test))]"
        case .nights(let test):
            rules.rule == .caReachingHome ? "[Reaching Home: \(reachingHome(test))]" : "[Ontario: \(ontario(test))]"
        }
    }

    private func hud(_ test: OccasionsTest) -> String {
        switch self {
        case .definition, .carryOver: "24 CFR 578.3, Chronically homeless"
        case .current, .counted: "24 CFR 578.3 (1)(i)"
        case .time: "24 CFR 578.3 (1)(ii)"
        case .breaks: "24 CFR 578.3 (1)(ii), a break of \(test.breakNights) nights; HUD LSA 5.8, shorter ones count"
        case .institution: "24 CFR 578.3 (1)(ii) and (2), fewer than \(test.institutionDaysUnder) days"
        case .presumed: "HMIS 3.917B, fewer than \(test.breakNights) nights"
        case .disability: "24 CFR 578.3 (1), homeless individual with a disability"
        case .household: "24 CFR 578.3 (3)"
        case .maintained: "HUD, rapid re-housing and VA transitional programmes maintain chronic status"
        }
    }

    private func reachingHome(_ test: NightsTest) -> String {
        switch self {
        case .definition, .household, .disability, .maintained, .breaks, .institution: "chronic homelessness"
        case .current: "currently experiencing homelessness"
        case .counted: "sheltered, unsheltered and hidden homelessness"
        case .time: RuleLine.windows(test)
        case .presumed: "choice of this list, a short absence is no end"
        case .carryOver: "discharge from an institution, option carry_over"
        }
    }

    private func ontario(_ test: NightsTest) -> String {
        switch self {
        case .definition, .household, .disability, .maintained, .breaks, .institution, .carryOver:
            "chronic homelessness"
        case .current: "currently homeless, provisional accommodation included"
        case .counted: "nights in a shelter or a place not fit for human habitation"
        case .time: RuleLine.windows(test)
        case .presumed: "choice of this list, a short absence is no end"
        }
    }

    private static func windows(_ test: NightsTest) -> String {
        test.windows.map { window in
            "\(window.comparator == .moreThan ? "more than" : "at least") \(window.nights) nights in the past "
                + (window.years == 1 ? "year" : "\(window.years) years")
        }.joined(separator: ", or ")
    }
}
