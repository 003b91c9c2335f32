import ByNameList
import SQLite

/// Writes differences into the tables of counts.
struct TallyTables {
    /// Days of length that share a bucket, from coarse to exact.
    static let bucketWidths = [256, 16, 1]
    /// As the primary key has them.
    private static let ascendingWidths = bucketWidths.sorted()
    /// Rows that one statement writes where there are many.
    private static let rowsTogether = 16

    private typealias DayKey = TallyDifference.DayKey
    private typealias MonthKey = TallyDifference.MonthKey
    private typealias LengthKey = TallyDifference.LengthKey

    let connection: Connection

    func apply(_ difference: TallyDifference) throws(SQLiteError) {
        try applyDays(difference)
        try applyMonths(difference)
        try applyLengths(difference)
    }

    private func applyDays(_ difference: TallyDifference) throws(SQLiteError) {
        let days = difference.days.lazy.filter { $0.value != Count() }.sorted { DayKey.isBefore($0.key, $1.key) }
        try write(
            days.map { key, count in
                CountRow(place: key.place, rest: (Int(key.day), Int(key.measure), Int(key.reason)), count: count)
            }, "INSERT INTO tally (projection, population, unit, day, measure, reason, events, people) VALUES")
    }

    private func applyMonths(_ difference: TallyDifference) throws(SQLiteError) {
        let months = difference.months.lazy.filter { $0.value != Count() }.sorted { MonthKey.isBefore($0.key, $1.key) }
        try write(
            months.map { key, count in
                CountRow(place: key.place, rest: (Int(key.measure), Int(key.month), Int(key.reason)), count: count)
            }, "INSERT INTO month_tally (projection, population, unit, measure, month, reason, events, people) VALUES")
    }

    private func write(_ counts: [CountRow], _ sql: StaticString) throws(SQLiteError) {
        try write(
            counts, sql, row: "(?, ?, ?, ?, ?, ?, ?, ?)",
            then: "ON CONFLICT DO UPDATE SET events = events + excluded.events, people = people + excluded.people"
        ) { (row: CountRow, statement, first) throws(SQLiteError) in
            try bind(row.place, to: statement, first)
            try statement.bind(first + 3, row.rest.0)
            try statement.bind(first + 4, row.rest.1)
            try statement.bind(first + 5, row.rest.2)
            try statement.bind(first + 6, row.count.events)
            try statement.bind(first + 7, row.count.people)
        }
    }

    private func applyLengths(_ difference: TallyDifference) throws(SQLiteError) {
        let lengths = difference.lengths.lazy.filter { $0.value != 0 }.sorted { LengthKey.isBefore($0.key, $1.key) }
        var buckets: [LengthBucket] = []
        var rest = lengths[...]
        while let first = rest.first {
            let end = rest.firstIndex { !$0.key.isBeside(first.key) } ?? rest.endIndex
            for width in TallyTables.ascendingWidths { collect(rest[..<end], bucketWidth: width, into: &buckets) }
            rest = rest[end...]
        }
        try write(buckets)
    }

    /// Lengths of one place, month and start, in order: those of one bucket lie together and are written once.
    private func collect(
        _ lengths: ArraySlice<(key: LengthKey, value: Int)>, bucketWidth width: Int, into buckets: inout [LengthBucket]
    ) {
        var rest = lengths
        while let first = rest.first {
            let number = Int(first.key.days) / width
            var (moveIns, days) = (0, 0)
            while let next = rest.first, Int(next.key.days) / width == number {
                moveIns += next.value
                days += next.value * Int(next.key.days)
                rest.removeFirst()
            }
            guard moveIns != 0 || days != 0 else { continue }
            buckets.append(
                LengthBucket(like: first.key, width: width, number: number, moveIns: moveIns, days: days))
        }
    }

    private func write(_ buckets: [LengthBucket]) throws(SQLiteError) {
        try write(
            buckets,
            """
            INSERT INTO length_tally (projection, population, unit, month, start, width, bucket, move_ins, days)
            VALUES
            """, row: "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            then: "ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins, days = days + excluded.days"
        ) { (bucket: LengthBucket, statement, first) throws(SQLiteError) in
            try bind(bucket.like.place, to: statement, first)
            try statement.bind(first + 3, Int64(bucket.like.month))
            try statement.bind(first + 4, Int(bucket.like.start))
            try statement.bind(first + 5, bucket.width)
            try statement.bind(first + 6, bucket.number)
            try statement.bind(first + 7, bucket.moveIns)
            try statement.bind(first + 8, bucket.days)
        }
    }

    /// Writes rows, where there are many several to a statement: opening tables, beginning and ending cost once.
    ///
    /// - Parameters:
    ///   - row: the placeholders of one.
    ///   - bind: binds a row from the place on that it is told.
    private func write<Row>(
        _ rows: [Row], _ sql: StaticString, row: StaticString, then rest: StaticString,
        bind: (Row, Statement, Int) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let columns = row.description.count { $0 == "?" }
        var waiting = rows[...]
        while !waiting.isEmpty {
            let together = waiting.prefix(waiting.count >= TallyTables.rowsTogether ? TallyTables.rowsTogether : 1)
            let statement = try connection.statement(sql, row: row, times: together.count, then: rest)
            for (place, row) in together.enumerated() { try bind(row, statement, 1 + place * columns) }
            try statement.run()
            waiting = waiting.dropFirst(together.count)
        }
    }

    private func bind(_ place: TallyDifference.Place, to statement: Statement, _ first: Int) throws(SQLiteError) {
        try statement.bind(first, place.projection)
        try statement.bind(first + 1, Int(place.population))
        try statement.bind(first + 2, Int(place.unit))
    }
}

extension TallyDifference.LengthKey {
    /// Whether the buckets are those of the same place, month and start.
    fileprivate func isBeside(_ other: Self) -> Bool {
        place == other.place && month == other.month && start == other.start
    }
}

/// What lengths of one place, month and start add to a bucket.
private struct LengthBucket {
    /// Any of the lengths.
    let like: TallyDifference.LengthKey
    let width: Int
    let number: Int
    let moveIns: Int
    let days: Int
}

/// What is counted of a day or a month.
private struct CountRow {
    let place: TallyDifference.Place
    /// The rest of the key, in the order of its table.
    let rest: (Int, Int, Int)
    let count: Count
}
