package import ByNameList
package import CivilTime
import SQLite

/// Permission to show somebody: to whom, what, what for. The only way to a person's page or a list of people.
///
/// It is written into the access log before anything of the answer leaves.
package struct Disclosure: Hashable, Sendable {
    package let actor: Int64
    package let community: Int64
    /// Which group of fields is shown, as `page` or `list`.
    package let fields: String
    package let purpose: String

    package init(actor: Int64, community: Int64, fields: String, purpose: String) {
        self.actor = actor
        self.community = community
        self.fields = fields
        self.purpose = purpose
    }
}

/// What is known about one person, for people to read.
package struct PersonPage: Sendable {
    package let person: PersonID
    package let identity: IdentityDetails
    package let birth: BirthDate?
    package let externalIDs: [(system: String, value: String)]
    package let facts: [Fact]
    package let timeline: Timeline
    /// The agency that wrote each fact.
    package let agencies: [FactID: String]
}

extension Store {
    /// A person's page, once its disclosure is on disk.
    package func personPage(
        _ person: PersonID, knownAt: Instant? = nil, disclosed disclosure: Disclosure
    ) throws -> PersonPage {
        let page = try read { reader in try reader.page(of: person, in: disclosure.community, knownAt: knownAt) }
        try change { transaction in try transaction.log(disclosure, of: [person]) }
        return page
    }

    /// Who is on the active list on a day, in order of record number, once their disclosure is on disk.
    ///
    /// At most 100; the last person's number is where the next page goes on from.
    package func activeList(
        of community: Community, population: Population, on day: CivilDate, after: PersonID,
        disclosed disclosure: Disclosure
    ) throws -> [ListEntry] {
        let entries = try read { reader in
            try reader.activeList(of: community, population: population, on: day, after: after, limit: 100)
        }
        if !entries.isEmpty {
            try change { transaction in try transaction.log(disclosure, of: entries.map(\.person)) }
        }
        return entries
    }
}

/// One line of the by-name list.
package struct ListEntry: Sendable {
    package let person: PersonID
    package let identity: IdentityDetails
    package let birth: BirthDate?
    package let spell: Spell
    /// When the present episode on the list began.
    package let activeSince: CivilDate
}

