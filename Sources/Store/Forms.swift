import CivilTime
import SQLite

/// How a form of a form tool is read, as a community has recorded it.
package struct FormVersion: Hashable, Sendable {
    package let code: String
    /// Counted from 1.
    package let version: Int
    package let document: String
}

extension Reader {
    /// The newest version of the form; `nil` if the community has none of that code.
    package func form(_ code: String, of community: Int64) throws(StoreError) -> FormVersion? {
        try translatingErrors { () throws(SQLiteError) in
            try FormTable(connection: connection).newest(code, of: community)
        }
    }
}

extension WriteTransaction {
    /// Records a version of a form that takes the place of that one; 0 where there was none.
    ///
    /// Refused as there already if another was recorded meanwhile.
    package func recordForm(
        _ code: String, document: String, from origin: Origin, replacing version: Int
    ) throws(StoreError) {
        let newest = try translatingErrors { () throws(SQLiteError) in
            try FormTable(connection: connection).newest(code, of: origin.community)
        }
        guard newest?.version ?? 0 == version else { throw .alreadyExists("another version was recorded meanwhile") }
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "INSERT INTO form (community, code, version, document, actor, recorded) VALUES (?, ?, ?, ?, ?, ?)")
            try statement.bind(1, origin.community)
            try statement.bind(2, code)
            try statement.bind(3, version + 1)
            try statement.bind(4, document)
            try statement.bind(5, origin.actor)
            try statement.bind(6, recorded.microseconds)
            try statement.run()
        }
    }
}

/// The rows of forms.
private struct FormTable {
    let connection: Connection

    func newest(_ code: String, of community: Int64) throws(SQLiteError) -> FormVersion? {
        let statement = try connection.statement(
            "SELECT version, document FROM form WHERE community = ? AND code = ? ORDER BY version DESC LIMIT 1")
        try statement.bind(1, community)
        try statement.bind(2, code)
        return try statement.first { row throws(SQLiteError) in
            FormVersion(code: code, version: row.int(0), document: row.string(1))
        }
    }
}
