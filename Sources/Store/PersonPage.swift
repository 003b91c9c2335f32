package import ByNameList
package import CivilTime
import SQLite

/// What is known about one person, for people to read.
package struct PersonPage: Sendable {
    package let person: PersonID
    /// All that are this person's, in order; by code only the one whose number the person has.
    package let records: [PersonID]
    package let identity: IdentityDetails
    package let birth: BirthDate?
    package let externalIDs: [(system: String, value: String)]
    package let facts: [Fact]
    package let timeline: Timeline
    /// The agency that wrote each fact.
    package let agencies: [FactID: String]
    /// What a fact about identity says, of each such fact.
    package let identities: [FactID: IdentityDetails]
    /// The free text of a fact.
    package let notes: [FactID: String]
    /// Those that the community has.
    package let populations: [Population]
    /// What was asked for, or when anything of the community last changed: asked with it, the page comes again.
    package let knownAt: Instant
    /// Who it is and where stays untold.
    package var isCodeOnly = false
}

extension Withheld where Content == PersonPage {
    /// The page as somebody sees it who sees so much of the person.
    ///
    /// Of a code only: no name, birth date, number of another system, free text or household, through which others
    /// would tell, and not the agencies, which would tell where.
    package func seen(_ sight: Sight) -> Withheld<PersonPage> {
        guard sight < .everything else { return self }
        return rendered { page in
            PersonPage(
                person: page.person, records: [page.person], identity: IdentityDetails(), birth: nil, externalIDs: [],
                facts: page.facts.filter { !$0.content.tellsWho }, timeline: page.timeline, agencies: [:],
                identities: [:], notes: [:], populations: page.populations, knownAt: page.knownAt, isCodeOnly: true)
        }
    }
}

extension FactContent {
    /// Whether it says who somebody is, or to whom they belong.
    var tellsWho: Bool {
        switch self {
        case .identity, .household, .samePerson: true
        case .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death, .waiting, .consent,
            .answer, .determination, .sealed, .void:
            false
        }
    }
}

extension Reader {
    /// All that is known about the person of the community whose record that is, as known then; numbers of other
    /// systems are those of now.
    package func page(
        of record: PersonID, in community: Int64, knownAt: Instant? = nil
    ) throws -> Withheld<PersonPage> {
        guard try community == self.community(of: record) else {
            throw StoreError.notFound("there is no such person in this community")
        }
        let found = try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).community(community)
        }
        guard let found else { throw StoreError.notFound("there is no such community") }
        let policy = try projection(of: found, as: knownAt).policy
        let facts = try facts(of: record, knownAt: knownAt)
        // Who had not been heard of was not there.
        guard !facts.isEmpty else { throw StoreError.notFound("there was no such person then") }
        let lives = try household(of: record, knownAt: knownAt)
        return try translatingErrors { () throws(SQLiteError) in
            let person = try journal.person(of: record, knownAt: knownAt)
            let records = try journal.records(of: record, knownAt: knownAt)
            let page = PersonPage(
                person: person, records: records.map { PersonID($0) },
                identity: try identity(of: records, by: standing(facts)),
                birth: lives.first { $0.person == person }?.birth?.shown,
                externalIDs: try externalIDs(of: records, knownAt),
                facts: facts, timeline: timeline(of: person, among: lives, policy: policy),
                agencies: try agencies(of: records), identities: try identities(of: records),
                notes: try notes(of: records), populations: policy.populations, knownAt: knownAt ?? found.changed)
            return Withheld(page, about: page.records)
        }
    }

    /// The people whom another system's number means, each once.
    package func person(system: String?, externalID: String, in community: Int64) throws(StoreError) -> [PersonID] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "SELECT record FROM external_id WHERE community = ? AND value = ? AND (?3 IS NULL OR system = ?3)")
            try statement.bind(1, community)
            try statement.bind(2, externalID)
            try statement.bind(3, system)
            var people: [PersonID] = []
            try statement.forEach { row throws(SQLiteError) in
                let person = try journal.person(of: PersonID(row.int64(0)))
                if !people.contains(person) { people.append(person) }
            }
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
    func identity(of records: [Int64], by facts: [StandingFact]) throws(SQLiteError) -> IdentityDetails {
        let said = try identities(of: records)
        var identity = IdentityDetails()
        for fact in facts {
            guard let later = said[fact.id] else { continue }
            identity.givenName = later.givenName ?? identity.givenName
            identity.middleName = later.middleName ?? identity.middleName
            identity.familyName = later.familyName ?? identity.familyName
            identity.nameSuffix = later.nameSuffix ?? identity.nameSuffix
            identity.description = later.description ?? identity.description
        }
        return identity
    }

    private func identities(of records: [Int64]) throws(SQLiteError) -> [FactID: IdentityDetails] {
        var found: [FactID: IdentityDetails] = [:]
        let statement = try connection.statement(
            """
            SELECT given_name, middle_name, family_name, name_suffix, description, fact FROM identity WHERE record = ?
            """)
        try forEach(records, statement) { row throws(SQLiteError) in
            found[FactID(row.int64(5))] = IdentityDetails(
                givenName: row.optionalString(0), middleName: row.optionalString(1),
                familyName: row.optionalString(2), nameSuffix: row.optionalString(3),
                description: row.optionalString(4))
        }
        return found
    }

    /// Each number once, also where it lies on several of the records.
    private func externalIDs(
        of records: [Int64], _ knownAt: Instant?
    ) throws(SQLiteError) -> [(system: String, value: String)] {
        var found: [(system: String, value: String)] = []
        let statement = try connection.statement("SELECT system, value, recorded FROM external_id WHERE record = ?")
        try forEach(records, statement) { row throws(SQLiteError) in
            if let knownAt, row.int64(2) > knownAt.microseconds { return }
            let id = (system: row.string(0), value: row.string(1))
            if !found.contains(where: { $0 == id }) { found.append(id) }
        }
        return found
    }

    func agencies(of records: [Int64]) throws(SQLiteError) -> [FactID: String] {
        var found: [FactID: String] = [:]
        let statement = try connection.statement(
            "SELECT fact.seq, actor.agency FROM fact JOIN actor ON actor.id = fact.actor WHERE fact.record = ?")
        try forEach(records, statement) { row throws(SQLiteError) in found[FactID(row.int64(0))] = row.string(1) }
        return found
    }

    private func notes(of records: [Int64]) throws(SQLiteError) -> [FactID: String] {
        var found: [FactID: String] = [:]
        let statement = try connection.statement(
            "SELECT note.fact, note.text FROM fact JOIN note ON note.fact = fact.seq WHERE fact.record = ?")
        try forEach(records, statement) { row throws(SQLiteError) in found[FactID(row.int64(0))] = row.string(1) }
        return found
    }

    /// Asks the same of each record.
    private func forEach(
        _ records: [Int64], _ statement: Statement, _ body: (Statement) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        for record in records {
            try statement.bind(1, record)
            try statement.forEach(body)
        }
    }
}
