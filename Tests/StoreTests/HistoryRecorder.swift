import ByNameList
import CivilTime
import Fixtures
import Store

/// Writes down in a record what made-up histories say, with the record's numbers for their people and facts.
struct HistoryRecorder: Sendable {
    let community: Int64
    var isImport = false
    private var people: [PersonID: PersonID] = [:]
    private var households: [HouseholdID: HouseholdID] = [:]
    private var facts: [FactID: FactID] = [:]

    init(community: Int64) {
        self.community = community
    }

    mutating func write(_ fact: Fact, _ transaction: WriteTransaction) throws {
        let origin = try transaction.origin(
            community: community, agency: "Agency", actor: "worker", source: isImport ? "export" : "form",
            isImport: isImport)
        let person = try people[fact.person] ?? transaction.newPerson(in: community)
        people[fact.person] = person
        facts[fact.id] = try transaction.append(
            NewFact(
                try content(of: fact, origin, transaction), about: person,
                replaces: fact.replaces.flatMap { facts[$0] }), from: origin)
    }

    private mutating func content(
        of fact: Fact, _ origin: Origin, _ transaction: WriteTransaction
    ) throws -> FactContent {
        switch fact.content {
        case .household(let statement):
            let household = try households[statement.household] ?? transaction.newHousehold(from: origin)
            households[statement.household] = household
            return .household(
                HouseholdStatement(
                    household: household, role: statement.role, from: statement.from, to: statement.to))
        case .void(let target):
            return .void(facts[target] ?? target)
        case .samePerson(let other):
            return .samePerson(as: people[other] ?? other)
        case .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death, .waiting,
            .consent, .answer, .determination, .sealed:
            return fact.content
        }
    }
}

extension ScratchStore {
    /// Writes the facts, one to five to a change.
    func write(
        _ facts: some Collection<Fact>, _ recorder: inout HistoryRecorder, using random: inout SplitMix64
    ) throws {
        var rest = Array(facts)[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(random.number(1...5)))
            rest = rest.dropFirst(some.count)
            recorder = try store.change { [recorder] transaction in
                var recorder = recorder
                for fact in some { try recorder.write(fact, transaction) }
                return recorder
            }
        }
    }

    /// Where the stored figures are not those that the journal folds to, of reports that end on these days.
    func differences(asOf days: [CivilDate]) throws -> [String] {
        try store.read { reader in
            let community = try reader.community("test")
            var people: [[Spell]] = []
            let policy = try reader.projection(of: community).policy
            try reader.forEachTimeline(of: community, policy: policy) {
                people.append($1.spells)
            }
            var found: [String] = []
            for asOf in days {
                for population in policy.populations {
                    for unit in CountingUnit.allCases {
                        var folded = FoldedMonth(month: asOf.month, population: population, unit: unit, asOf: asOf)
                        for spells in people { folded.add(spells) }
                        var figures = try reader.month(
                            asOf.month, of: community, population: population, unit: unit, asOf: asOf
                        ).report.figures
                        figures.lateFacts = 0
                        figures.lateImportedFacts = 0
                        guard figures != folded.report().figures else { continue }
                        found.append("\(asOf), \(population.code) in \(unit.code): \(figures)")
                    }
                }
            }
            return found
        }
    }

    /// The report of everybody, as stored.
    func figures(_ month: Month) throws -> MonthFigures {
        try store.read { reader in
            try reader.month(
                month, of: try reader.community("test"), population: .all, unit: .persons, asOf: month.lastDay
            ).report.figures
        }
    }
}
