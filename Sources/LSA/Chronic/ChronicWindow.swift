package import CivilTime

/// The three years in which somebody's time without housing is counted (CHStart to LastActive, LSA 5.5).
package struct ChronicWindow: Hashable, Sendable {
    /// The first day.
    package let start: CivilDate
    /// The last day: that on which the person was last active in the report period.
    package let lastActive: CivilDate

    /// The three years that end on that day.
    package init(lastActive: CivilDate) {
        self.lastActive = lastActive
        start = lastActive.minusYears(3).adding(days: 1)
    }

    /// Whether the day lies in the last of the three years.
    func isInLastYear(_ day: CivilDate) -> Bool { day > lastActive.minusYears(1) }

    /// The enrolment matters (5.6).
    func touches(_ enrolment: EffectiveEnrolment) -> Bool {
        enrolment.entry <= lastActive && (enrolment.exit.map { $0 > start } ?? true)
    }
}
