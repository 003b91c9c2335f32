import ByNameList
import SQLite

extension Reader {
    /// Who somebody is by what stands, as their page says it.
    ///
    /// Reads no more of the journal than what can bear on it: facts about identity, and corrections of any.
    ///
    /// - Parameter last: the last fact that is known; `nil`: all are.
    func standingIdentity(
        of person: PersonID, through last: Int64? = nil
    ) throws(SQLiteError) -> (identity: IdentityDetails, birth: BirthDate?) {
        var facts: [Fact] = []
        for record in try journal.records(of: person) {
            let said = try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM identity JOIN fact ON seq = identity.fact WHERE identity.record = ? AND target IS NULL
                """)
            let corrections = try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM fact INDEXED BY correction_of_record WHERE record = ? AND target IS NOT NULL
                """)
            for statement in [said, corrections] {
                try statement.bind(1, record)
                try statement.forEach { row throws(SQLiteError) in
                    if let fact = try journal.decode(row, about: person) { facts.append(fact) }
                }
            }
        }
        if let last { facts.removeAll { last < $0.id.number } }
        let life = Life(person: person, facts: standing(facts))
        return (try identity(of: person, by: life.facts), life.birth?.shown)
    }
}

/// All birth dates that were ever said of a record: a cheap look before the thorough one.
struct BirthTable {
    let connection: Connection

    func births(of record: Int64) throws(SQLiteError) -> [BirthDate] {
        var births: [BirthDate] = []
        let statement = try connection.statement("SELECT birth, birth_quality FROM identity WHERE record = ?")
        try statement.bind(1, record)
        try statement.forEach { row throws(SQLiteError) in
            if let birth = row.birth(firstColumn: 0) { births.append(birth) }
        }
        return births
    }
}
