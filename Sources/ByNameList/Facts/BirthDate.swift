package import CivilTime

/// When somebody was born, as well as it is known.
package struct BirthDate: Hashable, Sendable {
    package let date: CivilDate
    package let quality: BirthDateQuality

    package init(_ date: CivilDate, quality: BirthDateQuality = .full) {
        self.date = date
        self.quality = quality
    }

    /// The birth date, unless it is a stand-in, which is never shown and answers no question.
    package var shown: BirthDate? { quality == .standIn ? nil : self }

    /// Of a birth year only, 1 July is taken (domain.md 2); `nil` if the year is outside the calendar.
    package init?(year: Int) {
        guard let middle = CivilDate(year: year, month: 7, day: 1) else { return nil }
        self.init(middle, quality: .yearOnly)
    }
}

package enum BirthDateQuality: UInt8, CaseIterable, Sendable {
    case full = 1
    case yearOnly = 2
    case approximate = 3
    /// Nobody's: it keeps the ages of somebody whose birth date was erased, and is never shown.
    case standIn = 4
}
