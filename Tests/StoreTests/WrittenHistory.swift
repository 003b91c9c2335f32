import ByNameList
import CivilTime
import Fixtures
import Store

/// A random history on its way into a record, and what the journal must hold of it.
struct WrittenHistory {
    let history: RandomHistory
    let record: ScratchStore
    /// The facts as the journal must give them back, in its order.
    private(set) var facts: [Fact] = []
    private let origin: Origin
    private var names = RecordNames()
    private var random: SplitMix64
    private var waiting: [Fact]

    /// - Parameters:
    ///   - instant: a day after everything that the history speaks of, unless facts should come late.
    ///   - merges: people are found to be one person, and two again.
    init(seed: UInt64, at instant: String = "2030-06-15T12:00:00Z", merges: Bool = false) throws {
        history = merges ? RandomHistory(seed: seed).withMerges() : RandomHistory(seed: seed)
        random = SplitMix64(seed: seed &* 31 &+ 7)
        record = try ScratchStore(policy: history.policy.document, at: instant)
        let community = record.community
        origin = try record.store.change { transaction in
            try transaction.origin(
                community: community, agency: "Agency", actor: "worker", source: "intake", isImport: false)
        }
        waiting = WrittenHistory.anyOrder(history.facts, using: &random)
    }

    var isDone: Bool { waiting.isEmpty }

    var people: [PersonID] { names.people.values.sorted() }

    /// The facts of everybody as they stand, or stood then; of who has several records once.
    func lives(knownAt instant: Instant? = nil) -> [Life] {
        let person = slowPeople(facts, knownAt: instant)
        return people.filter { (person[$0] ?? $0) == $0 }.map { one in
            let own = facts.filter { (person[$0.person] ?? $0.person) == one }
            return Life(person: one, facts: standing(own, knownAt: instant))
        }
    }

    func timelines(knownAt instant: Instant? = nil) -> [Timeline] {
        let lives = lives(knownAt: instant)
        return lives.map { timeline(of: $0.person, among: lives, policy: history.policy) }
    }

    /// Writes something more about one of the records.
    @discardableResult
    mutating func say(_ content: FactContent, about record: PersonID) throws -> FactID {
        let (origin, store) = (origin, self.record.store)
        let (id, recorded) = try store.change { transaction in
            (try transaction.append(NewFact(content, about: record), from: origin), transaction.recorded)
        }
        facts.append(Fact(id: id, person: record, recorded: recorded, content: content))
        return id
    }

    /// Writes the next facts in one change.
    mutating func writeSome() throws {
        let count = random.chance(60) ? 1 : random.number(2...4)
        let (chunk, names, origin) = (Array(waiting.prefix(count)), names, origin)
        waiting.removeFirst(chunk.count)
        let (written, changed) = try record.store.change { transaction in
            var names = names
            var written: [Fact] = []
            for fact in chunk { written.append(try names.write(fact, transaction, from: origin)) }
            return (written, names)
        }
        facts += written
        self.names = changed
    }

    /// Writes all but so many.
    mutating func write(leaving rest: Int = 0) throws {
        while waiting.count > rest { try writeSome() }
    }

    /// Any order in which what is voided or replaced comes before its correction.
    private static func anyOrder(_ facts: [Fact], using random: inout SplitMix64) -> [Fact] {
        var ordered: [Fact] = []
        var written: Set<FactID> = []
        var rest = random.shuffled(facts)
        while !rest.isEmpty {
            guard let next = rest.firstIndex(where: { $0.target.map(written.contains) ?? true }) else { break }
            written.insert(rest[next].id)
            ordered.append(rest.remove(at: next))
        }
        return ordered
    }
}

/// What the record calls the people, households and facts of a history.
private struct RecordNames: Sendable {
    private(set) var people: [PersonID: PersonID] = [:]
    private var households: [HouseholdID: HouseholdID] = [:]
    private var facts: [FactID: FactID] = [:]

