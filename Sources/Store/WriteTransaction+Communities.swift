package import ByNameList
import CivilTime
import ShippedConfig
import SQLite

extension WriteTransaction {
    /// A new community with a copy of a policy, and an empty projection to count in.
    ///
    /// The zone must have been checked: the store has no zones.
    package func createCommunity(
        code: String, name: String, zone: String, policy document: String
    ) throws(StoreError) -> Int64 {
        guard decodePolicy(document) != nil else { throw .unavailable(detail: "the policy cannot be read") }
        return try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "INSERT INTO community (code, name, zone, created) VALUES (?, ?, ?, ?)")
            try statement.bind(1, code)
            try statement.bind(2, name)
            try statement.bind(3, zone)
            try statement.bind(4, recorded.microseconds)
            try statement.run()
            let community = connection.lastInsertRowID
            memory.forget()
            try makePublicIDKey()
            let policy = try recordPolicy(document, of: community, version: 1)
            let projection = try newProjection(of: community, policy: policy, builtTo: nil)
            try makeCurrent(projection, of: community)
            return community
        }
    }

    /// A community by its code.
    package func community(_ code: String) throws(StoreError) -> Community? {
        try translatingErrors { () throws(SQLiteError) in
            try CommunityTable(connection: connection).community(code: code)
        }
    }

    /// Who writes, from what source; written down on first use.
    package func origin(
        community: Int64, agency: String, actor: String, source: String, isImport: Bool
    ) throws(StoreError) -> Origin {
        try translatingErrors { () throws(SQLiteError) in
            let actor = try idOf(
                find: "SELECT id FROM actor WHERE community = ? AND agency = ? AND name = ?",
                add: "INSERT INTO actor (community, agency, name) VALUES (?, ?, ?)", community, agency, actor)
            let source = try idOf(
                find: "SELECT id FROM source WHERE community = ? AND code = ? AND imported = ?",
                add: "INSERT INTO source (community, code, imported) VALUES (?, ?, ?)", community, source,
                isImport ? "1" : "0")
            return Origin(community: community, actor: actor, source: source, isImport: isImport)
        }
    }

    private func idOf(
        find: StaticString, add: StaticString, _ community: Int64, _ one: String, _ two: String
    ) throws(SQLiteError) -> Int64 {
        for sql in [find, add] {
            let statement = try connection.statement(sql)
            try statement.bind(1, community)
            try statement.bind(2, one)
            try statement.bind(3, two)
            if let id = try statement.first({ row throws(SQLiteError) in row.int64(0) }) { return id }
        }
        return connection.lastInsertRowID
    }

    /// Writes a policy down; it is recorded as of the change that makes figures by it the current ones.
    func recordPolicy(_ document: String, of community: Int64, version: Int) throws(SQLiteError) -> Int64 {
        let statement = try connection.statement(
            """
            INSERT INTO policy (community, version, effective_from, document, recorded) VALUES (?, ?, ?, ?, ?)
            """)
        try statement.bind(1, community)
        try statement.bind(2, version)
        try statement.bind(3, Int64(Refusal.earliest.dayNumber))
        try statement.bind(4, document)
        try statement.bind(5, Policy.notInForce.microseconds)
        try statement.run()
        return connection.lastInsertRowID
    }

    func newProjection(of community: Int64, policy: Int64, builtTo: Int64?) throws(SQLiteError) -> Int64 {
        let statement = try connection.statement(
            "INSERT INTO projection (community, policy, rule_version, built_to) VALUES (?, ?, ?, ?)")
        try statement.bind(1, community)
        try statement.bind(2, policy)
        try statement.bind(3, ruleVersion)
        try statement.bind(4, builtTo)
        try statement.run()
        let projection = connection.lastInsertRowID
        let rows = try connection.statement(
            "INSERT INTO population (projection, bit, code, name) VALUES (?, ?, ?, ?)")
        for population in try populations(of: policy) {
            try rows.bind(1, projection)
            try rows.bind(2, Int(population.place))
            try rows.bind(3, population.code)
            try rows.bind(4, population.name)
            try rows.run()
        }
        memory.forget()
        return projection
    }

    private func populations(of policy: Int64) throws(SQLiteError) -> [Population] {
        let statement = try connection.statement("SELECT document FROM policy WHERE id = ?")
        try statement.bind(1, policy)
        let document = try statement.first { row throws(SQLiteError) in row.string(0) }
        guard let policy = document.flatMap(decodePolicy) else {
            throw SQLiteError(.corrupt, message: "a recorded policy cannot be read")
        }
        return policy.populations
    }

    func makeCurrent(_ projection: Int64, of community: Int64) throws(SQLiteError) {
        let built = try connection.statement("UPDATE projection SET built_to = NULL WHERE id = ?")
        try built.bind(1, projection)
        try built.run()
        let statement = try connection.statement(
            "UPDATE community SET projection = ? WHERE id = ?")
        try statement.bind(1, projection)
        try statement.bind(2, community)
        try statement.run()
        try putInForce(policyOf: projection)
        stage.changedCommunities.insert(community)
        memory.forget()
    }

    /// From now on it is known: until this commit every figure was made by the one before.
    private func putInForce(policyOf projection: Int64) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            UPDATE policy SET recorded = ? WHERE recorded = ? AND id = (SELECT policy FROM projection WHERE id = ?)
            """)
        try statement.bind(1, recorded.microseconds)
        try statement.bind(2, Policy.notInForce.microseconds)
        try statement.bind(3, projection)
        try statement.run()
    }
}

extension Policy {
    /// When a policy was recorded by which no figure was ever made.
    fileprivate static let notInForce = Instant(microseconds: .max)
}

extension WriteTransaction {
    /// A new household that no other system has a key for.
    package func newHousehold(from origin: Origin) throws(StoreError) -> HouseholdID {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("INSERT INTO household (community, source) VALUES (?, ?)")
            try statement.bind(1, origin.community)
            try statement.bind(2, origin.source)
            try statement.run()
            let household = HouseholdID(connection.lastInsertRowID)
            stage.begin(household)
            return household
        }
    }
}
