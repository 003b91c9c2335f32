import ByNameList
import CivilTime
import JSON

/// Runs the checks of a history file; nothing of it is kept.
package struct HistoryVerification: Sendable {
    package struct Miss: Hashable, Sendable {
        package let check: String
        package let measure: String
        package let expected: String
        package let found: String
    }

    package private(set) var checks = 0
    package private(set) var misses: [Miss] = []

    package init(_ file: HistoryFile) {
        for check in file.checks { run(check, file) }
    }

    private mutating func run(_ check: HistoryCheck, _ file: HistoryFile) {
        let spells = HistoryVerification.spells(of: file, knownAt: check.knownAt)
        // What is known at an instant is known of no later day.
        let today = check.knownAt.map { CivilDate(dayNumber: Int32($0.seconds / 86_400)) }
        let asOf = [check.month.lastDay, check.asOf, today].compactMap { $0 }.min() ?? check.month.lastDay
        for (name, expected) in check.expected {
            guard let population = Population.standard.first(where: { $0.name == name || $0.code == name }) else {
                checks += 1
                misses.append(Miss(check: "\(check.month)", measure: name, expected: "a population", found: "none"))
                continue
            }
            let found = MonthPeople(
                population: population, unit: check.unit, month: check.month, asOf: asOf, spells: spells,
                names: file.names)
            let label = "\(check.month) \(name) (\(check.unit.code))"
            compare(expected, found, label)
        }
    }

    private mutating func compare(_ expected: [JSONValue.Member], _ found: MonthPeople, _ label: String) {
        let measures = ["active_start", "active_end"] + Measure.allCases.map(\.code)
        for measure in measures {
            let wanted = expected.first { $0.key == measure }.map { HistoryVerification.people($0.value) } ?? []
            note(label, measure, wanted.joined(separator: " "), (found.people[measure] ?? []).joined(separator: " "))
        }
        for member in expected where !measures.contains(member.key) {
            let (wanted, got) = HistoryVerification.pair(member, found)
            note(label, member.key, wanted, got)
        }
    }

    private mutating func note(_ check: String, _ measure: String, _ expected: String, _ found: String) {
        checks += 1
        if expected != found {
            misses.append(Miss(check: check, measure: measure, expected: expected, found: found))
        }
    }

    /// What a file expects and what was found, in one spelling.
    private static func pair(_ member: JSONValue.Member, _ found: MonthPeople) -> (expected: String, found: String) {
        switch (member.key, member.value) {
        case ("by_headship", .array): (people(member.value).joined(separator: " "), found.everyHeadship)
        case ("length_of_time", .object(let parts)):
            (text(member.value), found.length(parts.map { ($0.key, decimals(of: $0.value)) }))
        default: (text(member.value), found.extra(member.key))
        }
    }

    /// How many decimals a file states of a number, at most three.
    private static func decimals(of value: JSONValue) -> Int {
        guard case .number(let number) = value else { return 1 }
        let text = "\(number)"
        return min(3, text.split(separator: ".").last?.count ?? 1)
    }

    private static func people(_ value: JSONValue) -> [String] {
        guard case .array(let values) = value else { return [] }
        return values.compactMap { if case .string(let name) = $0 { name } else { nil } }.sorted()
    }

    /// A value in one spelling, so that it can be compared: people sorted, whole numbers without decimals.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .object(let members):
            members.filter { !isEmpty($0.value) }.sorted { $0.key < $1.key }
                .map { "\($0.key): \(text($0.value))" }.joined(separator: ", ")
        case .array: people(value).joined(separator: " ")
        case .integer(let number): MonthPeople.number(Double(number))
        case .number(let number): MonthPeople.number(number)
        case .string(let text): text
        case .bool(let isTrue): "\(isTrue)"
        case .null: "null"
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        if case .array(let values) = value { values.isEmpty } else { false }
    }

    private static func spells(of file: HistoryFile, knownAt: Instant?) -> [PersonID: [Spell]] {
        let same = SamePerson(file.facts, knownAt: knownAt)
        var facts: [PersonID: [Fact]] = [:]
        for fact in file.facts { facts[same.person(of: fact.person), default: []].append(fact) }
        let lives = facts.map { Life(person: $0.key, facts: standing($0.value, knownAt: knownAt)) }
        var spells: [PersonID: [Spell]] = [:]
        for life in lives { spells[life.person] = timeline(of: life.person, among: lives, policy: file.policy).spells }
        return spells
    }
}

