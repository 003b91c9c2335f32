import ByNameList
import SQLite

extension Reader {
    /// Who somebody is by what stands, as their page says it.
    func standingIdentity(of person: PersonID) throws(SQLiteError) -> StandingIdentity {
        try standingIdentity(of: try journal.records(of: person))
    }

    /// By what somebody may be found: what their page says and, of several records, what each says by itself.
    ///
    /// What another record called the person is no mistake, as what was corrected on one record is.
    func standingIdentities(of person: PersonID) throws(SQLiteError) -> [StandingIdentity] {
        let records = try journal.records(of: person)
        var found = [try standingIdentity(of: records)]
        guard records.count > 1 else { return found }
        for record in records {
            let alone = try standingIdentity(of: [record])
            found.append(StandingIdentity(identity: alone.identity, birth: alone.birth ?? found[0].birth))
        }
        return found
    }

    /// Reads no more of the journal than what can bear on it: facts about identity, and corrections of any.
    ///
    /// - Parameter last: the last fact that is known; `nil`: all are.
    func standingIdentity(of records: [Int64], through last: Int64? = nil) throws(SQLiteError) -> StandingIdentity {
        let person = PersonID(records[0])
        var facts: [Fact] = []
        for record in records {
            let said = try connection.statement(
                """
                SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
                FROM identity JOIN fact ON seq = identity.fact WHERE identity.record = ? AND target IS NULL
                """)
            facts += try journal.facts(said, on: record, about: person)
            facts += try journal.corrections(on: record, about: person)
        }
        if let last { facts.removeAll { last < $0.id.number } }
        let life = Life(person: person, facts: standing(facts))
        return StandingIdentity(identity: try identity(of: records, by: life.facts), birth: life.birth?.shown)
    }
}

/// Who somebody is by what stands.
struct StandingIdentity {
    let identity: IdentityDetails
    let birth: BirthDate?
}

/// All birth dates that were ever said of a person: a cheap look before the thorough one.
struct BirthTable {
    let connection: Connection

    func births(of person: PersonID) throws(SQLiteError) -> [BirthDate] {
        var births: [BirthDate] = []
        let statement = try connection.statement("SELECT birth, birth_quality FROM identity WHERE record = ?")
        for record in try Journal(connection: connection).records(of: person) {
            try statement.bind(1, record)
            try statement.forEach { row throws(SQLiteError) in
                if let birth = row.birth(firstColumn: 0) { births.append(birth) }
            }
        }
        return births
    }
}
