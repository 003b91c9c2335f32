package import ByNameList
import SQLite

extension Reader {
    /// Rows of counts by day and by month that the spells of one person touch.
    package func countsTouched(by spells: [Spell]) -> (days: Int, months: Int) {
        var difference = TallyDifference()
        difference.add(spells, to: 0, sign: 1)
        difference.compact()
        return (difference.days.count, difference.months.count)
    }

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
