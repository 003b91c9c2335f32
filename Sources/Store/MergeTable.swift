import ByNameList
import CivilTime
import SQLite

/// Reads which records are one person.
///
/// It walks from record to record by what two small indexes hold, so that of somebody who was never merged two looks
/// into them are all there is to it.
struct MergeTable {
    let connection: Connection

    /// The records of the person whose record that is, as known then; in order.
    func records(of record: Int64, knownAt instant: Instant? = nil) throws(SQLiteError) -> [Int64] {
        try walk(from: record) { record throws(SQLiteError) in
            var joined = try isMerged(record) ? try standing(on: record, knownAt: instant) : []
            for other in try pointing(to: record) {
                if try standing(on: other, knownAt: instant).contains(record) { joined.append(other) }
            }
            return joined
        }
    }

    /// Every record that was ever merged with it, directly or by way of others, whether that still holds or not.
    func everMerged(with record: Int64) throws(SQLiteError) -> [Int64] {
        try walk(from: record) { record throws(SQLiteError) in
            var joined = try pointing(to: record)
            for fact in try merges(on: record) {
                if case .samePerson(let other) = fact.content { joined.append(other.number) }
            }
            return joined
        }
    }

    /// All merges of a community, as known then.
    func all(in community: Int64, knownAt instant: Instant? = nil) throws(SQLiteError) -> SamePerson {
        var records: Set<Int64> = []
        let statement = try connection.statement(
            "SELECT record FROM fact INDEXED BY merge_of_record WHERE kind = 17 AND community = ?")
        try statement.bind(1, community)
        try statement.forEach { row throws(SQLiteError) in records.insert(row.int64(0)) }
        var facts: [Fact] = []
        for record in records { facts += try merges(on: record) + corrections(on: record) }
        return SamePerson(facts, knownAt: instant)
    }

    private func walk(
        from record: Int64, _ joined: (Int64) throws(SQLiteError) -> [Int64]
    ) throws(SQLiteError) -> [Int64] {
        var waiting = try joined(record)
        guard !waiting.isEmpty else { return [record] }
        var found: Set<Int64> = [record]
        while let next = waiting.popLast() {
            if found.insert(next).inserted { waiting += try joined(next) }
        }
        return found.sorted()
    }

    private func isMerged(_ record: Int64) throws(SQLiteError) -> Bool {
        let statement = try connection.statement(
            "SELECT 1 FROM fact INDEXED BY merge_of_record WHERE record = ? AND kind = 17 LIMIT 1")
        try statement.bind(1, record)
        return try statement.first { row throws(SQLiteError) in row.int(0) } != nil
    }

    /// The records of which somebody said that they are the same person as this one.
    private func pointing(to record: Int64) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            "SELECT record FROM fact INDEXED BY merge_with_record WHERE subject = ? AND kind = 17")
        try statement.bind(1, record)
        var found: [Int64] = []
        try statement.forEach { row throws(SQLiteError) in found.append(row.int64(0)) }
        return found
    }

    /// The records that a record is merged with by merges of its own that stand.
    private func standing(on record: Int64, knownAt instant: Instant?) throws(SQLiteError) -> [Int64] {
        let facts = try merges(on: record) + corrections(on: record)
        return ByNameList.standing(facts, knownAt: instant).compactMap { fact in
            if case .samePerson(let other) = fact.content { other.number } else { nil }
        }
    }

    private func merges(on record: Int64) throws(SQLiteError) -> [Fact] {
        try facts(
            try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM fact INDEXED BY merge_of_record WHERE record = ? AND kind = 17
                """), of: record)
    }

    /// A correction lies on the record of what it corrects.
    private func corrections(on record: Int64) throws(SQLiteError) -> [Fact] {
        try facts(
            try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM fact INDEXED BY correction_of_record WHERE record = ? AND target IS NOT NULL AND kind <> 17
                """), of: record)
    }

    private func facts(_ statement: Statement, of record: Int64) throws(SQLiteError) -> [Fact] {
        let journal = Journal(connection: connection)
        var facts: [Fact] = []
        try statement.bind(1, record)
        try statement.forEach { row throws(SQLiteError) in
            if let fact = try journal.decode(row, about: PersonID(record)) { facts.append(fact) }
        }
        return facts
    }
}
