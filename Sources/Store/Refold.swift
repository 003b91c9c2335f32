import ByNameList
import SQLite

/// Folds everybody whose timeline a change can have altered, and replaces their spells.
struct Refold {
    let connection: Connection
    let journal: Journal

    /// - Parameter people: who was touched, and whether it bears on those who share a household with them.
    func run(
        _ people: [PersonID: Bool], in projections: [Projection], into difference: inout TallyDifference
    ) throws(SQLiteError) {
        guard !projections.isEmpty else { return }
        var known = KnownLives(journal: journal)
        var affected = Set(people.keys)
        for (person, bearsOnOthers) in people where bearsOnOthers {
            affected.formUnion(try journal.people(in: try known.households(of: person)))
        }
        for projection in projections {
            for person in affected.sorted() where person.number <= projection.builtTo ?? .max {
                try refold(person, in: projection, &known, &difference)
            }
        }
    }

    private func refold(
        _ person: PersonID, in projection: Projection, _ known: inout KnownLives,
        _ difference: inout TallyDifference
    ) throws(SQLiteError) {
        let table = SpellTable(connection: connection)
        let old = try table.spells(of: person, in: projection.id)
        let new = timeline(
            of: person, among: try known.household(of: person), policy: projection.policy
        ).spells
        guard old != new else { return }
        difference.add(old, to: projection.id, sign: -1)
        difference.add(new, to: projection.id, sign: 1)
        try table.replace(old, by: new, of: person, in: projection.id)
    }
}

/// The lives that were read while folding, each read once.
struct KnownLives {
    let journal: Journal
    private var lives: [PersonID: Life] = [:]
    private var statedHouseholds: [PersonID: Set<HouseholdID>] = [:]

    init(journal: Journal) {
        self.journal = journal
    }

    mutating func life(of person: PersonID) throws(SQLiteError) -> Life {
        if let life = lives[person] { return life }
        let facts = try journal.facts(of: person)
        let life = Life(person: person, facts: standing(facts))
        lives[person] = life
        var households: Set<HouseholdID> = []
        for fact in facts {
            if case .household(let statement) = fact.content { households.insert(statement.household) }
        }
        statedHouseholds[person] = households
        return life
    }

    /// The households that any fact about the person names, voided ones too.
    mutating func households(of person: PersonID) throws(SQLiteError) -> Set<HouseholdID> {
        _ = try life(of: person)
        return statedHouseholds[person] ?? []
    }

    /// The person and everybody who ever shared a household with them.
    mutating func household(of person: PersonID) throws(SQLiteError) -> [Life] {
        let households = try households(of: person)
        var members = [try life(of: person)]
        guard !households.isEmpty else { return members }
        for other in try journal.people(in: households).sorted() where other != person {
            members.append(try life(of: other))
        }
        return members
    }
}
