package import ByNameList
package import CivilTime
import SQLite

/// Reads one state of the record, on a reader's thread.
package final class Reader {
    let connection: Connection
    let journal: Journal
    let deadline: ContinuousClock.Instant?
    /// Opens a connection like this one, for a thread that helps; `nil`: nobody helps.
    let opening: (@Sendable () throws(StoreError) -> Connection)?

    init(
        connection: Connection, deadline: ContinuousClock.Instant? = nil,
        opening: (@Sendable () throws(StoreError) -> Connection)? = nil
    ) {
        self.connection = connection
        self.deadline = deadline
        self.opening = opening
        journal = Journal(connection: connection)
    }

    /// Gives up once the time of the question is over: called by whatever walks through many people.
    package func checkTime() throws(StoreError) {
        if let deadline, ContinuousClock.now > deadline { throw .busy }
    }

    package func community(_ code: String) throws(StoreError) -> Community {
        let found = try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).community(code: code)
        }
        guard let found else {
            throw .notFound("there is no community \(code): bnl community list names those that there are")
        }
        return found
    }

    package func communities() throws(StoreError) -> [Community] {
        try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).communities()
        }
    }

    /// The projection that the community's figures are read from.
    package func projection(of community: Community) throws(StoreError) -> Projection {
        let all = try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).projections(of: community.id)
        }
        guard let current = all.first(where: { $0.id == community.projection }) else {
            throw .damaged(detail: "the community has no projection: run bnl rebuild")
        }
        return current
    }

    /// The projection as it was recorded then: the newest policy that was known.
    package func projection(of community: Community, knownAt instant: Instant) throws(StoreError) -> Projection {
        let found = try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).policy(of: community.id, knownAt: instant)
        }
        let current = try projection(of: community)
        guard let found else { return current }
        return Projection(
            id: current.id, policy: found.policy, policyVersion: found.version, ruleVersion: current.ruleVersion,
            builtTo: nil)
    }

    /// The projection as it was recorded then; `nil`: the current one.
    func projection(of community: Community, as instant: Instant?) throws(StoreError) -> Projection {
        if let instant { try projection(of: community, knownAt: instant) } else { try projection(of: community) }
    }

    /// All facts about the person whose record that is, voided ones included; as known then.
    package func facts(of record: PersonID, knownAt: Instant? = nil) throws(StoreError) -> [Fact] {
        try translatingErrors { () throws(SQLiteError) in try journal.facts(of: record, knownAt: knownAt) }
    }

    /// Whose record it is, as known then.
    package func person(of record: PersonID, knownAt: Instant? = nil) throws(StoreError) -> PersonID {
        try translatingErrors { () throws(SQLiteError) in try journal.person(of: record, knownAt: knownAt) }
    }

    /// Whose the records are now that were one person then, with that one among them.
    package func people(behind record: PersonID, knownAt: Instant?) throws(StoreError) -> [PersonID] {
        guard let knownAt else { return [record] }
        return try translatingErrors { () throws(SQLiteError) in
            var people: Set<PersonID> = []
            for one in try journal.records(of: record, knownAt: knownAt) {
                people.insert(try journal.person(of: PersonID(one)))
            }
            return people.sorted()
        }
    }

    /// The records of a community with a higher number, in order, at most so many.
    package func people(of community: Int64, after: PersonID, limit: Int) throws(StoreError) -> [PersonID] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "SELECT id FROM record WHERE community = ? AND id > ? ORDER BY id LIMIT ?")
            try statement.bind(1, community)
            try statement.bind(2, after.number)
            try statement.bind(3, limit)
            var people: [PersonID] = []
            try statement.forEach { row throws(SQLiteError) in people.append(PersonID(row.int64(0))) }
            return people
        }
    }

    /// The stored spells of a person.
    package func spells(of person: PersonID, in projection: Projection) throws(StoreError) -> [Spell] {
        try translatingErrors { () throws(SQLiteError) in
            try SpellTable(connection: connection).spells(of: person, in: projection.id)
        }
    }

    /// The person whose record that is, first, and everybody who ever shared a household with them, as known then.
    package func household(of record: PersonID, knownAt: Instant? = nil) throws(StoreError) -> [Life] {
        try translatingErrors { () throws(SQLiteError) in
            try household(of: record, knownAt: knownAt, by: journal)
        }
    }

    /// Likewise by a journal that may know the merges already.
    func household(
        of record: PersonID, knownAt: Instant?, by journal: Journal
    ) throws(SQLiteError) -> [Life] {
        let person = try journal.person(of: record, knownAt: knownAt)
        var households: Set<HouseholdID> = []
        let facts = try journal.facts(of: person, knownAt: knownAt)
        for fact in facts {
            if case .household(let statement) = fact.content { households.insert(statement.household) }
        }
        var lives = [Life(person: person, facts: standing(facts))]
        for other in try journal.people(in: households, knownAt: knownAt).sorted() where other != person {
            lives.append(Life(person: other, facts: standing(try journal.facts(of: other, knownAt: knownAt))))
        }
        return lives
    }

    /// The instant of the last recorded change: what asking `known_at` with gives the same figures again.
    package func lastRecorded() throws(StoreError) -> Instant {
        try translatingErrors { () throws(SQLiteError) in try journal.lastRecorded() }
    }
}

extension Reader {
    /// The text of the policy that the community's figures are made with, and its version.
    package func policyDocument(of community: Community) throws(StoreError) -> (version: Int, document: String) {
        let found = try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT version, document FROM policy JOIN projection ON projection.policy = policy.id
                WHERE projection.id = ?
                """)
            try statement.bind(1, community.projection)
            return try statement.first { row throws(SQLiteError) in (row.int(0), row.string(1)) }
        }
        guard let found else { throw .damaged(detail: "the community has no policy") }
        return (version: found.0, document: found.1)
    }
}
