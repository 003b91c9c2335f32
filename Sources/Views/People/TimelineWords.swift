package import ByNameList
package import Store

/// A timeline told in words: what changed on which date, by which fact, under which rule (domain.md 5 and 6).
package struct TimelineWords {
    private let timeline: Timeline
    private let facts: [FactID: Fact]
    private let names: RecordNames
    private let populations: [Population]

    package init(_ page: PersonPage, names: RecordNames = .numbers) {
        self.init(page.timeline, facts: page.facts, populations: page.populations, names: names)
    }

    init(_ timeline: Timeline, facts: [Fact], populations: [Population], names: RecordNames) {
        self.timeline = timeline
        self.names = names
        self.populations = populations
        self.facts = Dictionary(facts.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// A sentence for each change of list status.
    package var changes: [String] { timeline.changes.map(sentence) }

    /// A sentence for each time on the list with the same populations.
    package var spells: [String] { timeline.spells.map(sentence) }

    /// A sentence for one time on the list.
    package func sentence(_ spell: Spell) -> String {
        let populations = populations.of(spell.populations).map(\.name)
        let end = spell.to.map { "until \($0)" } ?? "with no end in sight"
        let isHead = !self.populations.of(spell.populations, in: .households).isEmpty
        return
            "From \(spell.from) \(end): "
            + (populations.isEmpty ? "no population" : populations.joined(separator: ", "))
            + (isHead ? ", head of the household." : ", not head of a household.")
    }

    /// A sentence for each thing that somebody should look at.
    package var findings: [String] {
        timeline.findings.map { finding in
            "\(finding.on): \(plain(finding.kind.code))" + (finding.fact.map { " (fact \(names.fact($0)))" } ?? "")
        }
    }

    /// The fact in words, and who wrote it when where that may be told.
    func fact(_ id: FactID) -> String {
        facts[id].map { "fact \(names.fact(id)): \($0.content.words(names))" } ?? "fact \(names.fact(id))"
    }

    /// A sentence for one change of list status.
    package func sentence(_ change: StatusChange) -> String {
        let flow = change.measure.map { ", counted as \(plain($0.code))" } ?? ", counted nowhere"
        return "\(change.on): \(change.from.code) -> \(change.to.code)\(flow). \(why(change)) \(change.rule.citation)"
    }

    private func why(_ change: StatusChange) -> String {
        let fact =
            change.fact.flatMap { facts[$0] }.map { "Fact \(names.fact($0.id)): \($0.content.words(names))." } ?? ""
        let since = change.since.map { "\($0)" } ?? "?"
        switch change.rule {
        case .identification: return "The first homeless evidence. \(fact)"
        case .moveIn: return "A move-in into permanent housing. \(fact)"
        case .statedInactivity: return "Somebody stated it. \(fact)"
        case .inactivityLimit: return "No activity since \(since): the inactivity limit is reached."
        case .institutionLimit: return "In institutions since \(since), that day being the first: the limit is passed."
        case .notLiterallyHomeless: return "A situation that this community does not count as homeless. \(fact)"
        case .exitToUnknown: return "Left a programme to an unknown destination. \(fact)"
        case .returnFromHousing: return "Homeless evidence after a move-in. \(fact)"
        case .returnFromInactive: return "Activity or homeless evidence after inactivity. \(fact)"
        case .death: return "Deceased. \(fact)"
        }
    }
}

extension TimelineRule {
    /// Where the rule stands.
    fileprivate var citation: String {
        switch self {
        case .identification: "[list status: unknown -> active]"
        case .moveIn: "[list status: active -> housed]"
        case .statedInactivity: "[list status: active -> inactive, stated reason]"
        case .inactivityLimit: "[inactivity limit]"
        case .institutionLimit: "[institution limit]"
        case .notLiterallyHomeless: "[active -> inactive, not literally homeless]"
        case .exitToUnknown: "[exit to unknown, by policy]"
        case .returnFromHousing: "[list status: housed -> active]"
        case .returnFromInactive: "[list status: inactive -> active]"
        case .death: "[list status: any -> deceased]"
        }
    }
}
