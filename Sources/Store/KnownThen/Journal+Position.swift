import ByNameList
import CivilTime
import SQLite

extension Journal {
    /// The last fact that had been recorded by then, 0 if there was none.
    ///
    /// What was recorded by an instant is what stands up to a place in the journal, which never changes.
    func lastFact(by instant: Instant) throws(SQLiteError) -> Int64 {
        try lastFact { $0 <= instant }
    }

    /// The last fact of which that is so, where it is so of all before it.
    func lastFact(recorded isSo: (Instant) -> Bool) throws(SQLiteError) -> Int64 {
        let newest = try connection.statement("SELECT max(seq) FROM fact")
        var last = Int64(0)
        var end = try newest.first { row throws(SQLiteError) in row.int64(0) } ?? 0
        let probe = try connection.statement("SELECT seq, recorded FROM fact WHERE seq >= ? ORDER BY seq LIMIT 1")
        while last < end {
            let middle = last + (end - last + 1) / 2
            try probe.bind(1, middle)
            let found = try probe.first { row throws(SQLiteError) in
                (seq: row.int64(0), recorded: Instant(microseconds: row.int64(1)))
            }
            if let found, found.seq <= end, isSo(found.recorded) { last = found.seq } else { end = middle - 1 }
        }
        return last
    }
}
