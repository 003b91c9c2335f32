import CivilTime
import Testing

@Suite struct `A civil date` {
    @Test func `agrees with counting day by day from 1800 to 2199`() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        // From 1800-01-01 to 1970-01-01: 170 years with 41 leap days, 1800 and 1900 being common years.
        var dayNumber = -(170 * 365 + 41)
        var isWrong: [String] = []
        for year in 1_800...2_199 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            for month in 1...12 {
                for day in 1...(lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)) {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    let date = CivilDate(year: year, month: month, day: day)
                    let parts = CivilDate(dayNumber: Int32(dayNumber)).components
                    let isRight =
                        date?.dayNumber == Int32(dayNumber) && parts == (year, month, day)
                        && date?.description == text && CivilDate(text) == date
                        && date?.month == Month(year: year, month: month)
                    if !isRight { isWrong.append(text) }
                    dayNumber += 1
                }
            }
        }
        #expect(isWrong.isEmpty)
        #expect(dayNumber == 84_006)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00", "2024-01-32",
        "0000-01-01", "2024-1-01", "2024-01-1", "2024/01/01", "20240101", "2024-01-01 ", " 2024-01-01", "2024-01-01T",
        "+024-01-01", "-024-01-01", "２024-01-1", "", "today",
    ])
    func `is refused if the calendar has no such day`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `has its birthday on 1 March if born on 29 February and the year is common`() throws {
        let leapling = try #require(CivilDate("2004-02-29"))
        #expect(leapling.birthday(age: 18).description == "2022-03-01")
        #expect(leapling.birthday(age: 20).description == "2024-02-29")
        #expect(leapling.birthday(age: 96).description == "2100-03-01")
        #expect(try #require(CivilDate("2004-02-28")).birthday(age: 18).description == "2022-02-28")
        #expect(try #require(CivilDate("2004-12-31")).birthday(age: 25).description == "2029-12-31")
    }

    @Test func `goes back by years to the last day there is`() throws {
        let leapDay = try #require(CivilDate("2024-02-29"))
        #expect(leapDay.minusYears(1).description == "2023-02-28")
        #expect(leapDay.minusYears(4).description == "2020-02-29")
        #expect(leapDay.minusYears(124).description == "1900-02-28")
        #expect(leapDay.minusYears(0) == leapDay)
    }

    @Test func `moves by days across months and years`() throws {
        let eve = try #require(CivilDate("2023-12-31"))
        #expect(eve.adding(days: 1).description == "2024-01-01")
        #expect(eve.adding(days: 60).description == "2024-02-29")
        #expect(eve.adding(days: -365).description == "2022-12-31")
        #expect(eve.adding(days: 60) - eve == 60)
    }
}

@Suite struct `A month` {
    @Test func `knows its days and neighbours`() throws {
        let february = try #require(Month("2024-02"))
        #expect(february.firstDay.description == "2024-02-01")
        #expect(february.lastDay.description == "2024-02-29")
        #expect(february.next.description == "2024-03")
        #expect(february.previous.previous.description == "2023-12")
        #expect(february.adding(months: -12 * 60).description == "1964-02")
        #expect(Month(year: 1969, month: 12)?.monthNumber == -1)
        #expect(Month(monthNumber: -1).description == "1969-12")
        #expect(Month(monthNumber: -13).description == "1968-12")
    }

    @Test(arguments: ["2024-00", "2024-13", "2024-1", "2024", "2024-02-01", "0000-01", "２24-01"])
    func `is refused if there is none`(text: String) {
        #expect(Month(text) == nil)
    }

    @Test func `round-trips through its number for four hundred years`() {
        for number in Int32(-170 * 12)..<Int32(230 * 12) {
            let month = Month(monthNumber: number)
            #expect(Month(year: month.year, month: month.monthOfYear) == month)
            #expect(Month(month.description) == month)
            #expect(month.firstDay.month == month)
            #expect(month.lastDay.adding(days: 1) == month.next.firstDay)
        }
    }
}

@Suite struct `A span of dates` {
    @Test func `has at least a night and not its end`() throws {
        let start = try #require(CivilDate("2024-02-28"))
        let span = try #require(DateSpan(from: start, to: start.adding(days: 2)))
        #expect(span.nights == Nights(2))
        #expect(span.contains(start) && span.contains(start.adding(days: 1)))
        #expect(!span.contains(start.adding(days: 2)) && !span.contains(start.adding(days: -1)))
        #expect(DateSpan(from: start, to: start) == nil)
    }
}

@Suite struct `An instant` {
    @Test(arguments: [
        "1970-01-01T00:00:00Z", "2024-03-05T12:00:00Z", "2024-02-29T23:59:59.999999Z", "1969-12-31T23:59:59.500000Z",
        "1800-01-01T00:00:00.000001Z", "2199-12-31T23:59:59Z",
    ])
    func `round-trips through its text`(text: String) {
        #expect(Instant(text)?.description == text)
    }

    @Test func `reads fewer decimals and rounds its seconds down`() {
        #expect(Instant("1970-01-01T00:00:00.5Z")?.microseconds == 500_000)
        #expect(Instant("1969-12-31T23:59:59.999Z")?.microseconds == -1_000)
        #expect(Instant("1969-12-31T23:59:59.999Z")?.seconds == -1)
        #expect(Instant(microseconds: 1_999_999).seconds == 1)
    }

    @Test func `has no trap at either end of time`() {
        #expect(Instant(microseconds: .min).seconds == -9_223_372_036_855)
        #expect(Instant(microseconds: .max).seconds == 9_223_372_036_854)
        #expect(!Instant(microseconds: .min).description.isEmpty)
        #expect(!Instant(microseconds: .max).description.isEmpty)
    }

    @Test(arguments: [
        "2024-03-05", "2024-03-05T12:00:00", "2024-03-05T12:00:00+00:00", "2024-03-05t12:00:00Z",
        "2024-03-05T24:00:00Z",
        "2024-03-05T12:60:00Z", "2024-03-05T12:00:60Z", "2024-02-30T12:00:00Z", "2024-03-05T12:00:00.Z",
        "2024-03-05T12:00:00.1234567Z", "2024-03-05T12:00:00,5Z", "2024-03-05 12:00:00Z", "2024-03-05T1２:00:00Z", "",
    ])
    func `is refused in any other form`(text: String) {
        #expect(Instant(text) == nil)
    }
}
