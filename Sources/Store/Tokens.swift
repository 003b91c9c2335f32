package import ByNameList
package import CivilTime
import SQLite

/// SHA-256 of a token: what is kept of it.
package struct TokenHash: Hashable, Sendable {
    package let bytes: [UInt8]

    /// `nil` unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    // An array would be hashed byte by byte.
    package func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}

/// What a token lets its bearer do, as the record keeps it.
package struct TokenGrant: Hashable, Sendable {
    package let id: Int64
    /// The writer's community, agency, user and source: what every fact of the bearer records.
    package let origin: Origin
    package let caller: Caller
    package let user: String
    package let created: Instant
    package let expires: Instant
    package let revoked: Instant?
    /// The other communities whose figures it opens.
    package let communities: Set<Int64>
    /// To the minute or so; `nil` if it never was.
    package let lastUsed: Instant?

    /// Whether it opens anything of the community.
    package func opens(_ community: Int64) -> Bool { origin.community == community || communities.contains(community) }

    /// Whether it opens anything at that instant.
    package func isValid(at instant: Instant) -> Bool { revoked == nil && instant < expires }
}

extension WriteTransaction {
    /// Keeps a new token's hash and what it is for; the source of its facts is the agency's own.
    ///
    /// - Parameter others: the communities beside its own whose figures a collaborative's token opens.
    package func addToken(
        _ hash: TokenHash, in community: Int64, with others: [Int64] = [], agency: String, user: String, role: Role,
        expires: Instant
    ) throws(StoreError) -> Int64 {
        guard let found = try self.agency(agency, of: community) else {
            throw .notFound("the community has no agency \(agency): bnl agency set makes one, and says what it does")
        }
        guard found.kind.mayBear(role) else {
            throw .notAllowed("an agency of the kind \(found.kind.code) has nobody of the role \(role.code)")
        }
        guard others.isEmpty || role == .collaborative else {
            throw .notAllowed("only a token of the role collaborative is for several communities")
        }
        let origin = try origin(
            community: community, agency: agency, actor: user, source: "api/" + agency, isImport: false)
        return try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                INSERT INTO token (community, actor, source, role, hash, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            try statement.bind(1, community)
            try statement.bind(2, origin.actor)
            try statement.bind(3, origin.source)
            try statement.bind(4, Int(role.rawValue))
            try statement.bind(5, hash.bytes)
            try statement.bind(6, recorded.microseconds)
            try statement.bind(7, expires.microseconds)
            try statement.run()
            stage.changesTokens = true
            let token = connection.lastInsertRowID
            for other in Set(others).subtracting([community]).sorted() {
                let statement = try connection.statement(
                    "INSERT INTO token_community (token, community) VALUES (?, ?)")
                try statement.bind(1, token)
                try statement.bind(2, other)
                try statement.run()
            }
            return token
        }
    }

    /// Ends a token at once; false if the community has no such token or it has been revoked before.
    package func revokeToken(_ id: Int64, in community: Int64) throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                UPDATE token SET revoked = ? WHERE id = ? AND community = ? AND revoked IS NULL RETURNING id
                """)
            try statement.bind(1, recorded.microseconds)
            try statement.bind(2, id)
            try statement.bind(3, community)
            stage.changesTokens = true
            return try statement.first { row throws(SQLiteError) in row.int64(0) } != nil
        }
    }

    /// Keeps when tokens were last used.
    package func noteUses(_ uses: [Int64: Instant]) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            for (token, instant) in uses {
                let statement = try connection.statement("UPDATE token SET last_used = ? WHERE id = ?")
                try statement.bind(1, instant.microseconds)
                try statement.bind(2, token)
                try statement.run()
            }
        }
    }
}

extension Reader {
    /// The community's tokens, in order of creation; not the tokens themselves, which nobody keeps.
    package func tokens(of community: Int64) throws(StoreError) -> [TokenGrant] {
        try translatingErrors { () throws(SQLiteError) in
            try TokenTable(connection: connection).all().map(\.grant).filter { $0.origin.community == community }
        }
    }
}

/// The rows of tokens.
struct TokenTable {
    let connection: Connection

    func all() throws(SQLiteError) -> [(hash: TokenHash, grant: TokenGrant)] {
        var found: [(TokenHash, TokenGrant)] = []
        var others: [Int64: Set<Int64>] = [:]
        try connection.statement("SELECT token, community FROM token_community").forEach { row throws(SQLiteError) in
            others[row.int64(0), default: []].insert(row.int64(1))
        }
        try connection.statement(
            """
            SELECT token.id, token.community, token.actor, token.source, token.role, actor.agency, actor.name,
                token.created, token.expires, token.revoked, token.hash, agency.kind, token.last_used
            FROM token JOIN actor ON actor.id = token.actor
                LEFT JOIN agency ON agency.community = actor.community AND agency.name = actor.agency
            ORDER BY token.id
            """
        ).forEach { row throws(SQLiteError) in
            guard let role = Role(rawValue: UInt8(truncatingIfNeeded: row.int(4))), let hash = TokenHash(row.bytes(10))
            else { throw SQLiteError(.corrupt, message: "a token cannot be read") }
            let grant = TokenGrant(
                id: row.int64(0),
                origin: Origin(community: row.int64(1), actor: row.int64(2), source: row.int64(3), isImport: false),
                caller: Caller(
                    role: role, agency: row.string(5),
                    kind: AgencyKind(rawValue: UInt8(truncatingIfNeeded: row.int(11))) ?? .other), user: row.string(6),
                created: Instant(microseconds: row.int64(7)), expires: Instant(microseconds: row.int64(8)),
                revoked: row.optionalInt64(9).map { Instant(microseconds: $0) },
                communities: others[row.int64(0)] ?? [],
                lastUsed: row.optionalInt64(12).map { Instant(microseconds: $0) })
            found.append((hash, grant))
        }
        return found
    }
}
