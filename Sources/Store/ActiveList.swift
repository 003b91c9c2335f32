package import ByNameList
package import CivilTime
import SQLite

/// One line of the by-name list.
package struct ListEntry: Sendable {
    package let person: PersonID
    package let identity: IdentityDetails
    package let birth: BirthDate?
    package let spell: Spell
    /// When the present episode on the list began.
    package let activeSince: CivilDate
}

/// A page of the by-name list, and where the next one goes on from.
package struct ListPage: Sendable {
    package let entries: [ListEntry]
    /// The last person looked at; `nil` where the list ends.
    package let next: PersonID?
}

extension Reader {
    /// Who is on the active list at the end of a day, in order of record number.
    ///
    /// - Parameters:
    ///   - mayShow: whom the reader of the list may see; the others are as if they were not on it.
    ///   - limit: entries at the most, 100 or fewer.
    package func activeList(
        of community: Community, population: Population, on day: CivilDate, after: PersonID, limit: Int = 100,
        mayShow: (PersonID) throws -> Bool = { _ in true }
    ) throws -> Withheld<ListPage> {
        let limit = min(limit, 100)
        var entries: [ListEntry] = []
        var last = after
        while true {
            try checkTime()
            let found = try spells(of: community, population, on: day, after: last, limit: limit)
            for (person, spell) in found where try mayShow(person) {
                if entries.count == limit { return ListPage.withheld(entries, next: entries.last?.person) }
                entries.append(
                    try translatingErrors { () throws(SQLiteError) in try entry(person, spell, in: community) })
            }
            guard let end = found.last, found.count == limit else { return ListPage.withheld(entries, next: nil) }
            last = end.0
        }
    }

    private func spells(
        of community: Community, _ population: Population, on day: CivilDate, after: PersonID, limit: Int
    ) throws(StoreError) -> [(PersonID, Spell)] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT person, from_day, to_day, populations, gaps, opened, closed, closed_reason FROM spell
                WHERE projection = ?1 AND person > ?2 AND from_day <= ?3 AND (to_day IS NULL OR to_day > ?3)
                    AND populations & ?4 <> 0
                ORDER BY person LIMIT ?5
                """)
            try statement.bind(1, community.projection)
            try statement.bind(2, after.number)
            try statement.bind(3, Int64(day.dayNumber))
            try statement.bind(4, Int64(1) << Int64(population.rawValue))
            try statement.bind(5, limit)
            var found: [(PersonID, Spell)] = []
            try statement.forEach { row throws(SQLiteError) in
                if let spell = SpellTable.spell(row, firstColumn: 1) { found.append((PersonID(row.int64(0)), spell)) }
            }
            return found
        }
    }

    private func entry(_ person: PersonID, _ spell: Spell, in community: Community) throws(SQLiteError) -> ListEntry {
        let spells = try SpellTable(connection: connection).spells(of: person, in: community.projection)
        let began = spells.last { $0.beginsEpisode && $0.from <= spell.from }?.from ?? spell.from
        let who = try standingIdentity(of: person)
        return ListEntry(person: person, identity: who.identity, birth: who.birth, spell: spell, activeSince: began)
    }
}

extension ListPage {
    fileprivate static func withheld(_ entries: [ListEntry], next: PersonID?) -> Withheld<ListPage> {
        Withheld(ListPage(entries: entries, next: next), about: entries.map(\.person))
    }
}
