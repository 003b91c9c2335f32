package import ByNameList
package import JSON

/// A rule set of chronic homelessness as JSON: the shipped files, and the options of a policy.
///
/// `config/README.md` lists the fields; each parameter of a shipped file has its source beside it.
package enum ChronicRuleDocument {
    /// The three shipped rule sets, read once.
    package static let shipped = ChronicRuleSets(
        usHUD: shipped(PackageResources.us_hud_json), caReachingHome: shipped(PackageResources.ca_reaching_home_json),
        on2018: shipped(PackageResources.on_2018_json))

    /// The text of a shipped file.
    package static func text(of rule: ChronicRule) -> String {
        switch rule {
        case .usHUD: String(decoding: PackageResources.us_hud_json, as: UTF8.self)
        case .caReachingHome: String(decoding: PackageResources.ca_reaching_home_json, as: UTF8.self)
        case .on2018: String(decoding: PackageResources.on_2018_json, as: UTF8.self)
        }
    }

    private static func shipped(_ bytes: [UInt8]) -> ChronicRuleSet {
        guard let value = try? JSONValue(bytes), let rules = try? ruleSet(from: value) else {
            // The program's own file, which a test reads: no user's text comes here.
            preconditionFailure("a shipped rule set cannot be read")
        }
        return rules
    }

    /// The rule set of a full document; every problem of a faulty one.
    package static func ruleSet(from value: JSONValue) throws(PolicyProblems) -> ChronicRuleSet {
        let problems = FieldProblems()
        let rules = problems.object(value) { fields in ruleSet(&fields) }
        guard let rules, problems.isEmpty else { throw PolicyProblems(problems: problems.found) }
        return rules
    }

    private static func ruleSet(_ fields: inout JSONFields) -> ChronicRuleSet? {
        let rule = fields.text("rule", must: "be us_hud, ca_reaching_home or on_2018") { code in
            ChronicRule.allCases.first { $0.code == code }
        }
        let version = fields.integer("version", in: 1...1_000_000)
        let counted = nightClasses("counted_nights", &fields)
        let current = nightClasses("current_nights", &fields)
        let presumed = fields.integer("presumed_nights", in: 0...365)
        _ = fields.value("sources")
        let test: ChronicRuleSet.Test? =
            rule == .usHUD ? occasions(&fields).map { .occasions($0) } : nights(&fields).map { .nights($0) }
        guard let rule, let version, let counted, let current, let presumed, let test else { return nil }
        return ChronicRuleSet(
            rule: rule, version: Int(version), counted: counted, current: current, presumedNights: Int(presumed),
            test: test)
    }

    private static func nightClasses(_ key: String, _ fields: inout JSONFields) -> [NightClass]? {
        fields.array(key) { value, _ in
            guard case .string(let code) = value else { return nil }
            return NightClass.allCases.first { $0.code == code && $0 != .unrecorded }
        }
    }

    private static func nights(_ fields: inout JSONFields) -> NightsTest? {
        let windows: [NightsWindow]? = fields.array("windows") { value, path in
            let problems = FieldProblems()
            let window = problems.object(value, at: path) { window in Self.window(&window) }
            return problems.isEmpty ? window : nil
        }
        let carriesOver = fields.bool("carry_over")
        guard let windows, let carriesOver else { return nil }
        return NightsTest(windows: windows.sorted { $0.years < $1.years }, carriesOver: carriesOver)
    }

    private static func window(_ fields: inout JSONFields) -> NightsWindow? {
        let years = fields.integer("years", in: 1...100)
        let atLeast = fields.optionalInteger("at_least", in: 1...36_500)
        let moreThan = fields.optionalInteger("more_than", in: 0...36_500)
        guard let years, (atLeast == nil) != (moreThan == nil) else { return nil }
        return atLeast.map { NightsWindow(years: Int(years), .atLeast, nights: Int($0)) }
            ?? moreThan.map { NightsWindow(years: Int(years), .moreThan, nights: Int($0)) }
    }

    private static func occasions(_ fields: inout JSONFields) -> OccasionsTest? {
        let years = fields.integer("years", in: 1...100)
        let occasions = fields.integer("occasions", in: 1...1_000)
        let breakNights = fields.integer("break_nights", in: 1...365)
        let institution = fields.integer("institution_days_under", in: 1...3_650)
        let nights = fields.integer("nights", in: 1...36_500)
        let months = fields.integer("months", in: 1...1_200)
        let continuous = fields.text("continuous", must: unitWords, LengthUnit.init(rawValue:))
        let cumulative = fields.text("cumulative", must: unitWords, LengthUnit.init(rawValue:))
        let household = fields.text("household", must: householdWords, HouseholdVerdict.init(rawValue:))
        guard let years, let occasions, let breakNights, let institution, let nights, let months, let continuous,
            let cumulative, let household
        else { return nil }
        return OccasionsTest(
            years: Int(years), occasions: Int(occasions), breakNights: Int(breakNights),
            institutionDaysUnder: Int(institution), nights: Int(nights), months: Int(months), continuous: continuous,
            cumulative: cumulative, household: household)
    }

    private static let unitWords = "be nights_365 or calendar_months"
    private static let householdWords = "be head or any_adult"

    /// Sets the options that the fields name: `continuous`, `cumulative`, `household` or `carry_over` by the rule.
    package static func apply(options fields: inout JSONFields, to rules: inout ChronicRuleSet) {
        switch rules.test {
        case .occasions(var test):
            if let unit = fields.optionalText("continuous", must: unitWords, LengthUnit.init(rawValue:)) {
                test.continuous = unit
            }
            if let unit = fields.optionalText("cumulative", must: unitWords, LengthUnit.init(rawValue:)) {
                test.cumulative = unit
            }
            if let whose = fields.optionalText("household", must: householdWords, HouseholdVerdict.init(rawValue:)) {
                test.household = whose
            }
            rules.test = .occasions(test)
        case .nights(var test):
            if let carriesOver = fields.optionalBool("carry_over") { test.carriesOver = carriesOver }
            rules.test = .nights(test)
        }
    }
}
