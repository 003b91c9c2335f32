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
    /// The day from which the person is chronically homeless if the present stay goes on; `nil` where it has come, too,
    /// and something other than time stands against it.
    package let projectedChronic: CivilDate?
    /// By code only, who it is stays untold.
    package let sight: Sight
}

/// A page of the by-name list, and where the next one goes on from.
package struct ListPage: Sendable {
    package let entries: [ListEntry]
    /// The last person looked at; `nil` where the list ends.
    package let next: ListPlace?
}

/// In which order the list is read.
package enum ListOrder: String, CaseIterable, Sendable {
    /// In order of record number.
    case record
    /// Who will become chronically homeless first if their present stay goes on: the prevention list.
    case projectedChronic = "projected_chronic"
}

/// A place on the list: pages go on after it.
package struct ListPlace: Sendable {
    /// Where the list is in order of projected days.
    package let projected: CivilDate?
    package let person: PersonID

    package init(_ person: PersonID, projected: CivilDate? = nil) {
        self.person = person
        self.projected = projected
    }
}

extension Reader {
    /// Who is on the active list at the end of a day.
    ///
    /// - Parameters:
    ///   - order: by projected day, only those are listed who have one, and the day has to be today.
    ///   - sight: what the reader of the list sees of a person; who is not seen, is as if not on it.
    ///   - limit: entries at the most, 100 or fewer.
    package func activeList(
        of community: Community, population: Population, on day: CivilDate, by order: ListOrder = .record,
        after: ListPlace? = nil, limit: Int = 100, sight: (PersonID) throws -> Sight = { _ in .everything }
    ) throws -> Withheld<ListPage> {
        let limit = min(limit, 100)
        var entries: [ListEntry] = []
        var last = after ?? ListPlace(PersonID(0))
        while true {
            try checkTime()
            let found = try translatingErrors { () throws(SQLiteError) in
                switch order {
                case .record: try spells(of: community, population, on: day, after: last.person, limit)
                case .projectedChronic: try projected(in: community, population, on: day, after: last, limit)
                }
            }
            for (person, spell) in found {
                let sight = try sight(person)
                guard sight > .nothing else { continue }
                if entries.count == limit { return ListPage.withheld(entries, next: entries.last?.place(order)) }
                entries.append(
                    try translatingErrors { () throws(SQLiteError) in
                        try entry(person, spell, sight, on: day, community)
                    })
            }
            guard let end = found.last, found.count == limit else { return ListPage.withheld(entries, next: nil) }
            last = ListPlace(end.0, projected: end.1.projectedChronic)
        }
    }

    private func spells(
        of community: Community, _ population: Population, on day: CivilDate, after: PersonID, _ limit: Int
    ) throws(SQLiteError) -> [(PersonID, Spell)] {
        let statement = try connection.statement(
            """
            SELECT person, from_day, to_day, populations, gaps, opened, closed, closed_reason, projected_chronic
            FROM spell
            WHERE projection = ?1 AND person > ?2 AND from_day <= ?3 AND (to_day IS NULL OR to_day > ?3)
                AND populations & ?4 <> 0
            ORDER BY person LIMIT ?5
            """)
        try statement.bind(1, community.projection)
        try statement.bind(2, after.number)
        return try spells(statement, population, on: day, limit)
    }

    /// Whoever is to become chronic has still to: days up to the one asked about are passed over unread.
    private func projected(
        in community: Community, _ population: Population, on day: CivilDate, after: ListPlace, _ limit: Int
    ) throws(SQLiteError) -> [(PersonID, Spell)] {
        let statement = try connection.statement(
            """
            SELECT person, from_day, to_day, populations, gaps, opened, closed, closed_reason, projected_chronic
            FROM spell INDEXED BY spell_projected
            WHERE projection = ?1 AND (projected_chronic, person) > (?6, ?2) AND projected_chronic IS NOT NULL
                AND from_day <= ?3 AND (to_day IS NULL OR to_day > ?3) AND populations & ?4 <> 0
            ORDER BY projected_chronic, person LIMIT ?5
            """)
        try statement.bind(1, community.projection)
        let isAhead = after.projected.map { day < $0 } ?? false
        try statement.bind(2, isAhead ? after.person.number : .max)
        try statement.bind(6, Int64(max(after.projected ?? day, day).dayNumber))
        return try spells(statement, population, on: day, limit)
    }

    private func spells(
        _ statement: Statement, _ population: Population, on day: CivilDate, _ limit: Int
    ) throws(SQLiteError) -> [(PersonID, Spell)] {
        try statement.bind(3, Int64(day.dayNumber))
        try statement.bind(4, Int64(1) << Int64(population.place))
        try statement.bind(5, limit)
        var found: [(PersonID, Spell)] = []
        try statement.forEach { row throws(SQLiteError) in
            if let spell = SpellTable.spell(row, firstColumn: 1) { found.append((PersonID(row.int64(0)), spell)) }
        }
        return found
    }

    private func entry(
        _ person: PersonID, _ spell: Spell, _ sight: Sight, on day: CivilDate, _ community: Community
    ) throws(SQLiteError) -> ListEntry {
        let spells = try SpellTable(connection: connection).spells(of: person, in: community.projection)
        return try entry(
            Listed(person: person, spell: spell, activeSince: spells.episodeBegan(before: spell)), sight, on: day)
    }

    /// - Parameters:
    ///   - last: the last fact that is known; `nil`: all are.
    ///   - instant: the same as an instant, by which merges are known.
    func entry(
        _ listed: Listed, _ sight: Sight, on day: CivilDate, through last: Int64? = nil, knownAt instant: Instant? = nil
    ) throws(SQLiteError) -> ListEntry {
        let who =
            sight == .everything
            ? try standingIdentity(of: try journal.records(of: listed.person, knownAt: instant), through: last) : nil
        return ListEntry(
            person: listed.person, identity: who?.identity ?? IdentityDetails(), birth: who?.birth,
            spell: listed.spell, activeSince: listed.activeSince,
            projectedChronic: listed.spell.projectedChronic.flatMap { day < $0 ? $0 : nil }, sight: sight)
    }
}

/// Somebody on the list, before it is said who they are.
struct Listed: Sendable {
    let person: PersonID
    let spell: Spell
    let activeSince: CivilDate
}

extension [Spell] {
    /// When the time on the list began that the spell is part of.
    func episodeBegan(before spell: Spell) -> CivilDate {
        last { $0.beginsEpisode && $0.from <= spell.from }?.from ?? spell.from
    }
}

extension ListPage {
    static func withheld(_ entries: [ListEntry], next: ListPlace?) -> Withheld<ListPage> {
        Withheld(ListPage(entries: entries, next: next), about: entries.map(\.person))
    }
}

extension ListEntry {
    func place(_ order: ListOrder) -> ListPlace {
        ListPlace(person, projected: order == .projectedChronic ? projectedChronic : nil)
    }
}
