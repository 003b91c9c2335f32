import ByNameList
import SQLite

/// Finds households by what their source calls them.
struct HouseholdTable {
    let connection: Connection

    /// By the word itself or, where a member was erased, by the hash in its place.
    func household(called word: String, in source: Int64) throws(SQLiteError) -> HouseholdID? {
        if let found = try find(word, source) { return found }
        guard try ErasedWords.hasHouseholds(of: source, connection) else { return nil }
        return try find(ErasedWords(connection: connection).text(word), source)
    }

    private func find(_ word: String, _ source: Int64) throws(SQLiteError) -> HouseholdID? {
        let statement = try connection.statement("SELECT id FROM household WHERE source = ? AND source_key = ?")
        try statement.bind(1, source)
        try statement.bind(2, word)
        return try statement.first { row throws(SQLiteError) in HouseholdID(row.int64(0)) }
    }
}
