import ByNameList
import SQLite

/// Writes differences into the tables of counts.
struct TallyTables {
    /// Days of length that share a bucket, from coarse to exact.
    static let bucketWidths = [256, 16, 1]
    /// As the primary key has them.
    private static let ascendingWidths = bucketWidths.sorted()

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
        var rest = lengths[...]
        while let first = rest.first {
            let end = rest.firstIndex { !$0.key.isBeside(first.key) } ?? rest.endIndex
            for width in TallyTables.ascendingWidths { try apply(rest[..<end], bucketWidth: width) }
            rest = rest[end...]
        }
    }

    /// Lengths of one place, month and start, in order: those of one bucket lie together and are written once.
    private func apply(
        _ lengths: ArraySlice<(key: LengthKey, value: Int)>, bucketWidth width: Int
    ) throws(SQLiteError) {
        var rest = lengths
        while let first = rest.first {
            let bucket = Int(first.key.days) / width
            var (moveIns, days) = (0, 0)
            while let next = rest.first, Int(next.key.days) / width == bucket {
                moveIns += next.value
                days += next.value * Int(next.key.days)
                rest.removeFirst()
            }
            guard moveIns != 0 || days != 0 else { continue }
            try add(moveIns, days: days, toBucket: bucket, of: width, like: first.key)
        }
    }

    private func add(
        _ moveIns: Int, days: Int, toBucket bucket: Int, of width: Int, like key: LengthKey
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            INSERT INTO length_tally (projection, population, unit, month, start, width, bucket, move_ins, days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins, days = days + excluded.days
            """)
        try bind(key.place, to: statement)
        try statement.bind(4, Int64(key.month))
        try statement.bind(5, Int(key.start))
        try statement.bind(6, width)
        try statement.bind(7, bucket)
        try statement.bind(8, moveIns)
        try statement.bind(9, days)
        try statement.run()
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
