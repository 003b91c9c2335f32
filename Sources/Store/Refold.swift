import ByNameList
import SQLite

/// A record that facts were added to, or that is other people's now.
struct TouchedRecord {
    let record: PersonID
    /// Whether it bears on those who share a household with its person.
    let bearsOnOthers: Bool
}

/// Folds everybody whose timeline a change can have altered, and replaces their spells.
struct Refold {
    let connection: Connection
    /// Nobody has spells in the projection yet.
    var isFirst = false
    /// Hears of everything that is folded.
    var onFold: ((_ timeline: Timeline, _ projection: Int64) -> Void)?

    /// - Parameter note: hears of everybody whose spells are other ones now.
    func run(
        _ touched: [TouchedRecord], of community: Int64, in projections: [Projection], _ known: inout KnownLives,
        note: (Refolded) -> Void
    ) throws(SQLiteError) {
        guard !projections.isEmpty else { return }
        let affected = try affected(by: touched, &known)
        let table = SpellTable(connection: connection)
        for projection in projections {
            let last = projection.builtTo ?? .max
            var rows: [SpellTable.Row] = []
            for person in affected where person.number <= last {
                let old = isFirst || known.isNew(person) ? [] : try table.spells(of: person, in: projection.id)
                let new = try spells(of: person, in: projection, &known)
                // What other rules than this program's have made stays as they made it until the next one is whole.
                guard projection.ruleVersion == ruleVersion, old != new else { continue }
                if isFirst {
                    for (ordinal, spell) in new.enumerated() {
                        rows.append(SpellTable.Row(person: person, ordinal: ordinal, spell: spell))
                    }
                } else {
                    try table.replace(old, by: new, of: person, in: projection.id)
                }
                note(Refolded(community: community, projection: projection.id, old: old, new: new))
            }
            try table.put(rows, in: projection.id)
        }
    }

    /// A record that is another one's person has none of its own.
    private func spells(
        of record: PersonID, in projection: Projection, _ known: inout KnownLives
    ) throws(SQLiteError) -> [Spell] {
        guard try known.person(of: record) == record else { return [] }
        let timeline = timeline(of: record, among: try known.household(of: record), policy: projection.policy)
        onFold?(timeline, projection.id)
        return timeline.spells
    }

    /// The records themselves, whose they are, and who shares a household with those; in order, so that rows are
    /// written where the last ones were.
    private func affected(by touched: [TouchedRecord], _ known: inout KnownLives) throws(SQLiteError) -> [PersonID] {
        var affected = touched.map(\.record)
        for touched in touched {
            let person = try known.person(of: touched.record)
            if person != touched.record { affected.append(person) }
            guard touched.bearsOnOthers else { continue }
            let sharers = try known.sharers(of: person)
            if sharers.count > 1 { affected += sharers }
        }
        affected.sort()
        var last: PersonID?
        affected.removeAll { person in
            defer { last = person }
            return person == last
        }
        return affected
    }
}

/// The lives that were read while folding, each read once; those of people new in the change are not read at all.
struct KnownLives {
    let journal: Journal
    /// What the change itself has written.
    let stage: ChangeStage
    private var lives: [PersonID: KnownLife] = [:]
    private var members: [HouseholdID: [PersonID]] = [:]
    private var persons: [PersonID: PersonID] = [:]

    /// A life, and the households that any fact of it names, voided or not.
    private struct KnownLife {
        let life: Life
        let households: [HouseholdID]
    }

    init(journal: Journal, stage: ChangeStage) {
        self.journal = journal
        self.stage = stage
    }

    /// Whether the record began in the change.
    func isNew(_ person: PersonID) -> Bool { stage.factsOfNew(person) != nil }

    /// Whose record it is.
    mutating func person(of record: PersonID) throws(SQLiteError) -> PersonID {
        if !stage.hasMerges, isNew(record) { return record }
        if journal.merges != nil { return try journal.person(of: record) }
        if let known = persons[record] { return known }
        let person = try journal.person(of: record)
        persons[record] = person
        return person
    }

    /// Everybody who ever shared a household with the person by any fact, voided or not; with the person, in order.
    mutating func sharers(of person: PersonID) throws(SQLiteError) -> [PersonID] {
        let households = try known(person).households
        var sharers: [PersonID] = [person]
        for household in households {
            for member in try people(in: household) where member != person { sharers.append(member) }
        }
        if sharers.count > 1 { sharers = Set(sharers).sorted() }
        return sharers
    }

    /// The person and everybody who ever shared a household with them.
    mutating func household(of person: PersonID) throws(SQLiteError) -> [Life] {
        var found: [Life] = []
        for sharer in try sharers(of: person) { found.append(try known(sharer).life) }
        return found
    }

    private mutating func known(_ person: PersonID) throws(SQLiteError) -> KnownLife {
        if let known = lives[person] { return known }
        let facts = try facts(of: person)
        var households: [HouseholdID] = []
        for fact in facts {
            guard case .household(let statement) = fact.content, !households.contains(statement.household) else {
                continue
            }
            households.append(statement.household)
        }
        let known = KnownLife(life: Life(person: person, facts: standing(facts)), households: households)
        lives[person] = known
        return known
    }

    private func facts(of person: PersonID) throws(SQLiteError) -> [Fact] {
        if !stage.hasMerges, let facts = stage.factsOfNew(person) { return facts }
        return try journal.facts(of: person)
    }

    private mutating func people(in household: HouseholdID) throws(SQLiteError) -> [PersonID] {
        if let known = members[household] { return known }
        var found: [PersonID] = []
        if let new = stage.newHouseholds[household] {
            for record in new { found.append(try person(of: record)) }
        } else {
            for record in try journal.records(in: [household]) { found.append(try person(of: record)) }
        }
        members[household] = found
        return found
    }
}
