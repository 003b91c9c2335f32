import ByNameList
import CivilTime

/// Whether the nights up to one suffice under 24 CFR 578.3, night by night (chronic-rules.md A1).
struct SlowOccasions {
    /// Whether each night counts, from the first day on; the last is the one that is judged.
    private var counts: [Bool]
    private let firstDay: CivilDate

    init(nights: [NightClass], firstDay: CivilDate, through last: Int) {
        self.firstDay = firstDay
        counts = nights[...last].map { $0 == .literal }
        countInstitutions(nights)
        fillShortBreaks()
    }

    /// Twelve months without a break, or four occasions in three years that make twelve months.
    func suffice(continuous: LengthUnit, cumulative: LengthUnit) -> Bool {
        var first = counts.count
        while first > 0, counts[first - 1] { first -= 1 }
        if hasTwelveMonths(from: first, in: continuous) { return true }
        let last = firstDay.adding(days: counts.count - 1)
        let start = max(0, last.minusYears(3).adding(days: 1) - firstDay)
        var occasions = 0
        for night in start..<counts.count where counts[night] && (night == start || !counts[night - 1]) {
            occasions += 1
        }
        return occasions >= 4 && hasTwelveMonths(from: start, in: cumulative)
    }

    private func hasTwelveMonths(from first: Int, in unit: LengthUnit) -> Bool {
        let nights = (first..<counts.count).filter { counts[$0] }
        switch unit {
        case .nights: return nights.count >= 365
        case .calendarMonths: return Set(nights.map { firstDay.adding(days: $0).month }).count >= 12
        }
    }

    /// A whole run of fewer than 90 institution nights after a night that counts by itself.
    private mutating func countInstitutions(_ nights: [NightClass]) {
        var night = 0
        while night < counts.count {
            var end = night
            while end < counts.count, nights[end] == .institution { end += 1 }
            if end > night, end < counts.count, end - night < 90, night > 0, nights[night - 1] == .literal {
                for counted in night..<end { counts[counted] = true }
            }
            night = max(end, night + 1)
        }
    }

    private mutating func fillShortBreaks() {
        var lastCounted: Int?
        for night in counts.indices where counts[night] {
            if let lastCounted, night - lastCounted <= 7 {
                for filled in (lastCounted + 1)..<max(night, lastCounted + 1) { counts[filled] = true }
            }
            lastCounted = night
        }
    }
}
