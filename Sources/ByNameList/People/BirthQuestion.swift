package import CivilTime

/// A birth date or an age that somebody asks for.
package enum BirthQuestion: Hashable, Sendable {
    case date(CivilDate)
    /// Completed years on a day.
    case ages(ClosedRange<Int>, on: CivilDate)

    /// How well a birth date answers.
    package enum Match: Hashable, Sendable {
        case exact
        /// Only the year is known, or the date was guessed: some day of that year would answer.
        case sameYear
    }

    /// How well a birth date answers; `nil` if it does not.
    package func match(_ birth: BirthDate) -> Match? {
        switch birth.quality {
        case .standIn: return nil
        case .full: return holds(from: birth.date, to: birth.date) ? .exact : nil
        case .yearOnly, .approximate:
            if case .date(let date) = self, date == birth.date, birth.quality == .approximate { return .exact }
            let year = birth.date.components.year
            guard let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31)
            else { return nil }
            return holds(from: first, to: last) ? .sameYear : nil
        }
    }

    /// No birth date outside of it answers.
    package var span: ClosedRange<CivilDate> {
        switch self {
        case .date(let date): return date.adding(days: -366)...date.adding(days: 366)
        case .ages(let ages, let day):
            let ages = BirthQuestion.sane(ages)
            // A year more on either side, for those of whom only the year is known.
            return day.minusYears(ages.upperBound + 2)...day.minusYears(ages.lowerBound).adding(days: 366)
        }
    }

    private func holds(from first: CivilDate, to last: CivilDate) -> Bool {
        switch self {
        case .date(let date): return first <= date && date <= last
        case .ages(let ages, let day):
            let ages = BirthQuestion.sane(ages)
            return first.birthday(age: ages.lowerBound) <= day && day < last.birthday(age: ages.upperBound + 1)
        }
    }

    /// Ages that the calendar can count with.
    private static func sane(_ ages: ClosedRange<Int>) -> ClosedRange<Int> { ages.clamped(to: 0...200) }
}

extension BirthDate {
    /// Whether two birth dates cannot be those of one person: both are known to the day, and differ.
    package func contradicts(_ other: BirthDate) -> Bool {
        quality == .full && other.quality == .full && date != other.date
    }
}
