package import ByNameList
import SQLite

/// An agency of a community, as the record knows it.
package struct Agency: Hashable, Sendable {
    package let name: String
    package let kind: AgencyKind
}

extension WriteTransaction {
    /// Writes down that the community has such an agency, or what it does from now on.
    ///
    /// Refuses to make a victim service provider of an agency whose tokens open what such a one may not see.
    package func setAgency(_ name: String, kind: AgencyKind, in community: Int64) throws(StoreError) {
        let unfit = try translatingErrors { () throws(SQLiteError) in
            try TokenTable(connection: connection).all().map(\.grant).first { grant in
                grant.origin.community == community && grant.caller.agency == name && grant.isValid(at: recorded)
                    && !kind.mayBear(grant.caller.role)
            }
        }
        if let unfit {
            throw .notAllowed(
                "token \(unfit.id) of \(name) has the role \(unfit.caller.role.code), which a \(kind.code) agency "
                    + "does not have: revoke it first")
        }
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                INSERT INTO agency (community, name, kind) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET kind = excluded.kind
                """)
            try statement.bind(1, community)
            try statement.bind(2, name)
            try statement.bind(3, Int(kind.rawValue))
            try statement.run()
            // What a token opens depends on what its agency does.
            stage.changesTokens = true
        }
    }

    /// The agency of that name; `nil` if the community has none.
    func agency(_ name: String, of community: Int64) throws(StoreError) -> Agency? {
        try translatingErrors { () throws(SQLiteError) in
            try AgencyTable(connection: connection).agencies(of: community).first { $0.name == name }
        }
    }
}

extension Reader {
    /// The community's agencies, by name.
    package func agencies(of community: Int64) throws(StoreError) -> [Agency] {
        try translatingErrors { () throws(SQLiteError) in
            try AgencyTable(connection: connection).agencies(of: community)
        }
    }
}

/// The rows of agencies.
private struct AgencyTable {
    let connection: Connection

    func agencies(of community: Int64) throws(SQLiteError) -> [Agency] {
        let statement = try connection.statement("SELECT name, kind FROM agency WHERE community = ? ORDER BY name")
        try statement.bind(1, community)
        var found: [Agency] = []
        try statement.forEach { row throws(SQLiteError) in
            let kind = AgencyKind(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .other
            found.append(Agency(name: row.string(0), kind: kind))
        }
        return found
    }
}
