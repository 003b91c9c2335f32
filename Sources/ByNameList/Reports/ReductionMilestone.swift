package import CivilTime

/// A tenth below the baseline for three months one after the other: the first milestone of Built for Zero Canada
/// (built-for-zero.md 3.2; the letter to St. Thomas-Elgin, 14 July 2022).
package struct ReductionMilestone: Hashable, Sendable {
    package let baseline: Int
    /// At most so many: of 75 it is 68, as the letter rounds.
    package let limit: Int

    private static let monthsToKeep = 3

    package init(baseline: Int) {
        self.baseline = baseline
        limit = baseline - baseline / 10
    }

    /// The first month of the first three that keep the limit; `nil` while there are none.
    ///
    /// - Parameter active: people who are actively homeless at the end of each month that was reported.
    package func reached(_ active: [Month: Int]) -> Month? {
        active.keys.sorted().first { month in
            (0..<ReductionMilestone.monthsToKeep).allSatisfy { place in
                active[month.adding(months: place)].map { $0 <= limit } ?? false
            }
        }
    }

    /// The share of the baseline by which a month lies below it.
    package func reduction(to active: Int) -> Double { Double(baseline - active) / Double(baseline) }
}
