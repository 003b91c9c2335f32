package import ByNameList
package import CivilTime
import ShippedConfig
import SQLite

/// A community as the record knows it.
package struct Community: Hashable, Sendable {
    package let id: Int64
    package let code: String
    package let name: String
    /// Its time zone, as `America/Toronto`.
    package let zone: String
    package let generation: Int64
    package let projection: Int64
    /// When a figure last changed: asking known_at with it gives the same figures.
    package let changed: Instant
}

/// A projection and what it is made with.
package struct Projection: Hashable, Sendable {
    package let id: Int64
    package let policy: Policy
    package let policyVersion: Int
    package let ruleVersion: Int
    /// Records up to this one are in it; `nil`: all.
    package let builtTo: Int64?
}

/// The version of the rules in this program: a figure names it, and a projection made by another is rebuilt.
package let ruleVersion = 3

/// The rows about communities, policies and projections.
struct CommunityTable {
    let connection: Connection

    func community(code: String) throws(SQLiteError) -> Community? {
        let statement = try connection.statement(
            "SELECT id, code, name, zone, generation, projection, changed FROM community WHERE code = ?")
        try statement.bind(1, code)
        return try statement.first { row throws(SQLiteError) in CommunityTable.community(row) }
    }

    func community(_ id: Int64) throws(SQLiteError) -> Community? {
        let statement = try connection.statement(
            "SELECT id, code, name, zone, generation, projection, changed FROM community WHERE id = ?")
        try statement.bind(1, id)
        return try statement.first { row throws(SQLiteError) in CommunityTable.community(row) }
    }

    func communities() throws(SQLiteError) -> [Community] {
        var found: [Community] = []
        try connection.statement(
            "SELECT id, code, name, zone, generation, projection, changed FROM community ORDER BY code"
        ).forEach { row throws(SQLiteError) in found.append(CommunityTable.community(row)) }
        return found
    }

    /// The community's projections, the current and one that is being built.
    func projections(of community: Int64) throws(SQLiteError) -> [Projection] {
        let statement = try connection.statement(
            """
            SELECT projection.id, document, version, rule_version, built_to
            FROM projection JOIN policy ON policy.id = projection.policy
            WHERE projection.community = ? ORDER BY projection.id
            """)
        try statement.bind(1, community)
        var found: [Projection] = []
        try statement.forEach { row throws(SQLiteError) in
            guard let policy = decodePolicy(row.string(1)) else {
                throw SQLiteError(.corrupt, message: "a recorded policy cannot be read")
            }
            found.append(
                Projection(
                    id: row.int64(0), policy: policy, policyVersion: row.int(2), ruleVersion: row.int(3),
                    builtTo: row.optionalInt64(4)))
        }
        return found
    }

    /// The newest policy that had been recorded by then; `nil` if the community had none.
    func policy(
        of community: Int64, knownAt instant: Instant
    ) throws(SQLiteError) -> (policy: Policy, version: Int)? {
        let statement = try connection.statement(
            "SELECT document, version FROM policy WHERE community = ? AND recorded <= ? ORDER BY version DESC LIMIT 1")
        try statement.bind(1, community)
        try statement.bind(2, instant.microseconds)
        return try statement.first { row throws(SQLiteError) in
            guard let policy = decodePolicy(row.string(0)) else {
                throw SQLiteError(.corrupt, message: "a recorded policy cannot be read")
            }
            return (policy, row.int(1))
        }
    }

    private static func community(_ row: Statement) -> Community {
        Community(
            id: row.int64(0), code: row.string(1), name: row.string(2), zone: row.string(3),
            generation: row.int64(4), projection: row.int64(5),
            changed: Instant(microseconds: row.int64(6)))
    }
}

/// The policy of a recorded document, or `nil` if it cannot be read.
func decodePolicy(_ document: String) -> Policy? {
    try? PolicyDocument.policy(from: document)
}
