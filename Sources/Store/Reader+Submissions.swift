package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// The submissions of some months, in order of month and then of time.
    package func submissions(
        of community: Community, in months: ClosedRange<Month>
    ) throws(StoreError) -> [Submission] {
        try translatingErrors { () throws(SQLiteError) in
            try SubmissionTable(connection: connection).submissions(of: community.id, in: months)
        }
    }

    /// The figures of a submission, in order of population and unit.
    package func rows(of submission: Submission) throws(StoreError) -> [SubmittedRow] {
        try translatingErrors { () throws(SQLiteError) in
            try SubmissionTable(connection: connection).rows(of: submission.id)
        }
    }

    /// Who counted in a submission.
    package func entries(of submission: Submission) throws(StoreError) -> [PersonID: [MonthEntry]] {
        try translatingErrors { () throws(SQLiteError) in
            var found: [PersonID: [MonthEntry]] = [:]
            try SubmissionTable(connection: connection).forEachEntry(of: submission.id) {
                person, entry throws(SQLiteError) in found[person, default: []].append(entry)
            }
            return found
        }
    }

    /// Who counts in a month as it is known now, in order of record number.
    package func entries(
        of month: Month, in community: Community
    ) throws(StoreError) -> [(person: PersonID, entries: [MonthEntry])] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT person, from_day, to_day, populations, gaps, opened, closed, closed_reason, projected_chronic
                FROM spell WHERE projection = ?1 AND from_day <= ?3 AND (to_day IS NULL OR to_day >= ?2)
                ORDER BY person, ordinal
                """)
            try statement.bind(1, community.projection)
            // Who went on the first day was active at the end of the day before.
            try statement.bind(2, Int64(month.firstDay.dayNumber))
            try statement.bind(3, Int64(month.lastDay.dayNumber))
            var found: [(person: PersonID, entries: [MonthEntry])] = []
            var spells: [Spell] = []
            var person: PersonID?
            func finish() {
                let entries = monthEntries(of: spells, in: month, asOf: month.lastDay)
                if let person, !entries.isEmpty { found.append((person, entries)) }
                spells = []
            }
            try statement.forEach { row throws(SQLiteError) in
                let next = PersonID(row.int64(0))
                if next != person { finish() }
                person = next
                if let spell = SpellTable.spell(row, firstColumn: 1) { spells.append(spell) }
            }
            finish()
            return found
        }
    }

    /// The instant up to which everything that this state of the record holds was recorded.
    package func latestRecorded(in community: Community) throws(StoreError) -> Instant {
        max(try lastRecorded(), community.changed)
    }
}

extension CommunityLedger {
    /// Keeps a month as it was counted.
    package func submit(_ draft: SubmissionDraft) throws -> Int64 {
        try translatingErrors { () throws(SQLiteError) in
            try SubmissionTable(connection: transaction.connection).add(
                draft, from: origin, recorded: transaction.recorded)
        }
    }
}
