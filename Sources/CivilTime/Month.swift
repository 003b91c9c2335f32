/// A month of the calendar, as months since January 1970.
package struct Month: Hashable, Comparable, Sendable {
    /// Months since January 1970; negative before it.
    package let monthNumber: Int32

    package init(monthNumber: Int32) {
        self.monthNumber = monthNumber
    }

    /// That month of that year, or `nil` if there is none.
    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.init(monthNumber: Int32((year - 1970) * 12 + month - 1))
    }

    /// The month written as `2024-02`, or `nil`; with room in the calendar for the months beside it.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 7, let first = CivilDate("\(text)-01"), (1800...9998).contains(first.month.year) else {
            return nil
        }
        self = first.month
    }

    package var year: Int { 1970 + (Int(monthNumber) - monthOfYear + 1) / 12 }

    /// 1 to 12.
    package var monthOfYear: Int {
        let rest = Int(monthNumber) % 12
        return (rest < 0 ? rest + 12 : rest) + 1
    }

    package var firstDay: CivilDate {
        guard let day = CivilDate(year: year, month: monthOfYear, day: 1) else {
            preconditionFailure("month \(monthNumber) lies outside the calendar")
        }
        return day
    }

    package var lastDay: CivilDate { next.firstDay.adding(days: -1) }

    package var next: Month { adding(months: 1) }

    package var previous: Month { adding(months: -1) }

    package func adding(months: Int) -> Month {
        Month(monthNumber: monthNumber + Int32(months))
    }

    package static func < (left: Month, right: Month) -> Bool {
        left.monthNumber < right.monthNumber
    }
}

extension Month: CustomStringConvertible {
    /// As `2024-02`.
    package var description: String { "\(padded(year, to: 4))-\(padded(monthOfYear, to: 2))" }
}
