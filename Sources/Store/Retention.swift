package import ByNameList
package import CivilTime
import SQLite

extension WriteTransaction {
    /// Erases who those are of whom nothing was recorded since then and who are not on the list, at most so many;
    /// the record to go on after, or `nil` at the end.
    package func eraseSilent(
        in community: Community, since: Instant, after: PersonID, from origin: Origin, look: Int = 1_000
    ) throws(StoreError) -> PersonID? {
        let today = try today(in: community.id)
        let found = try translatingErrors { () throws(SQLiteError) in
            try silentPeople(of: community, since: since, after: after, look: look)
        }
        var erased: Set<PersonID> = []
        for record in found.people {
            let person = try translatingErrors { () throws(SQLiteError) in try journal.person(of: record) }
            guard !erased.contains(person), try isSilent(person, in: community, since: since, today: today) else {
                continue
            }
            try erase(person, for: .retention, from: origin)
            erased.insert(person)
        }
        return found.last
    }

    /// Whether no record of the person was added to since then, and the person is not on the list.
    private func isSilent(
        _ person: PersonID, in community: Community, since: Instant, today: CivilDate
    ) throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let spells = try SpellTable(connection: connection).spells(of: person, in: community.projection)
            if spells.contains(where: { $0.holds(on: today) }) { return false }
            return try journal.facts(of: person).allSatisfy { $0.recorded < since }
        }
    }

    /// Of the next records those that tell who somebody is and have been silent.
    private func silentPeople(
        of community: Community, since: Instant, after: PersonID, look: Int
    ) throws(SQLiteError) -> (people: [PersonID], last: PersonID?) {
        // Instants grow with the journal: whose last fact lies before this one, was last heard of before.
        let lastFact = try journal.lastFact { $0 < since }
        guard lastFact > 0 else { return ([], nil) }
        let statement = try connection.statement(
            """
            SELECT id, (SELECT max(seq) FROM fact WHERE fact.record = record.id) <= ?3
                AND (EXISTS (SELECT 1 FROM identity WHERE identity.record = record.id AND (birth_quality < 4
                        OR coalesce(given_name, middle_name, family_name, name_suffix, description) IS NOT NULL))
                    OR EXISTS (SELECT 1 FROM external_id WHERE external_id.record = record.id)
                    OR EXISTS (SELECT 1 FROM fact JOIN note ON note.fact = seq WHERE fact.record = record.id))
            FROM record WHERE community = ?1 AND id > ?2 ORDER BY id LIMIT ?4
            """)
        try statement.bind(1, community.id)
        try statement.bind(2, after.number)
        try statement.bind(3, lastFact)
        try statement.bind(4, look)
        var people: [PersonID] = []
        var last: PersonID?
        var count = 0
        try statement.forEach { row throws(SQLiteError) in
            count += 1
            last = PersonID(row.int64(0))
            if row.int(1) == 1 { people.append(PersonID(row.int64(0))) }
        }
        return (people, count == look ? last : nil)
    }
}

extension Store {
    /// Erases, in every community whose policy says after how many years, who was not heard of for so long; the number
    /// of records.
    @discardableResult
    package func eraseSilentPeople() throws -> Int {
        var erased = 0
        for community in try read({ reader in try reader.communities() }) {
            let years = try read { reader in try reader.projection(of: community).policy.eraseAfterYears }
            guard let years else { continue }
            let now = clock()
            let day = CivilDate(dayNumber: Int32(now.seconds / 86_400)).minusYears(years)
            let since = Instant(microseconds: Int64(day.dayNumber) * 86_400 * 1_000_000)
            let before = try read { reader in try reader.erasures(of: community.id).count }
            try change { transaction in try transaction.discardSubmissions(of: community.id, before: since) }
            var next: PersonID? = PersonID(0)
            while let after = next {
                next = try change { transaction in
                    let origin = try transaction.origin(
                        community: community.id, agency: "operator", actor: "retention", source: "command line",
                        isImport: false)
                    return try transaction.eraseSilent(in: community, since: since, after: after, from: origin)
                }
            }
            erased += try read { reader in try reader.erasures(of: community.id).count } - before
        }
        return erased
    }
}
