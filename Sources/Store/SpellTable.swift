import ByNameList
import CivilTime
import SQLite

/// The spells of everybody, as a projection keeps them.
struct SpellTable {
    let connection: Connection

    func spells(of person: PersonID, in projection: Int64) throws(SQLiteError) -> [Spell] {
        let statement = try connection.statement(
            """
            SELECT from_day, to_day, populations, gaps, opened, closed, closed_reason
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

    func replace(_ old: [Spell], by new: [Spell], of person: PersonID, in projection: Int64) throws(SQLiteError) {
        for (ordinal, spell) in new.enumerated() where ordinal >= old.count || old[ordinal] != spell {
            try put(spell, ordinal, person, projection)
        }
        guard new.count < old.count else { return }
        let statement = try connection.statement(
            "DELETE FROM spell WHERE projection = ? AND person = ? AND ordinal >= ?")
        try statement.bind(1, projection)
        try statement.bind(2, person.number)
        try statement.bind(3, new.count)
        try statement.run()
    }

    private func put(
        _ spell: Spell, _ ordinal: Int, _ person: PersonID, _ projection: Int64
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            INSERT OR REPLACE INTO spell (projection, person, ordinal, from_day, to_day, populations, gaps, opened,
                closed, closed_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try statement.bind(1, projection)
        try statement.bind(2, person.number)
        try statement.bind(3, ordinal)
        try statement.bind(4, Int64(spell.from.dayNumber))
        try statement.bind(5, spell.to.map { Int64($0.dayNumber) })
        try statement.bind(6, Int64(bitPattern: spell.populations.bits))
        try statement.bind(7, Int(spell.gaps.rawValue))
        try statement.bind(8, Int(spell.opened.rawValue))
        try statement.bind(9, spell.closed.map { Int($0.rawValue) })
        try statement.bind(10, Int(spell.closedReason))
        try statement.run()
    }

    /// A spell from the seven columns that begin there, in the order of the table.
    static func spell(_ row: Statement, firstColumn column: Int) -> Spell? {
        guard let opened = Measure(rawValue: UInt8(truncatingIfNeeded: row.int(column + 4))) else { return nil }
        let closed = row.isNull(column + 5) ? nil : Measure(rawValue: UInt8(truncatingIfNeeded: row.int(column + 5)))
        return Spell(
            from: CivilDate(dayNumber: Int32(truncatingIfNeeded: row.int64(column))),
            to: row.optionalDay(column + 1).map { CivilDate(dayNumber: $0) },
            populations: PopulationSet(bits: UInt64(bitPattern: row.int64(column + 2))),
            gaps: Gaps(rawValue: UInt8(truncatingIfNeeded: row.int(column + 3))), opened: opened, closed: closed,
            closedReason: UInt8(truncatingIfNeeded: row.int(column + 6)))
    }
}