/// The people behind the figures of a month, by name.
struct MonthPeople {
    private(set) var people: [String: [String]] = [:]
    private var byReason: [Measure: [String: [String]]] = [:]
    private var byHeadship: [String: [String]] = [:]
    private var lengths: LengthSummary?

    init(
        population: Population, unit: CountingUnit, month: Month, asOf: CivilDate, spells: [PersonID: [Spell]],
        names: [PersonID: String]
    ) {
        var month = FoldedMonth(month: month, population: population, unit: unit, asOf: asOf)
        let dayBefore = month.month.firstDay.adding(days: -1)
        for (person, spells) in spells.sorted(by: { $0.key < $1.key }) {
            let name = names[person] ?? "?"
            month.add(spells)
            for (day, measure) in [(dayBefore, "active_start"), (asOf, "active_end")]
            where spells.contains(where: { $0.holds(on: day) && $0.populations.contains(population, unit) }) {
                people[measure, default: []].append(name)
            }
            for flow in flows(of: spells) where month.counts(flow) { add(flow, name) }
        }
        people = people.mapValues { $0.sorted() }
        lengths = month.report().figures.fromEpisode
    }

    private mutating func add(_ flow: Flow, _ name: String) {
        people[flow.measure.code, default: []].append(name)
        switch flow.measure {
        case .housingMoveIns:
            let type = Housing(rawValue: flow.reason)?.code ?? "?"
            byReason[flow.measure, default: [:]][type, default: []].append(name)
        case .movedToInactive:
            let reason = InactiveReason(rawValue: flow.reason)?.code ?? "?"
            byReason[flow.measure, default: [:]][reason, default: []].append(name)
        case .newlyMeetsCriteria, .noLongerMeetsCriteria:
            if flow.reason == CriteriaReason.headship.rawValue {
                byHeadship[flow.measure.code, default: []].append(name)
            }
        case .newlyIdentified, .returnedFromHousing, .returnedFromInactive:
            break
        }
    }

    /// What is checked where a file names it, in the spelling of `HistoryVerification`.
    func extra(_ key: String) -> String {
        switch key {
        case "move_ins_by_type": MonthPeople.text(byReason[.housingMoveIns] ?? [:])
        case "inactive_by_reason": MonthPeople.text(byReason[.movedToInactive] ?? [:])
        case "by_headship": MonthPeople.text(byHeadship)
        case "length_of_time": lengths == nil ? "null" : length([("mean", 3), ("median", 3), ("n", 0)])
        default: "not a measure"
        }
    }

    /// Everybody who entered or left by becoming or ceasing to be head, where a file does not tell them apart.
    var everyHeadship: String { byHeadship.values.flatMap { $0 }.sorted().joined(separator: " ") }

    /// The parts of the length of time that a file names, each with as many decimals as the file gives.
    func length(_ parts: [(name: String, decimals: Int)]) -> String {
        guard let lengths else {
            // A file may say that nobody moved in as null, or as a count of nought without mean and median.
            return parts.filter { $0.name == "n" }.map { _ in "n: 0" }.joined()
        }
        return parts.sorted { $0.name < $1.name }.map { part in
            let value =
                switch part.name {
                case "n": Double(lengths.count)
                case "mean": lengths.mean
                default: lengths.median
                }
            return "\(part.name): \(MonthPeople.number(value, decimals: part.decimals))"
        }.joined(separator: ", ")
    }

    private static func text(_ groups: [String: [String]]) -> String {
        groups.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.sorted().joined(separator: " "))" }
            .joined(separator: ", ")
    }

    /// Rounded to so many decimals, without any if they are nought.
    static func number(_ value: Double, decimals: Int = 3) -> String {
        let scale = [1.0, 10.0, 100.0, 1000.0][min(3, max(1, decimals))]
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
