import SQLite

extension Reader {
    /// Rows and pages in all, for measurements: facts, spells, commits with facts, pages of the file.
    package func measure() throws(StoreError) -> (facts: Int, spells: Int, commits: Int, pages: Int) {
        try translatingErrors { () throws(SQLiteError) in
            let counts: [StaticString] = [
                "SELECT count(*) FROM fact", "SELECT count(*) FROM spell",
                "SELECT count(DISTINCT recorded) FROM fact", "PRAGMA page_count",
            ]
            var found: [Int] = []
            for sql in counts {
                found.append(try connection.statement(sql).first { row throws(SQLiteError) in row.int(0) } ?? 0)
            }
            return (found[0], found[1], found[2], found[3])
        }
    }
}
