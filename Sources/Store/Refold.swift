import ByNameList
import SQLite

/// Folds everybody whose timeline a change can have altered, and replaces their spells.
struct Refold {
    let connection: Connection
    let journal: Journal
    /// All facts of people whose record began in this change.
    var newPeople: [PersonID: [Fact]] = [:]
    /// Nobody has spells in the projection yet.
    var isFirst = false

    /// - Parameter people: who was touched, and whether it bears on those who share a household with them.
    func run(
        _ people: [PersonID: Bool], in projections: [Projection], into difference: inout TallyDifference
    ) throws(SQLiteError) {
        guard !projections.isEmpty else { return }
        var known = KnownLives(journal: journal, newPeople: newPeople)
        var affected = Set(people.keys)
        for (person, bearsOnOthers) in people where bearsOnOthers {
            affected.formUnion(try known.sharers(of: person))
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
        let isNew = isFirst || newPeople[person] != nil
        let old = isNew ? [] : try table.spells(of: person, in: projection.id)
        let new = timeline(
            of: person, among: try known.household(of: person), policy: projection.policy
        ).spells
        guard old != new else { return }
        difference.add(old, to: projection.id, sign: -1)
        difference.add(new, to: projection.id, sign: 1)
        try table.replace(old, by: new, of: person, in: projection.id)
    }
}

/// The lives that were read while folding, each read once; those of people new in the change are not read at all.
struct KnownLives {
    let journal: Journal
    /// All facts of people whose record began in this change.
    let newPeople: [PersonID: [Fact]]
    private var lives: [PersonID: Life] = [:]
    private var statedHouseholds: [PersonID: Set<HouseholdID>] = [:]
    private var members: [HouseholdID: [PersonID]] = [:]

    init(journal: Journal, newPeople: [PersonID: [Fact]]) {
        self.journal = journal
        self.newPeople = newPeople
    }

    mutating func life(of person: PersonID) throws(SQLiteError) -> Life {
        if let life = lives[person] { return life }
        let facts = try facts(of: person)
        let life = Life(person: person, facts: standing(facts))
        lives[person] = life
        var households: Set<HouseholdID> = []
        for fact in facts {
            if case .household(let statement) = fact.content { households.insert(statement.household) }
        }
        statedHouseholds[person] = households
        return life
    }

    /// Everybody who ever shared a household with the person by any fact, voided or not; with the person.
    mutating func sharers(of person: PersonID) throws(SQLiteError) -> Set<PersonID> {
        _ = try life(of: person)
        var sharers: Set<PersonID> = [person]
        for household in statedHouseholds[person] ?? [] {
            sharers.formUnion(try people(in: household))
        }
        return sharers
    }

    private func facts(of person: PersonID) throws(SQLiteError) -> [Fact] {
        if let facts = newPeople[person] { return facts }
        return try journal.facts(of: person)
    }

    private mutating func people(in household: HouseholdID) throws(SQLiteError) -> [PersonID] {
        if let known = members[household] { return known }
        let found = Array(try journal.people(in: [household]))
        members[household] = found
        return found
    }

    /// The person and everybody who ever shared a household with them.
    mutating func household(of person: PersonID) throws(SQLiteError) -> [Life] {
        let sharers = try sharers(of: person)
        guard sharers.count > 1 else { return [try life(of: person)] }
        var found: [Life] = []
        for sharer in sharers.sorted() { found.append(try life(of: sharer)) }
        return found
    }
}
