import ByNameList
import CivilTime
import SQLite

/// The spells of everybody, as a projection keeps them.
struct SpellTable {
    let connection: Connection

    func spells(of person: PersonID, in projection: Int64) throws(SQLiteError) -> [Spell] {
        let statement = try connection.statement(
            """
            SELECT from_day, to_day, populations, gaps, opened, closed, closed_reason, projected_chronic
            FROM spell WHERE projection = ? AND person = ? ORDER BY ordinal
            """)
        try statement.bind(1, projection)
        try statement.bind(2, person.number)
        var spells: [Spell] = []
        try statement.forEach { row throws(SQLiteError) in
            if let spell = SpellTable.spell(row, firstColumn: 0) { spells.append(spell) }
        }
        return spells
    }

    /// A spell, and where it stands among those of a person.
    struct Row {
        let person: PersonID
        let ordinal: Int
        let spell: Spell
    }

    private static let columns = 11
    /// Rows that one statement writes where there are many.
    private static let rowsTogether = 16

    func replace(_ old: [Spell], by new: [Spell], of person: PersonID, in projection: Int64) throws(SQLiteError) {
        for (ordinal, spell) in new.enumerated() where ordinal >= old.count || old[ordinal] != spell {
            let row = CollectionOfOne(Row(person: person, ordinal: ordinal, spell: spell))
            try put(row, projection, areNew: ordinal >= old.count)
        }
        guard new.count < old.count else { return }
        let statement = try connection.statement(
            "DELETE FROM spell WHERE projection = ? AND person = ? AND ordinal >= ?")
        try statement.bind(1, projection)
        try statement.bind(2, person.number)
        try statement.bind(3, new.count)
        try statement.run()
    }

    /// Writes rows of many people who have none yet, several to a statement.
    func put(_ rows: [Row], in projection: Int64) throws(SQLiteError) {
        var rest = rows[...]
        while !rest.isEmpty {
            let count = rest.count >= SpellTable.rowsTogether ? SpellTable.rowsTogether : 1
            try put(rest.prefix(count), projection, areNew: true)
            rest = rest.dropFirst(count)
        }
    }

    /// What fails undoes the whole change: OR FAIL spares each statement a savepoint of its own, whose end costs the
    /// more the more the change has written before.
    private static let adding: StaticString = """
        INSERT OR FAIL INTO spell (projection, person, ordinal, from_day, to_day, populations, gaps, opened, closed,
            closed_reason, projected_chronic)
        VALUES
        """
    private static let replacing: StaticString = """
        INSERT OR REPLACE INTO spell (projection, person, ordinal, from_day, to_day, populations, gaps, opened, closed,
            closed_reason, projected_chronic)
        VALUES
        """

    private func put<Rows: Collection<Row>>(
        _ rows: Rows, _ projection: Int64, areNew: Bool
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            areNew ? SpellTable.adding : SpellTable.replacing, row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            times: rows.count)
        var place = 0
        for row in rows {
            try bind(row, projection, to: statement, after: place)
            place += SpellTable.columns
        }
        try statement.run()
    }

    private func bind(
        _ row: Row, _ projection: Int64, to statement: Statement, after place: Int
    ) throws(SQLiteError) {
        let spell = row.spell
        try statement.bind(place + 1, projection)
        try statement.bind(place + 2, row.person.number)
        try statement.bind(place + 3, row.ordinal)
        try statement.bind(place + 4, Int64(spell.from.dayNumber))
        // What is not bound is NULL: the statement forgets its values when it is reset.
        if let to = spell.to { try statement.bind(place + 5, Int64(to.dayNumber)) }
        try statement.bind(place + 6, Int64(bitPattern: spell.populations.bits))
        try statement.bind(place + 7, Int(spell.gaps.rawValue))
        try statement.bind(place + 8, Int(spell.opened.rawValue))
        if let closed = spell.closed { try statement.bind(place + 9, Int(closed.rawValue)) }
        try statement.bind(place + 10, Int(spell.closedReason))
        if let day = spell.projectedChronic { try statement.bind(place + 11, Int64(day.dayNumber)) }
    }

    /// A spell from the eight columns that begin there, in the order of the table.
    static func spell(_ row: Statement, firstColumn column: Int) -> Spell? {
        guard let opened = Measure(rawValue: UInt8(truncatingIfNeeded: row.int(column + 4))) else { return nil }
        let closed = row.isNull(column + 5) ? nil : Measure(rawValue: UInt8(truncatingIfNeeded: row.int(column + 5)))
        return Spell(
            from: CivilDate(dayNumber: Int32(truncatingIfNeeded: row.int64(column))),
            to: row.optionalDay(column + 1).map { CivilDate(dayNumber: $0) },
            populations: PopulationSet(bits: UInt64(bitPattern: row.int64(column + 2))),
            gaps: Gaps(rawValue: UInt8(truncatingIfNeeded: row.int(column + 3))), opened: opened, closed: closed,
            closedReason: UInt8(truncatingIfNeeded: row.int(column + 6)),
            projectedChronic: row.optionalDay(column + 7).map { CivilDate(dayNumber: $0) })
    }
}
