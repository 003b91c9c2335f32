package import ByNameList
package import CivilTime
import SQLite

/// Reads the figures of one month from the counts; what it reads does not grow with the list.
package struct StoredMonth {
    private let connection: Connection
    private let projection: Int64
    private let month: Month
    private let population: Population
    private let unit: CountingUnit
    private let asOf: CivilDate
    /// Rows that the last report was made from.
    package private(set) var rowsRead = 0

    init(
        connection: Connection, projection: Int64, month: Month, population: Population, unit: CountingUnit,
        asOf: CivilDate
    ) {
        self.connection = connection
        self.projection = projection
        self.month = month
        self.population = population
        self.unit = unit
        self.asOf = asOf
    }

    mutating func report(community: Int64) throws(SQLiteError) -> MonthlyReport {
        var figures = try counted()
        try readLateFacts(of: community, into: &figures)
        let lengthsAfter = [try lengthsAfterDay(start: 0), try lengthsAfterDay(start: 1)]
        figures.fromEpisode = try lengths(start: 0, without: lengthsAfter[0])
        figures.fromIdentification = try lengths(start: 1, without: lengthsAfter[1])
        return MonthlyReport(month: month, population: population, unit: unit, asOf: asOf, figures: figures)
    }

    /// The month as it is counted, late facts apart, for others to be counted in and out.
    mutating func begun() throws(SQLiteError) -> FoldedMonth {
        FoldedMonth(
            month: month, population: population, unit: unit, asOf: asOf, figures: try counted(),
            fromEpisode: try lengthCounts(start: 0, without: try lengthsAfterDay(start: 0)),
            fromIdentification: try lengthCounts(start: 1, without: try lengthsAfterDay(start: 1)))
    }

    /// All but lengths and late facts.
    private mutating func counted() throws(SQLiteError) -> MonthFigures {
        var figures = MonthFigures()
        try readNet(into: &figures)
        try readFlows(into: &figures)
        figures.leftOut = try leftOut()
        return figures
    }

    private var isWhole: Bool { asOf >= month.lastDay }

    /// The people at the start, and for a whole month at its end too: from net changes, apart from the flows.
    private mutating func readNet(into figures: inout MonthFigures) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT month, events FROM month_tally
            WHERE projection = ? AND population = ? AND unit = ? AND measure = ? AND month <= ?
            """)
        for measure in [TallyDifference.stock] + TallyDifference.gapMeasures.map(\.measure) {
            try bind(statement)
            try statement.bind(4, Int(measure))
            try statement.bind(5, Int64(month.monthNumber))
            var before = 0
            var within = 0
            var rows = 0
            try statement.forEach { row throws(SQLiteError) in
                rows += 1
                if row.int64(0) == Int64(month.monthNumber) { within += row.int(1) } else { before += row.int(1) }
            }
            rowsRead += rows
            if measure == TallyDifference.stock { figures.activeAtStart = before }
            // Of a month that is not over, the days up to the day are added to what was before.
            StoredMonth.add(isWhole ? before + within : before, of: Int(measure), to: &figures)
        }
    }

    /// The flows of the whole month, or of its days up to the day: the days themselves, or the month less the days
    /// after it, whichever is less to read.
    private mutating func readFlows(into figures: inout MonthFigures) throws(SQLiteError) {
        let isLate = asOf - month.firstDay > 15
        if isWhole || isLate { try readMonth(into: &figures) }
        guard !isWhole else { return }
        let (first, last) = isLate ? (asOf.adding(days: 1), month.lastDay) : (month.firstDay, asOf)
        try readDays(from: first, to: last, sign: isLate ? -1 : 1, into: &figures)
        figures.counts = figures.counts.filter { $0.value != Count() }
    }

    private mutating func readMonth(into figures: inout MonthFigures) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT measure, reason, events, people FROM month_tally
            WHERE projection = ? AND population = ? AND unit = ? AND measure IN (1, 2, 3, 4, 5, 6, 7, 11, 12, 13)
                AND month = ?
            """)
        try bind(statement)
        try statement.bind(4, Int64(month.monthNumber))
        try addRows(of: statement, sign: 1, into: &figures)
    }

    private mutating func readDays(
        from first: CivilDate, to last: CivilDate, sign: Int, into figures: inout MonthFigures
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT measure, reason, events, people FROM tally
            WHERE projection = ? AND population = ? AND unit = ? AND day BETWEEN ? AND ?
            """)
        try bind(statement)
        try statement.bind(4, Int64(first.dayNumber))
        try statement.bind(5, Int64(last.dayNumber))
        try addRows(of: statement, sign: sign, into: &figures)
    }

    private mutating func addRows(
        of statement: Statement, sign: Int, into figures: inout MonthFigures
    ) throws(SQLiteError) {
        // Added up in flat arrays, by measure and reason: a dictionary would cost as much as the row.
        var events = [Int](repeating: 0, count: 256)
        var people = events
        var rows = 0
        try statement.forEach { row throws(SQLiteError) in
            rows += 1
            let slot = (row.int(0) & 15) << 4 | row.int(1) & 15
            events[slot] += row.int(2)
            people[slot] += row.int(3)
        }
        rowsRead += rows
        for slot in events.indices where events[slot] != 0 || people[slot] != 0 {
            add(Count(events: sign * events[slot], people: sign * people[slot]), slot: slot, to: &figures)
        }
    }

    private func add(_ count: Count, slot: Int, to figures: inout MonthFigures) {
        guard let measure = Measure(rawValue: UInt8(slot >> 4)) else {
            if !isWhole { StoredMonth.add(count.events, of: slot >> 4, to: &figures) }
            return
        }
        let key = MonthFigures.Key(measure, reason: UInt8(slot & 15))
        figures.counts[key] = (figures.counts[key] ?? Count()) + count
        if !isWhole { figures.activeAtEnd += measure.isInflow ? count.events : -count.events }
    }

    /// People left out for want of consent, at the end of the last reported day.
    private mutating func leftOut() throws(SQLiteError) -> Int {
        let months = try connection.statement(
            """
            SELECT sum(events), count(*) FROM month_tally
            WHERE projection = ? AND population = ? AND unit = ? AND measure = 0 AND month <= ?
            """)
        try bind(months)
        try months.bind(2, Int(PopulationSet.leftOutPlace))
        try months.bind(4, Int64(isWhole ? month.monthNumber : month.previous.monthNumber))
        var people = 0
        try months.forEach { row throws(SQLiteError) in
            people += row.int(0)
            rowsRead += row.int(1)
        }
        return isWhole ? people : people + (try leftOutThisMonth())
    }

    private mutating func leftOutThisMonth() throws(SQLiteError) -> Int {
        let days = try connection.statement(
            """
            SELECT measure, events FROM tally
            WHERE projection = ? AND population = ? AND unit = ? AND day BETWEEN ? AND ? AND measure < 8
            """)
        try bind(days)
        try days.bind(2, Int(PopulationSet.leftOutPlace))
        try days.bind(4, Int64(month.firstDay.dayNumber))
        try days.bind(5, Int64(asOf.dayNumber))
        var people = 0
        try days.forEach { row throws(SQLiteError) in
            rowsRead += 1
            let isInflow = Measure(rawValue: UInt8(truncatingIfNeeded: row.int(0)))?.isInflow ?? true
            people += isInflow ? row.int(1) : -row.int(1)
        }
        return people
    }

    private static func add(_ net: Int, of measure: Int, to figures: inout MonthFigures) {
        switch UInt8(truncatingIfNeeded: measure) {
        case TallyDifference.stock: figures.activeAtEnd += net
        case 11: figures.unnamed += net
        case 12: figures.unassessed += net
        case 13: figures.unconsented += net
        default: break
        }
    }

    private mutating func readLateFacts(of community: Int64, into figures: inout MonthFigures) throws(SQLiteError) {
        let statement = try connection.statement(
            "SELECT imported, facts FROM late_fact WHERE community = ? AND month = ?")
        try statement.bind(1, community)
        try statement.bind(2, Int64(month.monthNumber))
        var rows = 0
        try statement.forEach { row throws(SQLiteError) in
            rows += 1
            if row.int(0) == 1 { figures.lateImportedFacts = row.int(1) } else { figures.lateFacts = row.int(1) }
        }
        rowsRead += rows
    }

    private func bind(_ statement: Statement) throws(SQLiteError) {
        try statement.bind(1, projection)
        try statement.bind(2, Int(population.place))
        try statement.bind(3, Int(unit.rawValue))
    }

    // MARK: Lengths

    /// Mean from the coarse buckets, median by going into the finer ones that hold the middle.
    private mutating func lengths(start: Int, without later: [Int]) throws(SQLiteError) -> LengthSummary? {
        guard later.isEmpty else { return LengthSummary(try lengthsUpToDay(start: start, without: later)) }
        let widths = TallyTables.bucketWidths
        let coarse = try buckets(start: start, width: widths[0], within: 0...Int.max / widths[0] - 1)
        let count = coarse.reduce(0) { $0 + $1.moveIns }
        let days = coarse.reduce(0) { $0 + $1.days }
        guard count > 0 else { return nil }
        let lower = try length(at: (count - 1) / 2, in: coarse, level: 0, start: start)
        let upper = count % 2 == 1 ? lower : try length(at: count / 2, in: coarse, level: 0, start: start)
        return LengthSummary(
            count: count, mean: Double(days) / Double(count), median: Double(lower + upper) / 2)
    }

    private struct Bucket {
        let number: Int
        let moveIns: Int
        let days: Int
    }

    private mutating func buckets(
        start: Int, width: Int, within range: ClosedRange<Int>
    ) throws(SQLiteError) -> [Bucket] {
        let statement = try connection.statement(
            """
            SELECT bucket, move_ins, days FROM length_tally WHERE projection = ? AND population = ? AND unit = ?
                AND month = ? AND start = ? AND width = ? AND bucket BETWEEN ? AND ?
            """)
        try bind(statement)
        try statement.bind(4, Int64(month.monthNumber))
        try statement.bind(5, start)
        try statement.bind(6, width)
        try statement.bind(7, range.lowerBound)
        try statement.bind(8, range.upperBound)
        var found: [Bucket] = []
        try statement.forEach { row throws(SQLiteError) in
            found.append(Bucket(number: row.int(0), moveIns: row.int(1), days: row.int(2)))
        }
        rowsRead += found.count
        return found
    }

    /// The length that stands at that position among all of them, in order.
    private mutating func length(
        at position: Int, in buckets: [Bucket], level: Int, start: Int
    ) throws(SQLiteError) -> Int {
        let widths = TallyTables.bucketWidths
        var before = 0
        for bucket in buckets {
            guard position >= before + bucket.moveIns else {
                guard level + 1 < widths.count else { return bucket.number }
                let parts = widths[level] / widths[level + 1]
                let finer = try self.buckets(
                    start: start, width: widths[level + 1],
                    within: bucket.number * parts...bucket.number * parts + parts - 1)
                return try length(at: position - before, in: finer, level: level + 1, start: start)
            }
            before += bucket.moveIns
        }
        throw SQLiteError(.corrupt, message: "the buckets of lengths do not add up")
    }

    private mutating func lengthsUpToDay(start: Int, without later: [Int]) throws(SQLiteError) -> [Int] {
        try lengthCounts(start: start, without: later).flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    /// Move-ins by length: of a month that is not over by the day, those of the whole month less those after the day.
    private mutating func lengthCounts(start: Int, without later: [Int]) throws(SQLiteError) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for bucket in try buckets(start: start, width: 1, within: 0...Int.max - 1) {
            counts[bucket.number, default: 0] += bucket.moveIns
        }
        for length in later { counts[length, default: 0] -= 1 }
        return counts.filter { $0.value > 0 }
    }

    private mutating func lengthsAfterDay(start: Int) throws(SQLiteError) -> [Int] {
        guard !isWhole else { return [] }
        let statement = try connection.statement(
            """
            SELECT person FROM spell INDEXED BY spell_to
            WHERE projection = ?1 AND to_day >> 4 BETWEEN ?2 >> 4 AND ?3 >> 4 AND to_day > ?2 AND to_day <= ?3
                AND closed = 5
            """)
        try statement.bind(1, projection)
        try statement.bind(2, Int64(asOf.dayNumber))
        try statement.bind(3, Int64(month.lastDay.dayNumber))
        var people: Set<PersonID> = []
        try statement.forEach { row throws(SQLiteError) in people.insert(PersonID(row.int64(0))) }
        rowsRead += people.count
        var lengths: [Int] = []
        for person in people {
            let spells = try SpellTable(connection: connection).spells(of: person, in: projection)
            for flow in flows(of: spells) where asOf < flow.day && flow.day <= month.lastDay {
                guard let length = flow.length, flow.populations.contains(population, unit) else { continue }
                lengths.append(start == 0 ? length.fromEpisode : length.fromIdentification)
            }
        }
        return lengths
    }
}

extension Reader {
    /// The monthly report as now known, and how many rows it was made from.
    ///
    /// - Parameter asOf: the last day to report, the end of the month or earlier.
    package func month(
        _ month: Month, of community: Community, population: Population, unit: CountingUnit, asOf: CivilDate
    ) throws(StoreError) -> (report: MonthlyReport, rowsRead: Int) {
        try translatingErrors { () throws(SQLiteError) in
            var stored = StoredMonth(
                connection: connection, projection: community.projection, month: month, population: population,
                unit: unit, asOf: min(asOf, month.lastDay))
            let report = try stored.report(community: community.id)
            return (report, stored.rowsRead)
        }
    }
}