    mutating func write(_ fact: Fact, _ transaction: WriteTransaction, from origin: Origin) throws -> Fact {
        let person = try person(fact.person, transaction, origin)
        let content = try content(fact.content, transaction, origin)
        let replaces = fact.replaces.flatMap { facts[$0] }
        let id = try transaction.append(NewFact(content, about: person, replaces: replaces), from: origin)
        facts[fact.id] = id
        return Fact(id: id, person: person, recorded: transaction.recorded, replaces: replaces, content: content)
    }

    private mutating func person(
        _ fixture: PersonID, _ transaction: WriteTransaction, _ origin: Origin
    ) throws -> PersonID {
        if let known = people[fixture] { return known }
        let person = try transaction.newPerson(in: origin.community)
        people[fixture] = person
        return person
    }

    private mutating func content(
        _ fixture: FactContent, _ transaction: WriteTransaction, _ origin: Origin
    ) throws -> FactContent {
        switch fixture {
        case .void(let target): return .void(facts[target] ?? target)
        case .samePerson(let other): return .samePerson(as: try person(other, transaction, origin))
        case .household(let statement):
            let household = try households[statement.household] ?? transaction.newHousehold(from: origin)
            households[statement.household] = household
            return .household(
                HouseholdStatement(household: household, role: statement.role, from: statement.from, to: statement.to))
        case .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death, .waiting,
            .consent, .answer, .determination, .sealed:
            return fixture
        }
    }
}

extension Fact {
    /// The fact that it voids or replaces.
    fileprivate var target: FactID? {
        if case .void(let target) = content { target } else { replaces }
    }
}

extension Policy {
    /// The policy as a community's recorded document.
    var document: String {
        let limits = inactivity.map { limit in
            let parts = [
                limit.from.map { #""from": "\#($0)""# }, limit.night.map { #""situation": "\#($0.code)""# },
                limit.household.map { #""household": "\#($0.code)""# }, #""days": \#(limit.days)"#,
            ]
            return "{\(parts.compactMap(\.self).joined(separator: ", "))}"
        }
        var options = ""
        if case .occasions(let test) = chronic.test {
            options = #""continuous": "\#(test.continuous.rawValue)", "cumulative": "\#(test.cumulative.rawValue)""#
        }
        let contacts = activityContacts.map(\.code).sorted().map { "\"\($0)\"" }
        return """
            {
              "template": "\(template)", "inactivity_days": [\(limits.joined(separator: ", "))],
              "comparator": "\(inactivityComparator.rawValue)", "institution_days": \(institutionDaysMax),
              "hidden_is_homeless": \(hiddenIsHomeless), "transitional_is_active": \(transitionalIsActive),
              "exit_to_unknown": "\(exitToUnknown.rawValue)",
              "return_lookback_days": \(returnLookbackDays.map(String.init) ?? "null"),
              "chronic_rule": "\(chronicRule.code)", "chronic_currency": "\(chronicCurrency.rawValue)",
              "chronic_options": {\(options)},
              "adults_outside_families_only": \(adultsOutsideFamiliesOnly), "require_consent": \(requireConsent),
              "waiting_for_housing_is_activity": \(waitingForHousingIsActivity),
              "contacts_stop_clock": [\(contacts.joined(separator: ", "))],
              "saved_filters": [\(savedFilters.map(\.document).joined(separator: ", "))]
            }
            """
    }
}

extension SavedFilter {
    fileprivate var document: String {
        func texts(_ words: [String]) -> String { "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
        let asked = answers.map { condition in
            let words = condition.anyOf.sorted().compactMap(condition.question.answer)
            return "\"\(condition.question.code)\": \(texts(words))"
        }
        return """
            {
              "code": "\(code)", "name": "\(name)", "within": \(texts(within.map(\.code))),
              "outside": \(texts(outside.map(\.code))), "age_at_least": \(ageAtLeast.map(String.init) ?? "null"),
              "age_under": \(ageUnder.map(String.init) ?? "null"), "answers": {\(asked.joined(separator: ", "))}
            }
            """
    }
}
