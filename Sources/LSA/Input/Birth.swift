import CivilTime

/// A date of birth, as far as it can be believed (LSA 3.5).
struct Birth: Hashable {
    private let date: CivilDate

    // 1900-01-01, which systems fill in where nobody knows.
    private static let systemDefault = CivilDate(dayNumber: -25_567)

    /// `nil` if DOBDataQuality is neither full (1) nor approximate (2), or the date is missing or a system's default.
    init?(_ date: CivilDate?, quality: Int?) {
        guard quality == 1 || quality == 2, let date, date != Birth.systemDefault else { return nil }
        self.date = date
    }

    /// Whether somebody of less than 105 years can have been born then who entered on that day; a head not that day.
    func isPossible(entry: CivilDate, isHead: Bool) -> Bool {
        date <= entry && !(isHead && date == entry) && entry < birthday(105)
    }

    /// Whether the person is 18 or older on that day.
    func isAdult(on day: CivilDate) -> Bool { birthday(18) <= day }

    /// Born on 29 February, on the 28th in common years: as the specification's code adds years.
    private func birthday(_ age: Int) -> CivilDate { date.minusYears(-age) }
}
