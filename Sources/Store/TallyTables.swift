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
        let statement = try connection.statement(
            """
            INSERT INTO tally (projection, population, unit, day, measure, reason, events, people)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET events = events + excluded.events, people = people + excluded.people
            """)
        for (key, count) in difference.days.sorted(by: { DayKey.isBefore($0.key, $1.key) }) where count != Count() {
            try bind(key.place, to: statement)
            try statement.bind(4, Int64(key.day))
            try statement.bind(5, Int(key.measure))
            try statement.bind(6, Int(key.reason))
            try statement.bind(7, count.events)
            try statement.bind(8, count.people)
            try statement.run()
        }
    }

    private func applyMonths(_ difference: TallyDifference) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            INSERT INTO month_tally (projection, population, unit, measure, month, reason, events, people)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET events = events + excluded.events, people = people + excluded.people
            """)
        for (key, count) in difference.months.sorted(by: { MonthKey.isBefore($0.key, $1.key) })
        where count != Count() {
            try bind(key.place, to: statement)
            try statement.bind(4, Int(key.measure))
            try statement.bind(5, Int64(key.month))
            try statement.bind(6, Int(key.reason))
            try statement.bind(7, count.events)
            try statement.bind(8, count.people)
            try statement.run()
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
        var rest = buckets[...]
        while !rest.isEmpty {
            let count = rest.count >= TallyTables.rowsTogether ? TallyTables.rowsTogether : 1
            let statement = try connection.statement(
                """
                INSERT INTO length_tally (projection, population, unit, month, start, width, bucket, move_ins, days)
                VALUES
                """, row: "(?, ?, ?, ?, ?, ?, ?, ?, ?)", times: count,
                then: "ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins, days = days + excluded.days")
            var place = 0
            for bucket in rest.prefix(count) {
                try bind(bucket, to: statement, after: place)
                place += 9
            }
            try statement.run()
            rest = rest.dropFirst(count)
        }
    }

    private func bind(
        _ bucket: LengthBucket, to statement: Statement, after place: Int
    ) throws(SQLiteError) {
        let key = bucket.like
        try statement.bind(place + 1, key.place.projection)
        try statement.bind(place + 2, Int(key.place.population))
        try statement.bind(place + 3, Int(key.place.unit))
        try statement.bind(place + 4, Int64(key.month))
        try statement.bind(place + 5, Int(key.start))
        try statement.bind(place + 6, bucket.width)
        try statement.bind(place + 7, bucket.number)
        try statement.bind(place + 8, bucket.moveIns)
        try statement.bind(place + 9, bucket.days)
    }

    private func bind(_ place: TallyDifference.Place, to statement: Statement) throws(SQLiteError) {
        try statement.bind(1, place.projection)
        try statement.bind(2, Int(place.population))
        try statement.bind(3, Int(place.unit))
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
