import ByNameList
import CivilTime
import SQLite

/// The lives of people who stand near each other in the record, up to a place in the journal; each is read once, and
/// many by one statement.
struct LivesThen {
    private let journal: Journal
    /// The last fact that is known.
    private let last: Int64
    private var lives: [PersonID: Life] = [:]
    /// Those that any fact of the person names, voided or not.
    private var households: [PersonID: Set<HouseholdID>] = [:]
    private var members: [HouseholdID: [PersonID]] = [:]

    private let merges: SamePerson

    /// - Parameter merges: those that stood by then.
    init(connection: Connection, through last: Int64, merges: SamePerson) {
        journal = Journal(connection: connection, merges: merges)
        self.last = last
        self.merges = merges
    }

    /// Reads the facts of everybody of the community in that range; answers who had any, in order. Whoever has several
    /// records is one of the range if the first of them is.
    mutating func read(_ records: ClosedRange<Int64>, of community: Int64) throws(SQLiteError) -> [PersonID] {
        let statement = try journal.connection.statement(
            """
            SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target,
                CASE kind WHEN 1 THEN (SELECT birth FROM identity WHERE identity.fact = seq) END,
                CASE kind WHEN 1 THEN (SELECT birth_quality FROM identity WHERE identity.fact = seq) END, record
            FROM fact INDEXED BY fact_of_record
            WHERE record BETWEEN ? AND ? AND seq <= ? AND community = ? ORDER BY record, seq
            """)
        try statement.bind(1, records.lowerBound)
        try statement.bind(2, records.upperBound)
        try statement.bind(3, last)
        try statement.bind(4, community)
        var people: [PersonID] = []
        var facts: [Fact] = []
        var record: PersonID?
        func finish(_ record: PersonID) {
            // What lies on several records is read together, when it is asked for.
            if merges.records(of: record).count == 1 { keep(facts, of: record) }
            if merges.person(of: record) == record { people.append(record) }
        }
        try statement.forEach { row throws(SQLiteError) in
            let next = PersonID(row.int64(12))
            if record != next {
                if let record { finish(record) }
                facts.removeAll(keepingCapacity: true)
                record = next
            }
            if let fact = try journal.decode(row, about: next, birthColumn: 10) { facts.append(fact) }
        }
        if let record { finish(record) }
        return people
    }

    /// The person and everybody who had shared a household with them.
    mutating func household(of person: PersonID) throws(SQLiteError) -> [Life] {
        var found = [try life(of: person)]
        var sharers: Set<PersonID> = []
        for household in households[person] ?? [] { sharers.formUnion(try people(in: household)) }
        for sharer in sharers.sorted() where sharer != person { found.append(try life(of: sharer)) }
        return found
    }

    /// Lets go of everybody.
    mutating func forget() {
        lives.removeAll(keepingCapacity: true)
        households.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
    }

    private mutating func keep(_ facts: [Fact], of person: PersonID) {
        let life = Life(person: person, facts: standing(facts))
        lives[person] = life
        var named: Set<HouseholdID> = []
        for fact in facts {
            if case .household(let statement) = fact.content { named.insert(statement.household) }
        }
        if !named.isEmpty { households[person] = named }
    }

    private mutating func life(of person: PersonID) throws(SQLiteError) -> Life {
        if let known = lives[person] { return known }
        keep(try journal.facts(of: person).filter { $0.id.number <= last }, of: person)
        return lives[person] ?? Life(person: person, facts: [])
    }

    private mutating func people(in household: HouseholdID) throws(SQLiteError) -> [PersonID] {
        if let known = members[household] { return known }
        let found = Array(try journal.people(in: [household]))
        members[household] = found
        return found
    }
}
