import ByNameList
package import CivilTime
package import JSON
import ShippedConfig

/// A what-if: stays or a self-report in, verdicts out, nothing kept.
///
/// The shape is that of the published test cases: `rule` (absent: all three), `as_of`, `disabling_condition`,
/// `household_role`, `stays` of `{type, start, end}`, `options`; with `method` a `self_report` is judged instead.
package struct ChronicCase: Sendable {
    /// Whatever the case calls itself, to be found again in the answer.
    package let id: JSONValue?
    let question: Question

    enum Question: Sendable {
        case nights([ChronicRuleSet], ChronicQuestion, disability: Disability, isOneRule: Bool)
        case selfReport(SelfReport, asOf: CivilDate, atPoint: Bool)
    }

    /// The case in an object; what is wrong is reported and makes it `nil`.
    package init?(_ value: JSONValue, _ problems: FieldProblems) {
        let read = problems.object(value) { fields -> ChronicCase? in ChronicCase(&fields) }
        guard let read, problems.isEmpty else { return nil }
        self = read
    }

    private init?(_ fields: inout JSONFields) {
        id = fields.optional("id", must: "be a text or a number") { value in
            switch value {
            case .string, .integer, .number: value
            case .null, .bool, .array, .object: nil
            }
        }
        // What the authors of a case wrote beside it for its readers.
        for note in ["expect", "hand_checked", "why", "source"] { _ = fields.value(note) }
        let rules = ChronicCase.rules(&fields)
        let method = fields.optionalText(
            "method", must: "be from_stays, self_report_start or self_report_pit", Method.init(rawValue:))
        let asOf = fields.text("as_of", must: ChronicCase.dayWords, ChronicCase.day)
        let disability = fields.optionalText("disabling_condition", must: "be yes, no or unknown") { code in
            Disability.allCases.first { $0.code == code }
        }
        let role = fields.optionalText(
            "household_role", must: "be single, head, adult, minor_head or child", Role.init(rawValue:))
        let stays = ChronicCase.stays(&fields)
        switch method ?? .fromStays {
        case .fromStays:
            _ = fields.value("self_report")
            guard let rules, let asOf else { return nil }
            let disability = disability ?? .unknown
            question = .nights(
                rules,
                ChronicQuestion(
                    nights: NightHistory(of: stays, through: asOf), asOf: asOf, disability: disability,
                    isAdultOrHead: (role ?? .single) != .child),
                disability: disability, isOneRule: rules.count == 1)
        case .atStart, .atPoint:
            let report = fields.object("self_report") { report in SelfReport(&report) }
            guard let asOf, let report else { return nil }
            question = .selfReport(report, asOf: asOf, atPoint: method == .atPoint)
        }
    }

    private enum Method: String {
        case fromStays = "from_stays"
        case atStart = "self_report_start"
        case atPoint = "self_report_pit"
    }

    private enum Role: String {
        case single, head, adult, child
        case minorHead = "minor_head"
    }

    static let dateWords = "be a date that exists, as 2024-03-05"
    package static let dayWords = "be a date from 1900-01-01 to 2199-12-31, as 2024-03-05"

    /// A day to be judged on: its windows and what is projected from it are dates that can be written.
    package static func day(_ text: String) -> CivilDate? {
        CivilDate(text).flatMap { (1900...2199).contains($0.components.year) ? $0 : nil }
    }

    private static func rules(_ fields: inout JSONFields) -> [ChronicRuleSet]? {
        let one = fields.optionalText(
            "rule", must: "be us_hud, ca_reaching_home or on_2018 (or hud, canada, ontario)",
            PolicyDocument.chronicRule)
        var rules = one.map { [$0] } ?? ChronicRule.allCases
        if fields.value("options") == nil { return rules.map { ChronicRuleDocument.shipped[$0] } }
        guard let one else {
            fields.refuse("options", "need a rule, whose options they are")
            return nil
        }
        rules = [one]
        var set = ChronicRuleDocument.shipped[one]
        _ = fields.optionalObject("options") { options -> Bool? in
            ChronicRuleDocument.apply(options: &options, to: &set)
            return true
        }
        return [set]
    }

    private static func stays(_ fields: inout JSONFields) -> [ChronicStay] {
        fields.optionalArray("stays", countMax: 100_000) { [problems = fields.problems] value, path in
            problems.object(value, at: path) { stay in ChronicStay(&stay) }
        } ?? []
    }
}

extension ChronicStay {
    fileprivate init?(_ fields: inout JSONFields) {
        let situation = fields.text("type", must: "be a situation, as emergency_shelter") { code in
            Situation.allCases.first { $0.code == code }
        }
        let start = fields.text("start", must: ChronicCase.dateWords) { CivilDate($0) }
        let end = fields.optionalText("end", must: ChronicCase.dateWords) { CivilDate($0) }
        guard let situation, let start else { return nil }
        if let end, end < start {
            fields.refuse("end", "is before the start of the stay, \(start)")
            return nil
        }
        self.init(situation, from: start, to: end)
    }
}

extension SelfReport {
    /// The fields of 3.917 and what they hang on, with HUD's codes.
    fileprivate init?(_ fields: inout JSONFields) {
        let disability = fields.optionalInteger("disabling_condition", in: 0...99)
        let type = fields.integer("project_type", in: 0...14)
        let start = fields.text("project_start", must: ChronicCase.dateWords) { CivilDate($0) }
        let exit = fields.optionalText("project_exit", must: ChronicCase.dateWords) { CivilDate($0) }
        let approximate = fields.optionalText("approx_date_started", must: ChronicCase.dateWords) { CivilDate($0) }
        let prior = fields.optionalInteger("prior_living_situation", in: 0...499)
        let isShort = fields.optionalInteger("los_under_threshold", in: 0...99)
        let before = fields.optionalInteger("previous_street_essh", in: 0...99)
        let times = fields.optionalInteger("times_3y", in: 0...99)
        let months = fields.optionalInteger("months_3y", in: 0...113)
        let contacts: [CivilDate] =
            fields.optionalArray("contact_dates", countMax: 10_000) {
                [problems = fields.problems] value, path -> CivilDate? in
                if case .string(let text) = value, let date = CivilDate(text) { return date }
                problems.add(path, "must " + ChronicCase.dateWords)
                return nil
            } ?? []
        guard let type, let start else { return nil }
        self.init(
            SelfReportCodes(
                disablingCondition: disability.map { Int($0) }, projectType: Int(type), start: start, exit: exit,
                priorLivingSituation: prior.map { Int($0) }, stayedUnderThreshold: isShort.map { Int($0) },
                wasHomelessBefore: before.map { Int($0) }, approximateStart: approximate, times: times.map { Int($0) },
                months: months.map { Int($0) }, contacts: contacts))
    }
}
