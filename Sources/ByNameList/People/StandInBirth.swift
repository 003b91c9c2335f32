package import CivilTime

/// The birth date that takes the place of an erased one: nobody's, but of the same ages wherever the record tells them.
///
/// What the rules ask of a birth date is who was born, under 18, under 25 and of the ages of a saved filter on a day,
/// and who is older than whom in a household. An age that is reached within recorded time is in the figures, and keeps
/// its day; of everybody else nothing is left but the band, told by the youngest that fits it.
package struct StandInBirth {
    private let recorded: ClosedRange<CivilDate>
    private let ages: [Int]

    /// - Parameters:
    ///   - recorded: from the first day that anything known of the household speaks of to today.
    ///   - filters: the saved filters that the community has or had, which may ask for other ages.
    package init(recorded: ClosedRange<CivilDate>, filters: [SavedFilter] = []) {
        self.recorded = recorded
        ages = Set([0, 18, 25] + filters.flatMap(\.ages)).sorted()
    }

    /// The stand-in of a birth date.
    ///
    /// - Parameter others: the births of those who ever shared a household, each with whether its bearer comes before
    ///   the person where both were born on one day.
    package func date(for birth: CivilDate, among others: [(birth: CivilDate, comesFirst: Bool)]) -> CivilDate {
        let days = ages.map { birth.birthday(age: $0) }
        if days.contains(where: { recorded.lowerBound < $0 && $0 <= recorded.upperBound }) { return birth }
        var (earliest, latest) = (CivilDate?.none, CivilDate?.none)
        func notBefore(_ day: CivilDate) { earliest = max(earliest ?? day, day) }
        func notAfter(_ day: CivilDate) { latest = min(latest ?? day, day) }
        for (age, day) in zip(ages, days) {
            if day <= recorded.lowerBound {
                notAfter(last(turning: age, by: recorded.lowerBound))
            } else {
                notBefore(last(turning: age, by: recorded.upperBound).adding(days: 1))
            }
        }
        for other in others {
            // Who comes first among the two must come first still.
            if (other.birth, other.comesFirst ? 0 : 1) < (birth, other.comesFirst ? 1 : 0) {
                notBefore(other.comesFirst ? other.birth : other.birth.adding(days: 1))
            } else {
                notAfter(other.comesFirst ? other.birth.adding(days: -1) : other.birth)
            }
        }
        return latest ?? earliest ?? birth
    }

    /// The latest birth date of somebody who is of the age by that day.
    private func last(turning age: Int, by day: CivilDate) -> CivilDate {
        var birth = day.minusYears(age).adding(days: 2)
        while birth.birthday(age: age) > day { birth = birth.adding(days: -1) }
        return birth
    }
}
