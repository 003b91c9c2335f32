import ByNameList
import SQLite

/// Writes differences into the tables of counts.
struct TallyTables {
    /// Days of length that share a bucket.
    static let bucketDays: Int32 = 64

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
            INSERT INTO month_net (projection, population, unit, month, measure, net) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET net = net + excluded.net
            """)
        for (key, net) in difference.months.sorted(by: { MonthKey.isBefore($0.key, $1.key) }) where net != 0 {
            try bind(key.place, to: statement)
            try statement.bind(4, Int64(key.month))
            try statement.bind(5, Int(key.measure))
            try statement.bind(6, net)
            try statement.run()
        }
    }

    private func applyLengths(_ difference: TallyDifference) throws(SQLiteError) {
        let exact = try connection.statement(
            """
            INSERT INTO length_days (projection, population, unit, month, start, days, move_ins)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins
            """)
        let bucket = try connection.statement(
            """
            INSERT INTO length_bucket (projection, population, unit, month, start, bucket, move_ins, days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins, days = days + excluded.days
            """)
        for (key, count) in difference.lengths.sorted(by: { LengthKey.isBefore($0.key, $1.key) }) where count != 0 {
            for statement in [exact, bucket] {
                try bind(key.place, to: statement)
                try statement.bind(4, Int64(key.month))
                try statement.bind(5, Int(key.start))
            }
            try exact.bind(6, Int64(key.days))
            try exact.bind(7, count)
            try exact.run()
            try bucket.bind(6, Int64(key.days / TallyTables.bucketDays))
            try bucket.bind(7, count)
            try bucket.bind(8, count * Int(key.days))
            try bucket.run()
        }
    }

    private func bind(_ place: TallyDifference.Place, to statement: Statement) throws(SQLiteError) {
        try statement.bind(1, place.projection)
        try statement.bind(2, Int(place.population))
        try statement.bind(3, Int(place.unit))
    }
}