extension WriteTransaction {
    /// Writes down who is about to be shown.
    func log(_ disclosure: Disclosure, of people: [PersonID]) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            for person in people {
                let statement = try connection.statement(
                    """
                    INSERT INTO access_log (community, actor, record, fields, purpose, recorded)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)
                try statement.bind(1, disclosure.community)
                try statement.bind(2, disclosure.actor)
                try statement.bind(3, person.number)
                try statement.bind(4, disclosure.fields)
                try statement.bind(5, disclosure.purpose)
                try statement.bind(6, recorded.microseconds)
                try statement.run()
            }
        }
    }
}

extension Reader {
    fileprivate func page(of person: PersonID, in community: Int64, knownAt: Instant?) throws -> PersonPage {
        guard try community == self.community(of: person) else {
            throw StoreError.notFound("there is no such person in this community")
        }
        let found = try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).community(community)
        }
        guard let found else { throw StoreError.notFound("there is no such community") }
        let policy = try projection(of: found).policy
        let facts = try facts(of: person).filter { fact in knownAt.map { fact.recorded <= $0 } ?? true }
        let lives = try household(of: person, knownAt: knownAt)
        return try translatingErrors { () throws(SQLiteError) in
            PersonPage(
                person: person, identity: try identity(of: person, by: standing(facts)),
                birth: lives.first { $0.person == person }?.birth, externalIDs: try externalIDs(of: person),
                facts: facts, timeline: timeline(of: person, among: lives, policy: policy),
                agencies: try agencies(of: person))
        }
    }

    /// The person that another system's number means.
    package func person(system: String?, externalID: String, in community: Int64) throws(StoreError) -> [PersonID] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "SELECT record FROM external_id WHERE community = ? AND value = ? AND (?3 IS NULL OR system = ?3)")
            try statement.bind(1, community)
            try statement.bind(2, externalID)
            try statement.bind(3, system)
            var people: [PersonID] = []
            try statement.forEach { row throws(SQLiteError) in people.append(PersonID(row.int64(0))) }
            return people
        }
    }

    private func community(of person: PersonID) throws(StoreError) -> Int64? {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("SELECT community FROM record WHERE id = ?")
            try statement.bind(1, person.number)
            return try statement.first { row throws(SQLiteError) in row.int64(0) }
        }
    }

    /// The last words of the facts that stand about who somebody is; later ones fill in and correct earlier ones.
    private func identity(of person: PersonID, by facts: [StandingFact]) throws(SQLiteError) -> IdentityDetails {
        var identity = IdentityDetails()
        let standing = Set(facts.map(\.id.number))
        let statement = try connection.statement(
            """
            SELECT given_name, middle_name, family_name, name_suffix, description, fact FROM identity
            WHERE record = ? ORDER BY fact
            """)
        try statement.bind(1, person.number)
        try statement.forEach { row throws(SQLiteError) in
            guard standing.contains(row.int64(5)) else { return }
            identity.givenName = row.optionalString(0) ?? identity.givenName
            identity.middleName = row.optionalString(1) ?? identity.middleName
            identity.familyName = row.optionalString(2) ?? identity.familyName
            identity.nameSuffix = row.optionalString(3) ?? identity.nameSuffix
            identity.description = row.optionalString(4) ?? identity.description
        }
        return identity
    }

    private func externalIDs(of person: PersonID) throws(SQLiteError) -> [(system: String, value: String)] {
        var found: [(system: String, value: String)] = []
        let statement = try connection.statement("SELECT system, value FROM external_id WHERE record = ?")
        try statement.bind(1, person.number)
        try statement.forEach { row throws(SQLiteError) in found.append((row.string(0), row.string(1))) }
        return found
    }

    private func agencies(of person: PersonID) throws(SQLiteError) -> [FactID: String] {
        var found: [FactID: String] = [:]
        let statement = try connection.statement(
            "SELECT fact.seq, actor.agency FROM fact JOIN actor ON actor.id = fact.actor WHERE fact.record = ?")
        try statement.bind(1, person.number)
        try statement.forEach { row throws(SQLiteError) in found[FactID(row.int64(0))] = row.string(1) }
        return found
    }

    fileprivate func activeList(
        of community: Community, population: Population, on day: CivilDate, after: PersonID, limit: Int
    ) throws(StoreError) -> [ListEntry] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT person, from_day, to_day, populations, gaps, opened, closed, closed_reason FROM spell
                WHERE projection = ?1 AND person > ?2 AND from_day <= ?3 AND (to_day IS NULL OR to_day > ?3)
                    AND populations & ?4 <> 0
                ORDER BY person LIMIT ?5
                """)
            try statement.bind(1, community.projection)
            try statement.bind(2, after.number)
            try statement.bind(3, Int64(day.dayNumber))
            try statement.bind(4, Int64(1) << Int64(population.rawValue))
            try statement.bind(5, limit)
            var found: [(PersonID, Spell)] = []
            try statement.forEach { row throws(SQLiteError) in
                if let spell = SpellTable.spell(row, firstColumn: 1) { found.append((PersonID(row.int64(0)), spell)) }
            }
            var entries: [ListEntry] = []
            for (person, spell) in found { entries.append(try entry(person, spell, in: community)) }
            return entries
        }
    }

    private func entry(_ person: PersonID, _ spell: Spell, in community: Community) throws(SQLiteError) -> ListEntry {
        let spells = try SpellTable(connection: connection).spells(of: person, in: community.projection)
        let began = spells.last { $0.beginsEpisode && $0.from <= spell.from }?.from ?? spell.from
        let life = Life(person: person, facts: standing(try journal.facts(of: person)))
        return ListEntry(
            person: person, identity: try identity(of: person, by: life.facts), birth: life.birth, spell: spell,
            activeSince: began)
    }
}
