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
        var figures = MonthFigures()
        let isWhole = asOf >= month.lastDay
        try readNet(into: &figures, isWhole: isWhole)
        try readDays(into: &figures, isWhole: isWhole)
        try readLateFacts(of: community, into: &figures)
        figures.fromEpisode = try lengths(start: 0)
        figures.fromIdentification = try lengths(start: 1)
        return MonthlyReport(month: month, population: population, unit: unit, asOf: asOf, figures: figures)
    }

    /// The people at the start, and for a whole month at its end too: from net changes, apart from the flows.
    private mutating func readNet(into figures: inout MonthFigures, isWhole: Bool) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT measure, month, net FROM month_net
            WHERE projection = ? AND population = ? AND unit = ? AND month <= ?
            """)
        try bind(statement)
        try statement.bind(4, Int64(month.monthNumber))
        var rows = 0
        try statement.forEach { row throws(SQLiteError) in
            rows += 1
            let isThisMonth = row.int64(1) == Int64(month.monthNumber)
            let net = row.int(2)
            if row.int(0) == 0, !isThisMonth { figures.activeAtStart += net }
            // What a running month has of its own is added day by day.
            if !isThisMonth || isWhole { StoredMonth.add(net, of: row.int(0), to: &figures) }
        }
        rowsRead += rows
    }

    private mutating func readDays(into figures: inout MonthFigures, isWhole: Bool) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            SELECT measure, reason, events, people FROM tally
            WHERE projection = ? AND population = ? AND unit = ? AND day BETWEEN ? AND ?
            """)
        try bind(statement)
        try statement.bind(4, Int64(month.firstDay.dayNumber))
        try statement.bind(5, Int64(asOf.dayNumber))
        var rows = 0
        try statement.forEach { row throws(SQLiteError) in
            rows += 1
            let events = row.int(2)
            guard let measure = Measure(rawValue: UInt8(truncatingIfNeeded: row.int(0))) else {
                if !isWhole { StoredMonth.add(events, of: row.int(0), to: &figures) }
                return
            }
            let key = MonthFigures.Key(measure, reason: UInt8(truncatingIfNeeded: row.int(1)))
            let count = Count(events: events, people: row.int(3))
            if events != 0 { figures.counts[key] = (figures.counts[key] ?? Count()) + count }
            if !isWhole { figures.activeAtEnd += measure.isInflow ? events : -events }
        }
        rowsRead += rows
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
        try statement.bind(2, Int(population.rawValue))
        try statement.bind(3, Int(unit.rawValue))
    }

    // MARK: Lengths

    /// Mean from the buckets, median from the one or two buckets that hold the middle.
    private mutating func lengths(start: Int) throws(SQLiteError) -> LengthSummary? {
        guard asOf >= month.lastDay else { return LengthSummary(try lengthsUpToDay(start: start)) }
        var buckets: [(bucket: Int64, moveIns: Int)] = []
        var count = 0
        var days = 0
        let statement = try connection.statement(
            """
            SELECT bucket, move_ins, days FROM length_bucket
            WHERE projection = ? AND population = ? AND unit = ? AND month = ? AND start = ?
            """)
        try bindLengths(statement, start)
        try statement.forEach { row throws(SQLiteError) in
            buckets.append((row.int64(0), row.int(1)))
            count += row.int(1)
            days += row.int(2)
        }
        rowsRead += buckets.count
        guard count > 0 else { return nil }
        let lower = try length(at: (count - 1) / 2, in: buckets, start: start)
        let upper = count % 2 == 1 ? lower : try length(at: count / 2, in: buckets, start: start)
        return LengthSummary(
            count: count, mean: Double(days) / Double(count), median: Double(lower + upper) / 2)
    }

    private mutating func length(
        at position: Int, in buckets: [(bucket: Int64, moveIns: Int)], start: Int
    ) throws(SQLiteError) -> Int {
        var before = 0
        for (bucket, moveIns) in buckets {
            guard position >= before + moveIns else {
                return try length(at: position - before, bucket: bucket, start: start)
            }
            before += moveIns
        }
        throw SQLiteError(.corrupt, message: "the buckets of lengths do not add up")
    }

    private mutating func length(at position: Int, bucket: Int64, start: Int) throws(SQLiteError) -> Int {
        let statement = try connection.statement(
            """
            SELECT days, move_ins FROM length_days WHERE projection = ? AND population = ? AND unit = ? AND month = ?
                AND start = ? AND days BETWEEN ? AND ?
            """)
        try bindLengths(statement, start)
        let width = Int64(TallyTables.bucketDays)
        try statement.bind(6, bucket * width)
        try statement.bind(7, bucket * width + width - 1)
        var before = 0
        var found: Int?
        var rows = 0
        try statement.forEach { row throws(SQLiteError) in
            rows += 1
            before += row.int(1)
            if found == nil, position < before { found = row.int(0) }
        }
        rowsRead += rows
        guard let found else { throw SQLiteError(.corrupt, message: "a bucket of lengths does not add up") }
        return found
    }

    private func bindLengths(_ statement: Statement, _ start: Int) throws(SQLiteError) {
        try bind(statement)
        try statement.bind(4, Int64(month.monthNumber))
        try statement.bind(5, start)
    }

    /// Of a month that is not over by the day: those of the whole month less the move-ins after the day.
    private mutating func lengthsUpToDay(start: Int) throws(SQLiteError) -> [Int] {
        var counts: [Int: Int] = [:]
        let statement = try connection.statement(
            """
            SELECT days, move_ins FROM length_days
            WHERE projection = ? AND population = ? AND unit = ? AND month = ? AND start = ?
            """)
        try bindLengths(statement, start)
        try statement.forEach { row throws(SQLiteError) in counts[row.int(0), default: 0] += row.int(1) }
        rowsRead += counts.count
        for length in try lengthsAfterDay(start: start) { counts[length, default: 0] -= 1 }
        return counts.flatMap { Array(repeating: $0.key, count: max(0, $0.value)) }
    }

    private mutating func lengthsAfterDay(start: Int) throws(SQLiteError) -> [Int] {
        let statement = try connection.statement(
            "SELECT DISTINCT person FROM spell WHERE projection = ? AND to_day > ? AND to_day <= ? AND closed = 5")
        try statement.bind(1, projection)
        try statement.bind(2, Int64(asOf.dayNumber))
        try statement.bind(3, Int64(month.lastDay.dayNumber))
        var people: [PersonID] = []
        try statement.forEach { row throws(SQLiteError) in people.append(PersonID(row.int64(0))) }
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
