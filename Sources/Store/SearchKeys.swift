import ByNameList
import SQLite
import ShippedConfig

/// Under which keys a record is found: made of every fact about identity, whether it stands or not.
///
/// The keys only say where to look: what is found is held against what stands. One letter before the word tells the
/// kinds of key apart.
struct SearchKeys {
    /// Raised whenever the same identity would get other keys or initials: then those of all records are made anew.
    static let version: Int64 = 3

    let connection: Connection

    /// The key of a word of a name.
    static func name(_ token: String) -> String { "n" + token }

    /// The key of a given and family name together, all forms of a name being one.
    ///
    /// It lies beside the key of its first word, where a page is written anyhow; no word holds the blank at its end.
    static func fullName(_ canonical: String) -> String { name(canonical) + " " }

    /// What comes after a word in the key of a full name, and in that of a word never.
    static let afterWord: Unicode.Scalar = " "

    /// The key of a word of a description.
    static func description(_ word: String) -> String { "d" + word }

    /// Adds the keys of a fact whose identity was just written.
    func add(
        _ identity: IdentityDetails, of fact: FactID, record: Int64, in community: Int64
    ) throws(SQLiteError) {
        let name = SearchableName(identity)
        for token in name.tokens { try add(SearchKeys.name(token), record, community) }
        if identity.isNamed {
            var whole = name
            if identity.givenName == nil || identity.familyName == nil {
                whole = SearchableName(try completed(identity, by: fact, of: record))
            }
            if let canonical = whole.canonical(NicknameFile.nicknames) {
                try add(SearchKeys.fullName(canonical), record, community)
            }
        }
        guard let description = identity.description else { return }
        for word in SearchWords.telling(in: description) {
            try add(SearchKeys.description(word), record, community)
        }
    }

    /// The records that have a key, in order; at most so many.
    func records(_ key: String, in community: Int64, limit: Int = .max) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            "SELECT record FROM search_key WHERE community = ? AND key = ? ORDER BY record LIMIT ?")
        try statement.bind(1, community)
        try statement.bind(2, key)
        try statement.bind(3, limit)
        var records: [Int64] = []
        try statement.forEach { row throws(SQLiteError) in records.append(row.int64(0)) }
        return records
    }

    private func add(_ key: String, _ record: Int64, _ community: Int64) throws(SQLiteError) {
        let statement = try connection.statement(
            "INSERT OR IGNORE INTO search_key (community, key, record) VALUES (?, ?, ?)")
        try statement.bind(1, community)
        try statement.bind(2, key)
        try statement.bind(3, record)
        try statement.run()
    }

    /// A part of a name said now, with the other part as it was said before.
    private func completed(
        _ identity: IdentityDetails, by fact: FactID, of record: Int64
    ) throws(SQLiteError) -> IdentityDetails {
        var whole = IdentityDetails()
        let statement = try connection.statement(
            "SELECT given_name, family_name FROM identity WHERE record = ? AND fact <= ? ORDER BY fact")
        try statement.bind(1, record)
        try statement.bind(2, fact.number)
        try statement.forEach { row throws(SQLiteError) in
            whole.givenName = row.optionalString(0) ?? whole.givenName
            whole.familyName = row.optionalString(1) ?? whole.familyName
        }
        return whole
    }
}

extension Store {
    /// Makes the search keys of identities that were written before there were any, or with other rules.
    ///
    /// Called once a record was opened for writing. Killed half-way, it begins anew the next time.
    package func mendSearchKeys(rowsPerBatch: Int = 2_000) throws {
        guard try change({ transaction in try transaction.searchKeysAreBehind() }) else { return }
        while try change({ transaction in try transaction.dropSearchKeys(rows: 10 * rowsPerBatch) }) {}
        var last: FactID? = FactID(0)
        while let fact = last {
            last = try change { transaction in try transaction.makeSearchKeys(after: fact, rows: rowsPerBatch) }
        }
        try change { transaction in try transaction.noteSearchKeys() }
    }
}

extension WriteTransaction {
    fileprivate func searchKeysAreBehind() throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("SELECT value FROM setting WHERE name = 'search_keys_version'")
            return try statement.first { row throws(SQLiteError) in row.int64(0) } != SearchKeys.version
        }
    }

    /// False when none is left.
    fileprivate func dropSearchKeys(rows: Int) throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                DELETE FROM search_key WHERE (community, key, record) IN
                    (SELECT community, key, record FROM search_key LIMIT ?)
                """)
            try statement.bind(1, rows)
            try statement.run()
            return connection.changes > 0
        }
    }

    /// The fact to go on after; `nil` at the end.
    fileprivate func makeSearchKeys(after fact: FactID, rows: Int) throws(StoreError) -> FactID? {
        try translatingErrors { () throws(SQLiteError) in
            var found: [(fact: FactID, record: Int64, community: Int64, identity: IdentityDetails)] = []
            let statement = try connection.statement(
                """
                SELECT identity.fact, identity.record, record.community, given_name, middle_name, family_name,
                    name_suffix, description
                FROM identity JOIN record ON record.id = identity.record
                WHERE identity.fact > ? ORDER BY identity.fact LIMIT ?
                """)
            try statement.bind(1, fact.number)
            try statement.bind(2, rows)
            try statement.forEach { row throws(SQLiteError) in
                found.append(
                    (
                        FactID(row.int64(0)), row.int64(1), row.int64(2),
                        IdentityDetails(
                            givenName: row.optionalString(3), middleName: row.optionalString(4),
                            familyName: row.optionalString(5), nameSuffix: row.optionalString(6),
                            description: row.optionalString(7))
                    ))
            }
            let keys = SearchKeys(connection: connection)
            for row in found {
                try keys.add(row.identity, of: row.fact, record: row.record, in: row.community)
                let initials = try connection.statement("UPDATE identity SET initials = ? WHERE fact = ?")
                try initials.bind(1, NameLetters(row.identity)?.initials)
                try initials.bind(2, row.fact.number)
                try initials.run()
            }
            return found.last?.fact
        }
    }

    fileprivate func noteSearchKeys() throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "INSERT OR REPLACE INTO setting (name, value) VALUES ('search_keys_version', ?)")
            try statement.bind(1, SearchKeys.version)
            try statement.run()
        }
    }
}
