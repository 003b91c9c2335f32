package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// The reports as they were known then, month by month and within a month in the order of the rows: by the facts
    /// and the policy of that instant (decision 0016).
    ///
    /// - Parameter calendar: by which facts are late.
    package func reports(
        _ wanted: WantedReports, of community: Community, knownAt instant: Instant, calendar: Calendar
    ) throws -> [MonthlyReport] {
        let known = try translatingErrors { () throws(SQLiteError) in try records(of: community) }
        return try countedReports(
            wanted, of: community, knownAt: instant, calendar: calendar, changedAtMost: (known?.count ?? 0) / 4)
            ?? foldedReports(wanted, of: community, knownAt: instant, calendar: calendar)
    }

    /// Folds everybody anew.
    package func foldedReports(
        _ wanted: WantedReports, of community: Community, knownAt instant: Instant, calendar: Calendar
    ) throws -> [MonthlyReport] {
        let last = try translatingErrors { () throws(SQLiteError) in try journal.lastFact(by: instant) }
        let policy = try projection(of: community, knownAt: instant).policy
        var folded = FoldedMonths(wanted.months, rows: wanted.rows, asOf: wanted.asOf)
        if let records = try translatingErrors({ () throws(SQLiteError) in try records(of: community) }) {
            let parts = try walk(
                community, records, through: last, knownAt: instant, from: folded
            ) { folded, person, lives in
                folded.count(countedSpells(of: person, among: lives, policy: policy))
            }
            for part in parts { folded.merge(part) }
        }
        try addLateFacts(to: &folded, wanted, community, through: last, calendar)
        return folded.reports()
    }

    /// Takes those whose lives are others now out of the stored counts, and counts them in as they were then: what it
    /// costs grows with what has changed, and not with the list.
    ///
    /// - Parameter limit: people whose lives may have changed.
    /// - Returns: `nil` where the counts were made by another policy or other rules, or more have changed.
    package func countedReports(
        _ wanted: WantedReports, of community: Community, knownAt instant: Instant, calendar: Calendar,
        changedAtMost limit: Int
    ) throws -> [MonthlyReport]? {
        let (now, then) = (try projection(of: community), try projection(of: community, knownAt: instant))
        guard now.policyVersion == then.policyVersion, now.ruleVersion == ruleVersion else { return nil }
        let last = try translatingErrors { () throws(SQLiteError) in try journal.lastFact(by: instant) }
        guard let changed = try changed(since: last, in: community, atMost: limit) else { return nil }
        var counted = try translatingErrors { () throws(SQLiteError) in try stored(wanted, in: now) }
        let merges = try translatingErrors { () throws(SQLiteError) in
            try MergeTable(connection: connection).all(in: community.id, knownAt: instant)
        }
        var lives = LivesThen(connection: connection, through: last, merges: merges)
        for record in changed {
            try checkTime()
            try translatingErrors { () throws(SQLiteError) in
                // A record that is somebody else's now has no spells, and one that was somebody else's then no life.
                counted.count(try SpellTable(connection: connection).spells(of: record, in: now.id), sign: -1)
                guard merges.person(of: record) == record else { return }
                let sharers = try lives.household(of: record)
                counted.count(countedSpells(of: record, among: sharers, policy: now.policy))
            }
        }
        try addLateFacts(to: &counted, wanted, community, through: last, calendar)
        return counted.reports()
    }

    private func stored(_ wanted: WantedReports, in projection: Projection) throws(SQLiteError) -> FoldedMonths {
        try FoldedMonths(wanted.months, rows: wanted.rows, asOf: wanted.asOf) {
            month, population, unit, asOf throws(SQLiteError) in
            var stored = StoredMonth(
                connection: connection, projection: projection.id, month: month, population: population, unit: unit,
                asOf: asOf)
            return try stored.begun()
        }
    }

    private func addLateFacts(
        to folded: inout FoldedMonths, _ wanted: WantedReports, _ community: Community, through last: Int64,
        _ calendar: Calendar
    ) throws {
        let late = try translatingErrors { () throws(SQLiteError) in
            try lateFacts(of: wanted.months, in: community, through: last, calendar: calendar)
        }
        for (month, count) in late { folded.addLateFacts(count, to: month) }
    }

    /// All records on which facts lie, or on which facts lie of somebody they ever shared a household or a person with,
    /// that came after that place in the journal, in order; `nil` if they are more than so many.
    private func changed(
        since last: Int64, in community: Community, atMost limit: Int
    ) throws -> [PersonID]? {
        try translatingErrors { () throws(SQLiteError) in
            var found = try newlyWritten(since: last, in: community, atMost: limit)
            guard found.count <= limit else { return nil }
            try addMerged(to: &found)
            for record in found {
                found.formUnion(try journal.records(in: try journal.households(on: record)))
            }
            try addMerged(to: &found)
            return found.count <= limit ? found.sorted() : nil
        }
    }

    /// Whatever was ever one person with one of the records, then or now.
    private func addMerged(to found: inout Set<PersonID>) throws(SQLiteError) {
        let table = MergeTable(connection: connection)
        for record in found {
            found.formUnion(try table.everMerged(with: record.number).map { PersonID($0) })
        }
    }

    private func newlyWritten(
        since last: Int64, in community: Community, atMost limit: Int
    ) throws(SQLiteError) -> Set<PersonID> {
        let statement = try connection.statement("SELECT record FROM fact WHERE seq > ? AND community = ?")
        try statement.bind(1, last)
        try statement.bind(2, community.id)
        defer { statement.reset() }
        var found: Set<PersonID> = []
        while found.count <= limit, try statement.step() { found.insert(PersonID(statement.int64(0))) }
        return found
    }
}

extension Journal {
    /// The households that any fact on the record names, voided or not.
    func households(on record: PersonID) throws(SQLiteError) -> Set<HouseholdID> {
        var found: Set<HouseholdID> = []
        let statement = try connection.statement("SELECT subject FROM fact WHERE record = ? AND kind = 11")
        try statement.bind(1, record.number)
        try statement.forEach { row throws(SQLiteError) in found.insert(HouseholdID(row.int64(0))) }
        return found
    }
}
