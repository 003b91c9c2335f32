import ByNameList
import CivilTime
import JSON

extension PolicyDocument {
    /// `inactivity_days`: a number for every night and household, or a list of limits.
    static func inactivity(_ fields: inout JSONFields) -> [InactivityLimit]? {
        guard let value = fields.value("inactivity_days") else { return nil }
        if case .integer(let days) = value, days >= 0 { return [InactivityLimit(days: Int(clamping: days))] }
        let problems = FieldProblems()
        let limits = fields.optionalArray("inactivity_days") { value, path in
            problems.object(value, at: path) { limit in InactivityDocument(&limit)?.limits }
        }
        for problem in problems.found {
            fields.refuse("inactivity_days", "has a faulty limit at \(problem.pointer), which \(problem.reason)")
        }
        return limits?.flatMap { $0 }
    }
}

/// One limit of the list: `{"from", "situation", "household", "days"}`, all but the days optional.
private struct InactivityDocument {
    let limits: [InactivityLimit]

    init?(_ fields: inout JSONFields) {
        let from = fields.optionalText("from", must: "be a date as 2024-03-01") { CivilDate($0) }
        let nights = fields.optionalText(
            "situation", must: "be a situation or a class of situations", InactivityDocument.nights)
        let household = fields.optionalText(
            "household", must: "be all_singles, families or youth", InactivityDocument.household)
        guard let days = fields.integer("days", in: 0...36_500) else { return nil }
        limits = (nights ?? [.any]).map { night in
            InactivityLimit(
                from: from, night: night.nightClass, situation: night.situation, household: household,
                days: Int(days))
        }
    }

    private enum Nights {
        case any
        case of(NightClass)
        case at(Situation)

        var nightClass: NightClass? {
            if case .of(let nightClass) = self { nightClass } else { nil }
        }

        var situation: Situation? {
            if case .at(let situation) = self { situation } else { nil }
        }
    }

    private static func nights(_ code: String) -> [Nights]? {
        if code == "sheltered" { return [.at(.emergencyShelter), .at(.safeHaven)] }
        // "transitional" and "institution" name a class and a situation; the class is meant.
        if let nightClass = NightClass.allCases.first(where: { $0.code == code }) { return [.of(nightClass)] }
        return Situation.allCases.first { $0.code == code }.map { [.at($0)] }
    }

    private static func household(_ code: String) -> HouseholdType? {
        switch code {
        case "single", "singles", "All singles": .singles
        case "family", "Families": .family
        case "Youth": .youth
        default: HouseholdType.allCases.first { $0.code == code }
        }
    }
}
