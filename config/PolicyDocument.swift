package import ByNameList
import CivilTime
package import JSON

/// A policy as JSON: the shipped templates, the community's recorded policy, and the overrides of test histories.
///
/// The names of the fields are the same in all of them; `config/README.md` lists them.
package enum PolicyDocument {
    package static let templates = ["us_bfz", "ca_bfz", "ontario"]

    /// The text of a shipped template, or `nil` if there is none of that name.
    package static func template(_ name: String) -> String? {
        switch name {
        case "us_bfz": String(decoding: PackageResources.us_bfz_json, as: UTF8.self)
        case "ca_bfz": String(decoding: PackageResources.ca_bfz_json, as: UTF8.self)
        case "ontario": String(decoding: PackageResources.ontario_json, as: UTF8.self)
        default: nil
        }
    }

    /// The policy of a shipped template.
    package static func policy(template name: String) -> Policy? {
        template(name).flatMap { try? policy(from: $0) }
    }

    /// The policy of a full document; every problem of a faulty one.
    package static func policy(from text: String) throws(PolicyProblems) -> Policy {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(Array(text.utf8))
        } catch {
            throw PolicyProblems(problems: [FieldProblem(error.pointer, "cannot be read: \(error.reason.rawValue)")])
        }
        let problems = FieldProblems()
        var policy = Policy(
            template: "", inactivity: [], hiddenIsHomeless: false, chronic: ChronicRuleDocument.shipped.usHUD,
            adultsOutsideFamiliesOnly: false)
        _ = problems.object(value) { fields -> Bool? in
            policy.template = fields.string("template") ?? ""
            for name in required where fields.value(name) == nil { fields.refuse(name, "is missing") }
            apply(&fields, to: &policy)
            _ = fields.value("return_lookback_days")
            _ = fields.value("sources")
            return true
        }
        guard problems.isEmpty else { throw PolicyProblems(problems: problems.found) }
        return policy
    }

    private static let required = [
        "inactivity_days", "comparator", "institution_days", "hidden_is_homeless", "transitional_is_active",
        "exit_to_unknown", "chronic_rule", "chronic_currency", "adults_outside_families_only", "require_consent",
        "waiting_for_housing_is_activity", "contacts_stop_clock",
    ]

    /// Sets what the fields name and leaves the rest.
    package static func apply(_ fields: inout JSONFields, to policy: inout Policy) {
        if let limits = inactivity(&fields) { policy.inactivity = limits }
        if let value = fields.optionalText(
            "comparator", must: "be at_least or more_than", Comparator.init(rawValue:))
        {
            policy.inactivityComparator = value
        }
        if let days = fields.optionalInteger("institution_days", in: 0...36_500) {
            policy.institutionDaysMax = Int(days)
        }
        if let value = fields.optionalBool("hidden_is_homeless") { policy.hiddenIsHomeless = value }
        if let value = fields.optionalBool("transitional_is_active") { policy.transitionalIsActive = value }
        if let value = fields.optionalText(
            "exit_to_unknown", must: "be stay or inactive", ExitToUnknown.init(rawValue:))
        {
            policy.exitToUnknown = value
        }
        if let days = fields.optionalInteger("return_lookback_days", in: 0...36_500) {
            policy.returnLookbackDays = Int(days)
        }
        if let rule = fields.optionalText(
            "chronic_rule", must: "be us_hud, ca_reaching_home or on_2018", chronicRule)
        {
            policy.chronic = ChronicRuleDocument.shipped[rule]
        }
        _ = fields.optionalObject("chronic_options") { options -> Bool? in
            ChronicRuleDocument.apply(options: &options, to: &policy.chronic)
            return true
        }
        if let value = fields.optionalText(
            "chronic_currency", must: "be list or rule", ChronicCurrency.init(rawValue:))
        {
            policy.chronicCurrency = value
        }
        if let value = fields.optionalBool("adults_outside_families_only") { policy.adultsOutsideFamiliesOnly = value }
        if let value = fields.optionalBool("require_consent") { policy.requireConsent = value }
        if let value = fields.optionalBool("waiting_for_housing_is_activity") {
            policy.waitingForHousingIsActivity = value
        }
        if let kinds = contactKinds(&fields) { policy.activityContacts = Set(kinds) }
        if let years = fields.optionalInteger("erase_after_years", in: 0...100) {
            policy.eraseAfterYears = years == 0 ? nil : Int(years)
        }
        if let count = fields.optionalInteger("small_counts_under", in: 0...1_000) {
            policy.smallCountsUnder = Int(count)
        }
        if let filters = savedFilters(&fields) { policy.savedFilters = filters }
        if let share = fields.optional("reliability_threshold", must: "be a share from 0 to 1, as 0.15", share) {
            policy.reliabilityThreshold = share
        }
    }

    /// The rule of that code, or of the short name that the test cases use.
    package static func chronicRule(_ code: String) -> ChronicRule? {
        switch code {
        case "ontario": .on2018
        case "canada": .caReachingHome
        case "hud": .usHUD
        default: ChronicRule.allCases.first { $0.code == code }
        }
    }

    /// Contacts of a kind that has no name of its own are `other`.
    package static func contactKind(_ code: String) -> ContactKind {
        ContactKind.allCases.first { $0.code == code } ?? .other
    }

    private static func share(_ value: JSONValue) -> Double? {
        switch value {
        case .number(let number) where 0...1 ~= number: number
        case .integer(let number) where 0...1 ~= number: Double(number)
        case .null, .bool, .integer, .number, .string, .array, .object: nil
        }
    }

    private static func contactKinds(_ fields: inout JSONFields) -> [ContactKind]? {
        fields.optionalArray("contacts_stop_clock") { value, _ in
            if case .string(let code) = value { contactKind(code) } else { nil }
        }
    }
}

/// What is wrong with a policy document.
package struct PolicyProblems: Error, Hashable, Sendable {
    package let problems: [FieldProblem]
}
