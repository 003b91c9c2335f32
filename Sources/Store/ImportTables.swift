import ByNameList
import CivilTime
import HMIS
import SQLite

/// The rows by which an import finds people and households again.
struct ImportTables {
    let connection: Connection
    let origin: Origin
    let recorded: Instant

    /// The newest version of a key in the whole source, and whose fact it is.
    func newest(of key: String) throws(SQLiteError) -> (version: Int, person: PersonID)? {
        let statement = try connection.statement(
            """
            SELECT source_version, record FROM fact WHERE source = ? AND source_key = ?
            ORDER BY source_version DESC LIMIT 1
            """)
        try statement.bind(1, origin.source)
        try statement.bind(2, key)
        return try statement.first { row throws(SQLiteError) in (row.int(0), PersonID(row.int64(1))) }
    }

    func person(system: String, value: String) throws(SQLiteError) -> PersonID? {
        let statement = try connection.statement(
            "SELECT record FROM external_id WHERE community = ? AND system = ? AND value = ? ORDER BY record")
        try statement.bind(1, origin.community)
        try statement.bind(2, system)
        try statement.bind(3, value)
        return try statement.first { row throws(SQLiteError) in PersonID(row.int64(0)) }
    }

    /// Whether the number is that of somebody who was erased here and is not brought back by the source.
    func isErased(system: String, value: String) throws(SQLiteError) -> Bool {
        try ErasedWords(connection: connection).isErased(
            system: system, value: value, in: origin.community, connection)
    }

    func addExternalID(system: String, value: String, of person: PersonID) throws(SQLiteError) {
        let statement = try connection.statement(
            "INSERT INTO external_id (community, system, value, record, recorded) VALUES (?, ?, ?, ?, ?)")
        try statement.bind(1, origin.community)
        try statement.bind(2, system)
        try statement.bind(3, value)
        try statement.bind(4, person.number)
        try statement.bind(5, recorded.microseconds)
        try statement.run()
    }

    /// The household that the source calls so; written down on first use.
    func household(_ key: String) throws(SQLiteError) -> HouseholdID {
        let known = HouseholdTable(connection: connection)
        if let household = try known.household(called: key, in: origin.source) { return household }
        let add = try connection.statement("INSERT INTO household (community, source, source_key) VALUES (?, ?, ?)")
        try add.bind(1, origin.community)
        try add.bind(2, origin.source)
        try add.bind(3, key)
        try add.run()
        return HouseholdID(connection.lastInsertRowID)
    }

    func addMatchKey(_ key: MatchKey, of person: PersonID) throws(SQLiteError) {
        let statement = try connection.statement(
            "INSERT OR IGNORE INTO match_key (community, key, record) VALUES (?, ?, ?)")
        try statement.bind(1, origin.community)
        // The kind stands before the hash: a first name's must not meet a last name's.
        try statement.bind(2, "\(key.kind.rawValue):\(key.hash)")
        try statement.bind(3, person.number)
        try statement.run()
    }

    /// What the identity table holds of that fact.
    func identity(of fact: FactID) throws(SQLiteError) -> IdentityDetails? {
        let statement = try connection.statement(
            """
            SELECT given_name, middle_name, family_name, name_suffix, description FROM identity WHERE fact = ?
            """)
        try statement.bind(1, fact.number)
        return try statement.first { row throws(SQLiteError) in
            IdentityDetails(
                givenName: row.optionalString(0), middleName: row.optionalString(1), familyName: row.optionalString(2),
                nameSuffix: row.optionalString(3), description: row.optionalString(4))
        }
    }
}
