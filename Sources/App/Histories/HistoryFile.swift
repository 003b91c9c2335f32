package import ByNameList
package import CivilTime
package import JSON
import ShippedConfig

/// A small life written down as JSON, with the figures that must come out of it.
///
/// `{id, title, policy, facts, checks, why}`; the fields of each are in the guide to history files.
package struct HistoryFile: Sendable {
    package let id: String
    package let policy: Policy
    package let facts: [Fact]
    package let checks: [HistoryCheck]
    /// The names that the file gives people, by their number.
    package let names: [PersonID: String]

    package init(_ bytes: [UInt8]) throws(HistoryProblems) {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(bytes)
        } catch {
            throw HistoryProblems([FieldProblem(error.pointer, "cannot be read: \(error.reason.rawValue)")])
        }
        let problems = FieldProblems()
        var reader = HistoryReader(problems: problems)
        let parts = problems.object(value) { fields in reader.read(&fields) }
        guard let parts, problems.isEmpty else { throw HistoryProblems(problems.found) }
        id = parts.id
        policy = parts.policy
        facts = parts.facts
        checks = parts.checks
        names = reader.names
    }
}

/// What is wrong with a history file.
package struct HistoryProblems: Error, Sendable {
    package let problems: [FieldProblem]

    package init(_ problems: [FieldProblem]) {
        self.problems = problems
    }
}

/// Figures that must come out for a month.
package struct HistoryCheck: Sendable {
    package let month: Month
    package let unit: CountingUnit
    package let knownAt: Instant?
    package let asOf: CivilDate?
    /// By the name of the population.
    package let expected: [(population: String, measures: [JSONValue.Member])]
}

/// Takes a history file apart; people and households get numbers in the order of their names.
struct HistoryReader {
    let problems: FieldProblems
    private(set) var names: [PersonID: String] = [:]
    private var people: [String: PersonID] = [:]
    private var households: [String: HouseholdID] = [:]

    typealias Parts = (id: String, policy: Policy, facts: [Fact], checks: [HistoryCheck])

    init(problems: FieldProblems) {
        self.problems = problems
    }

    mutating func read(_ fields: inout JSONFields) -> Parts? {
        let id = fields.string("id") ?? ""
        _ = fields.optionalString("title")
        _ = fields.value("why")
        let policy = policy(&fields)
        let values = fields.array("facts", countMax: 1_000_000) { value, _ in value } ?? []
        number(values)
        let facts = facts(values)
        let checks = fields.array("checks", countMax: 100_000) { value, path in
            problems.object(value, at: path) { check in HistoryReader.check(&check) }
        }
        guard let policy, let checks else { return nil }
        return (id, policy, facts, checks)
    }

    // MARK: Policy

    private func policy(_ fields: inout JSONFields) -> Policy? {
        switch fields.value("policy") {
        case .string(let profile)?:
            return HistoryReader.profile(profile) ?? refusePolicy(&fields)
        case .object?:
            return fields.object("policy") { overrides in
                guard let name = overrides.string("profile"), var policy = HistoryReader.profile(name) else {
                    overrides.refuse("profile", "must be us, canada or ontario")
                    return nil
                }
                PolicyDocument.apply(&overrides, to: &policy)
                return policy
            }
        default:
            return refusePolicy(&fields)
        }
    }

    private func refusePolicy(_ fields: inout JSONFields) -> Policy? {
        fields.refuse("policy", "must be us, canada, ontario or an object with a profile")
        return nil
    }

    private static func profile(_ name: String) -> Policy? {
        switch name {
        case "us": PolicyDocument.policy(template: "us_bfz")
        case "canada": PolicyDocument.policy(template: "ca_bfz")
        default: PolicyDocument.policy(template: name)
        }
    }

    // MARK: Numbers for names

    private mutating func number(_ values: [JSONValue]) {
        func texts(_ key: String) -> [String] {
            Set(values.compactMap { if case .string(let text)? = $0[key] { text } else { nil } }).sorted()
        }
        for (index, name) in texts("person").enumerated() {
            people[name] = PersonID(Int64(index + 1))
            names[PersonID(Int64(index + 1))] = name
        }
        for (index, name) in texts("household").enumerated() { households[name] = HouseholdID(Int64(index + 1)) }
    }

    // MARK: Facts

    private func facts(_ values: [JSONValue]) -> [Fact] {
        var known: [String: [Fact]] = [:]
        var facts: [Fact] = []
        for (index, value) in values.enumerated() {
            let read = problems.object(value, at: "/facts/\(index)") { fields -> [Fact]? in
                var reader = HistoryFactReader(people: people, households: households, known: known)
                let facts = reader.read(&fields, line: index + 1)
                if let name = reader.name { known[name] = facts }
                return facts
            }
            facts += read ?? []
        }
        return facts
    }

    // MARK: Checks

    private static func check(_ fields: inout JSONFields) -> HistoryCheck? {
        let month = fields.text("month", must: "be a month as 2024-03") { Month($0) }
        let unit = fields.optionalText("unit", must: "be persons or households") { code in
            CountingUnit.allCases.first { $0.code == code }
        }
        let knownAt = fields.optionalText("known_at", must: "be an instant as 2024-03-05T12:00:00Z") { Instant($0) }
        let asOf = fields.optionalText("as_of", must: "be a date as 2024-03-05") { CivilDate($0) }
        var expected: [(String, [JSONValue.Member])] = []
        if case .object(let populations)? = fields.value("expect") {
            for member in populations {
                if case .object(let measures) = member.value { expected.append((member.key, measures)) }
            }
        } else {
            fields.refuse("expect", "is missing")
        }
        guard let month else { return nil }
        return HistoryCheck(
            month: month, unit: unit ?? .persons, knownAt: knownAt, asOf: asOf, expected: expected)
    }
}
