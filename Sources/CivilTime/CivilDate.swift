/// A day of the proleptic Gregorian calendar, as the community's own calendar on the wall shows it.
///
/// Held as days since 1970-01-01, so that nights are counted by subtraction; no zone, no clock.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    package let dayNumber: Int32

    package init(dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// The date of that year, month and day, or `nil` if the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDate.daysIn(month: month, of: year)
        else { return nil }
        self.init(uncheckedYear: year, month: month, day: day)
    }

    /// The date written as `2024-02-29`, or `nil` if the text is not ten characters of that form or no such day exists.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = CivilDate.number(bytes[0..<4]),
            let month = CivilDate.number(bytes[5..<7]),
            let day = CivilDate.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    // Days from civil, after Howard Hinnant's date algorithms: years run from March, so that a leap day is last.
    private init(uncheckedYear year: Int, month: Int, day: Int) {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(dayNumber: Int32(era * 146_097 + dayOfEra - 719_468))
    }

    /// Year, month (1 to 12) and day (1 to 31).
    ///
    /// Multiplications in place of most divisions, for the rules ask for months and years more than for anything else
    /// (Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022).
    package var components: (year: Int, month: Int, day: Int) {
        // Counted from a 1 March 6,000,000 years ago, so that no day is negative.
        let quarters = 4 * UInt64(Int64(dayNumber) + 719_468 + 146_097 * 15_000) + 3
        let century = quarters / 146_097
        let ofCentury = UInt32(truncatingIfNeeded: quarters % 146_097) | 3
        let product = 2_939_745 * UInt64(ofCentury)
        let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
        let packed = 2_141 * dayOfYear + 197_913
        let isNextYear = dayOfYear >= 306
        let year = Int(100 * century + product >> 32) - 6_000_000 + (isNextYear ? 1 : 0)
        let month = Int(packed >> 16) - (isNextYear ? 12 : 0)
        return (year, month, Int(packed & 0xFFFF) / 2_141 + 1)
    }

    /// The month that the day is in.
    package var month: Month {
        let parts = components
        return Month(monthNumber: Int32((parts.year - 1970) * 12 + parts.month - 1))
    }

    /// The day that many days later, or earlier if negative.
    package func adding(days: Int) -> CivilDate {
        CivilDate(dayNumber: dayNumber + Int32(days))
    }

    /// The same day of the month that many years earlier; 29 February falls back to the 28th.
    package func minusYears(_ years: Int) -> CivilDate {
        let parts = components
        let year = parts.year - years
        let day = min(parts.day, CivilDate.daysIn(month: parts.month, of: year))
        return CivilDate(uncheckedYear: year, month: parts.month, day: day)
    }

    /// The day on which somebody born today has turned that age; born on 29 February: 1 March in common years.
    package func birthday(age: Int) -> CivilDate {
        let parts = components
        let year = parts.year + age
        guard parts.day <= CivilDate.daysIn(month: parts.month, of: year) else {
            return CivilDate(uncheckedYear: year, month: 3, day: 1)
        }
        return CivilDate(uncheckedYear: year, month: parts.month, day: parts.day)
    }

    /// 28 to 31.
    package static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    package static func - (left: CivilDate, right: CivilDate) -> Int {
        Int(left.dayNumber - right.dayNumber)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}

extension CivilDate: CustomStringConvertible {
    /// As `2024-02-29`.
    package var description: String {
        let parts = components
        return "\(padded(parts.year, to: 4))-\(padded(parts.month, to: 2))-\(padded(parts.day, to: 2))"
    }
}

func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
