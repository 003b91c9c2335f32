import ByNameList
import CivilTime
import SQLite

extension Store {
    /// Erases whoever the lists name and this record, restored from before, still knows; how many.
    package func eraseAgain(_ lists: [ErasureList], by user: String) throws -> Int {
        let (ids, done) = try read { reader in (try reader.publicIDs(), Set(try reader.erasures())) }
        var waiting: [Erasure] = []
        var seen = done
        for list in lists {
            for erasure in try list.read(ids) where seen.insert(erasure).inserted { waiting.append(erasure) }
        }
        guard !waiting.isEmpty else { return 0 }
        let wanted = waiting
        return try change { transaction in
            var count = 0
            for erasure in wanted {
                // Whoever came after the backup is not in it.
                guard let community = try transaction.community(of: erasure.person, by: erasure.recorded) else {
                    continue
                }
                let origin = try transaction.origin(
                    community: community, agency: "operator", actor: user, source: "command line", isImport: false)
                try transaction.apply(erasure, from: origin)
                count += 1
            }
            return count
        }
    }
}

extension WriteTransaction {
    /// `nil` of a number that nobody had then: after a restore numbers are given out anew.
    fileprivate func community(of person: PersonID, by instant: Instant) throws(StoreError) -> Int64? {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT community FROM record
                WHERE id = ?1 AND (SELECT min(recorded) FROM fact WHERE record = ?1) <= ?2
                """)
            try statement.bind(1, person.number)
            try statement.bind(2, instant.microseconds)
            return try statement.first { row throws(SQLiteError) in row.int64(0) }
        }
    }
}
