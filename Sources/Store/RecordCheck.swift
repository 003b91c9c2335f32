import ByNameList
import CivilTime
import SQLite

/// What a check of the record has looked at and found wrong.
package struct CheckReport: Hashable, Sendable {
    package var people = 0
    package var spells = 0
    package var countsCompared = 0
    package var stocksRecounted = 0
    /// Sentences, without anything personal; empty if all is well.
    package var problems: [String] = []

    package init() {}

    mutating func note(_ problem: String) {
        if problems.count < 100 { problems.append(problem) }
    }
}

/// Checks that the file is whole, that every projection row follows from the journal, and that every count follows
/// from the rows; stock is recounted by looking at who is there, month by month.
struct RecordCheck {
    let reader: Reader
    let community: Community
    let projection: Projection
    private(set) var report = CheckReport()
    private var expected = TallyDifference()
    /// People present at the end of a month, counted one by one.
    private var present: [StockKey: Int] = [:]
    /// From the first change to the last that is known.
    private var months: ClosedRange<Month>?

    private struct StockKey: Hashable {
        let population: UInt8
        let unit: UInt8
        let month: Int32
    }

    init(reader: Reader, community: Community) throws(StoreError) {
        self.reader = reader
        self.community = community
        projection = try reader.projection(of: community)
    }

    mutating func run(progress: (Int) -> Void) throws {
        for problem in try reader.connection.integrityProblems() { report.note(problem) }
        try compareSpells(progress)
        expected.compact()
        try compareDays()
        try compareMonths()
        try compareLengths()
        try compareStocks()
    }

    private mutating func compareSpells(_ progress: (Int) -> Void) throws {
        var all: [Spell] = []
        try reader.forEachTimeline(of: community, policy: projection.policy) { person, timeline in
            let stored = try reader.spells(of: person, in: projection)
            report.people += 1
            report.spells += stored.count
            if stored != timeline.spells {
                report.note("the spells of record \(person.number) do not follow its facts")
            }
            expected.add(stored, to: projection.id, sign: 1)
            all += stored
            if report.people % 1_000 == 0 { progress(report.people) }
        }
        if try reader.spellCount(in: projection) != report.spells {
            report.note("there are spells of records that are nobody's own, or of another community")
        }
        guard let first = all.map(\.from.month).min() else { return }
        let last = all.map { ($0.to ?? $0.from).month }.max() ?? first
        months = first...last
        for spell in all { count(spell, through: last) }
    }

    /// Marks somebody present at the end of each month that the spell holds on.
    private mutating func count(_ spell: Spell, through last: Month) {
        var month = spell.from.month
        let end = min(spell.to?.month ?? last, last)
        while month <= end {
            if spell.holds(on: month.lastDay) { countPresent(spell.populations, in: month) }
            month = month.next
        }
    }

    private mutating func countPresent(_ populations: PopulationSet, in month: Month) {
        for population in projection.policy.populations {
            for unit in CountingUnit.allCases where populations.contains(population, unit) {
                let key = StockKey(
                    population: population.place, unit: unit.rawValue, month: month.monthNumber)
                present[key, default: 0] += 1
            }
        }
    }

    private mutating func compareDays() throws(SQLiteError) {
        var rest = expected.days
        var compared = 0
        let statement = try reader.connection.statement(
            "SELECT population, unit, day, measure, reason, events, people FROM tally WHERE projection = ?")
        try statement.bind(1, projection.id)
        var wrong = 0
        try statement.forEach { row throws(SQLiteError) in
            let key = TallyDifference.DayKey(
                place: place(row), day: Int32(truncatingIfNeeded: row.int64(2)),
                measure: UInt8(truncatingIfNeeded: row.int(3)), reason: UInt8(truncatingIfNeeded: row.int(4)))
            compared += 1
            let right = rest.removeValue(forKey: key) ?? Count()
            if right != Count(events: row.int(5), people: row.int(6)) { wrong += 1 }
        }
        finish("days", wrong: wrong + rest.count, compared: compared)
    }

    private mutating func compareMonths() throws(SQLiteError) {
        var rest = expected.months
        var compared = 0
        let statement = try reader.connection.statement(
            "SELECT population, unit, month, measure, reason, events, people FROM month_tally WHERE projection = ?")
        try statement.bind(1, projection.id)
        var wrong = 0
        try statement.forEach { row throws(SQLiteError) in
            let key = TallyDifference.MonthKey(
                place: place(row), month: Int32(truncatingIfNeeded: row.int64(2)),
                measure: UInt8(truncatingIfNeeded: row.int(3)), reason: UInt8(truncatingIfNeeded: row.int(4)))
            compared += 1
            let right = rest.removeValue(forKey: key) ?? Count()
            if right != Count(events: row.int(5), people: row.int(6)) { wrong += 1 }
        }
        finish("months", wrong: wrong + rest.count, compared: compared)
    }

    private mutating func compareLengths() throws(SQLiteError) {
        var rest = expected.lengths
        var compared = 0
        let statement = try reader.connection.statement(
            """
            SELECT population, unit, month, start, bucket, move_ins FROM length_tally
            WHERE projection = ? AND width = 1
            """
        )
        try statement.bind(1, projection.id)
        var wrong = 0
        try statement.forEach { row throws(SQLiteError) in
            let key = TallyDifference.LengthKey(
                place: place(row), month: Int32(truncatingIfNeeded: row.int64(2)),
                start: UInt8(truncatingIfNeeded: row.int(3)), days: Int32(truncatingIfNeeded: row.int64(4)))
            compared += 1
            if rest.removeValue(forKey: key) ?? 0 != row.int(5) { wrong += 1 }
        }
        finish("lengths", wrong: wrong + rest.count, compared: compared)
    }

    private mutating func compareStocks() throws(StoreError) {
        guard let months else { return }
        for population in projection.policy.populations {
            for unit in CountingUnit.allCases {
                var month = months.lowerBound
                while month <= months.upperBound {
                    let (found, _) = try reader.month(
                        month, of: community, population: population, unit: unit, asOf: month.lastDay)
                    let key = StockKey(population: population.place, unit: unit.rawValue, month: month.monthNumber)
                    report.stocksRecounted += 1
                    if found.figures.activeAtEnd != present[key] ?? 0 || found.error != 0 {
                        report.note("\(population.name) in \(unit.code) does not balance in \(month)")
                    }
                    month = month.next
                }
            }
        }
    }

    private func place(_ row: Statement) -> TallyDifference.Place {
        TallyDifference.Place(
            projection: projection.id, population: UInt8(truncatingIfNeeded: row.int(0)),
            unit: UInt8(truncatingIfNeeded: row.int(1)))
    }

    private mutating func finish(_ what: String, wrong: Int, compared: Int) {
        report.countsCompared += compared
        if wrong > 0 { report.note("\(wrong) counts by \(what) do not follow from the spells") }
    }
}

extension Reader {
    fileprivate func spellCount(in projection: Projection) throws(SQLiteError) -> Int {
        let statement = try connection.statement("SELECT count(*) FROM spell WHERE projection = ?")
        try statement.bind(1, projection.id)
        return try statement.first { row throws(SQLiteError) in row.int(0) } ?? 0
    }

    /// Checks one community; `progress` hears how many people were folded.
    package func check(_ community: Community, progress: (Int) -> Void = { _ in }) throws -> CheckReport {
        var check = try RecordCheck(reader: self, community: community)
        try check.run(progress: progress)
        return check.report
    }
}
