import ByNameList
import CivilTime
import SQLite

/// The submitted months.
struct SubmissionTable {
    let connection: Connection

    // MARK: Reading

    func submissions(of community: Int64, in months: ClosedRange<Month>) throws(SQLiteError) -> [Submission] {
        let statement = try connection.statement(
            """
            SELECT submission.id, month, actor.agency, actor.name, submission.recorded, known_at, policy.version,
                rule_version
            FROM submission JOIN actor ON actor.id = submission.actor JOIN policy ON policy.id = submission.policy
            WHERE submission.community = ? AND month BETWEEN ? AND ? ORDER BY month, submission.id
            """)
        try statement.bind(1, community)
        try statement.bind(2, Int64(months.lowerBound.monthNumber))
        try statement.bind(3, Int64(months.upperBound.monthNumber))
        var found: [Submission] = []
        try statement.forEach { row throws(SQLiteError) in
            found.append(
                Submission(
                    id: row.int64(0), month: Month(monthNumber: Int32(truncatingIfNeeded: row.int64(1))),
                    agency: row.string(2), user: row.string(3), recorded: Instant(microseconds: row.int64(4)),
                    knownAt: Instant(microseconds: row.int64(5)), policyVersion: row.int(6), ruleVersion: row.int(7)))
        }
        return found
    }

    /// The rows in order of population and unit.
    func rows(of submission: Int64) throws(SQLiteError) -> [SubmittedRow] {
        let statement = try connection.statement(
            """
            SELECT population, unit, code, name, active_at_start, inflow, outflow, active_at_end, figures
            FROM submission_row WHERE submission = ? ORDER BY population, unit
            """)
        try statement.bind(1, submission)
        var found: [SubmittedRow] = []
        try statement.forEach { row throws(SQLiteError) in
            guard let unit = CountingUnit(rawValue: UInt8(truncatingIfNeeded: row.int(1))) else { return }
            found.append(
                SubmittedRow(
                    population: Population(
                        place: UInt8(truncatingIfNeeded: row.int(0)), code: row.string(2), name: row.string(3)),
                    unit: unit, activeAtStart: row.int(4), inflow: row.int(5), outflow: row.int(6),
                    activeAtEnd: row.int(7), figures: row.string(8)))
        }
        return found
    }

    /// Who counted, in order of record number.
    func forEachEntry(
        of submission: Int64, _ body: (PersonID, MonthEntry) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT record, figure, day, reason, populations FROM submission_entry WHERE submission = ?
            ORDER BY record, ordinal
            """)
        try statement.bind(1, submission)
        try statement.forEach { row throws(SQLiteError) in
            guard let figure = Figure(number: UInt8(truncatingIfNeeded: row.int(1))) else { return }
            try body(
                PersonID(row.int64(0)),
                MonthEntry(
                    figure: figure, day: CivilDate(dayNumber: Int32(truncatingIfNeeded: row.int64(2))),
                    reason: UInt8(truncatingIfNeeded: row.int(3)),
                    populations: PopulationSet(bits: UInt64(bitPattern: row.int64(4)))))
        }
    }

    // MARK: Writing

    func add(
        _ draft: SubmissionDraft, from origin: Origin, recorded: Instant
    ) throws(SQLiteError) -> Int64 {
        let statement = try connection.statement(
            """
            INSERT INTO submission (community, month, actor, recorded, known_at, policy, rule_version)
            SELECT ?1, ?2, ?3, ?4, ?5, policy.id, ?6 FROM policy WHERE community = ?1 AND version = ?7
            """)
        try statement.bind(1, origin.community)
        try statement.bind(2, Int64(draft.month.monthNumber))
        try statement.bind(3, origin.actor)
        try statement.bind(4, recorded.microseconds)
        try statement.bind(5, draft.knownAt.microseconds)
        try statement.bind(6, draft.projection.ruleVersion)
        try statement.bind(7, draft.projection.policyVersion)
        try statement.run()
        let submission = connection.lastInsertRowID
        for row in draft.rows { try add(row, to: submission) }
        var rest = draft.entries.flatMap { person, entries in
            entries.enumerated().map { EntryRow(person: person, ordinal: $0, entry: $1) }
        }[...]
        while !rest.isEmpty {
            let together = rest.prefix(rest.count >= 16 ? 16 : 1)
            try add(together, to: submission)
            rest = rest.dropFirst(together.count)
        }
        return submission
    }

    private func add(_ row: SubmittedRow, to submission: Int64) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            INSERT INTO submission_row (submission, population, unit, code, name, active_at_start, inflow, outflow,
                active_at_end, figures)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try statement.bind(1, submission)
        try statement.bind(2, Int(row.population.place))
        try statement.bind(3, Int(row.unit.rawValue))
        try statement.bind(4, row.population.code)
        try statement.bind(5, row.population.name)
        try statement.bind(6, row.activeAtStart)
        try statement.bind(7, row.inflow)
        try statement.bind(8, row.outflow)
        try statement.bind(9, row.activeAtEnd)
        try statement.bind(10, row.figures)
        try statement.run()
    }

    private struct EntryRow {
        let person: PersonID
        let ordinal: Int
        let entry: MonthEntry
    }

    private func add(_ rows: ArraySlice<EntryRow>, to submission: Int64) throws(SQLiteError) {
        let statement = try connection.statement(
            "INSERT INTO submission_entry (submission, record, ordinal, figure, day, reason, populations) VALUES",
            row: "(?1, ?, ?, ?, ?, ?, ?)", times: rows.count)
        try statement.bind(1, submission)
        for (place, row) in rows.enumerated() {
            let first = 2 + 6 * place
            try statement.bind(first, row.person.number)
            try statement.bind(first + 1, row.ordinal)
            try statement.bind(first + 2, Int(row.entry.figure.number))
            try statement.bind(first + 3, Int64(row.entry.day.dayNumber))
            try statement.bind(first + 4, Int(row.entry.reason))
            try statement.bind(first + 5, Int64(bitPattern: row.entry.populations.bits))
        }
        try statement.run()
    }
}
