import ByNameList
import SQLite

/// Writes differences into the tables of counts.
struct TallyTables {
    /// Days of length that share a bucket, from coarse to exact.
    static let bucketWidths = [256, 16, 1]

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
        let statement = try connection.statement(
            """
            INSERT INTO length_tally (projection, population, unit, month, start, width, bucket, move_ins, days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET move_ins = move_ins + excluded.move_ins, days = days + excluded.days
            """)
        for (key, count) in difference.lengths.sorted(by: { LengthKey.isBefore($0.key, $1.key) }) where count != 0 {
            for width in TallyTables.bucketWidths {
                try bind(key.place, to: statement)
                try statement.bind(4, Int64(key.month))
                try statement.bind(5, Int(key.start))
                try statement.bind(6, width)
                try statement.bind(7, Int(key.days) / width)
                try statement.bind(8, count)
                try statement.bind(9, count * Int(key.days))
                try statement.run()
            }
        }
    }

    private func bind(_ place: TallyDifference.Place, to statement: Statement) throws(SQLiteError) {
        try statement.bind(1, place.projection)
        try statement.bind(2, Int(place.population))
        try statement.bind(3, Int(place.unit))
    }
}
