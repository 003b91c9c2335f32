/// What the clocks of a community showed and will show: how far local time is ahead of UTC at any instant.
package struct TimeZoneTable: Hashable, Sendable {
    /// Seconds since 1970 at which the offset changes, ascending.
    private let transitions: [Int64]
    /// The offset from each transition on.
    private let offsets: [Int32]
    private let firstOffset: Int32
    /// What holds after the last transition; without it the last offset goes on.
    private let rule: ZoneRule?

    init(transitions: [Int64], offsets: [Int32], firstOffset: Int32, rule: ZoneRule?) {
        self.transitions = transitions
        self.offsets = offsets
        self.firstOffset = firstOffset
        self.rule = rule
    }

    /// Seconds by which local time is ahead of UTC; negative west of Greenwich.
    package func offset(at instant: Instant) -> Int {
        let second = instant.seconds
        guard let last = transitions.last, second < last else {
            if let rule { return rule.offset(at: second) }
            return Int(offsets.last ?? firstOffset)
        }
        let later = firstIndex(after: second)
        return Int(later == 0 ? firstOffset : offsets[later - 1])
    }

    /// The date on the calendar on the wall.
    package func civilDate(at instant: Instant) -> CivilDate {
        civilDate(at: instant, nightEndsAtHour: 0)
    }

    /// The date whose night it is: before that hour of the local clock it is still the night of the day before.
    ///
    /// domain.md 2: of an after-midnight contact of which only a timestamp is known.
    package func civilDate(at instant: Instant, nightEndsAtHour hour: Int) -> CivilDate {
        let local = instant.seconds + Int64(offset(at: instant))
        let (day, secondOfDay) = flooredDivision(local, by: 86_400)
        return CivilDate(dayNumber: Int32(secondOfDay < Int64(hour) * 3_600 ? day - 1 : day))
    }

    private func firstIndex(after second: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Quotient rounded down, and a remainder that is never negative.
func flooredDivision(_ number: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}
