package import ByNameList
package import CivilTime
import SQLite

/// Reads what decides who may read whom.
struct ReachTable {
    let connection: Connection

    /// `nil` if the community has no such person.
    func reach(of person: PersonID, in community: Int64, on today: CivilDate) throws(SQLiteError) -> Reach? {
        let records = try Journal(connection: connection).records(of: person)
        var agencies: [String: AgencyKind] = [:]
        for record in records {
            guard let (agency, kind) = try beginner(of: record, in: community) else { return nil }
            agencies[agency] = kind
        }
        return Reach(agencies: agencies, facts: standing(try words(on: records, about: person)), today: today)
    }

    /// The agency with whose intake or import a record began; `nil` if the community has no such record.
    private func beginner(of record: Int64, in community: Int64) throws(SQLiteError) -> (String, AgencyKind)? {
        let statement = try connection.statement(
            """
            SELECT actor.agency, agency.kind
            FROM record
                LEFT JOIN fact ON fact.seq = (SELECT min(seq) FROM fact WHERE fact.record = record.id)
                LEFT JOIN actor ON actor.id = fact.actor
                LEFT JOIN agency ON agency.community = actor.community AND agency.name = actor.agency
            WHERE record.id = ? AND record.community = ?
            """)
        try statement.bind(1, record)
        try statement.bind(2, community)
        return try statement.first { row throws(SQLiteError) in
            (row.optionalString(0) ?? "", AgencyKind(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .other)
        }
    }

    /// The consents and seals of a person, and whatever may void or replace one; in order.
    private func words(on records: [Int64], about person: PersonID) throws(SQLiteError) -> [Fact] {
        let journal = Journal(connection: connection)
        var facts: [Fact] = []
        for record in records {
            let statement = try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM fact INDEXED BY sharing_of_record WHERE record = ? AND kind IN (12, 15) AND target IS NULL
                """)
            facts += try journal.facts(statement, on: record, about: person)
            facts += try journal.corrections(on: record, about: person)
        }
        facts.sort { $0.id < $1.id }
        return facts
    }
}

extension Reader {
    /// What decides who may read the person on that day; `nil` if the community has no such person.
    package func reach(
        of person: PersonID, in community: Int64, on today: CivilDate
    ) throws(StoreError) -> Reach? {
        try translatingErrors { () throws(SQLiteError) in
            try ReachTable(connection: connection).reach(of: person, in: community, on: today)
        }
    }
}
