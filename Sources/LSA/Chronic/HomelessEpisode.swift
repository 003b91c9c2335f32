package import CivilTime

/// An unbroken run of nights on the street, in shelter or in safe haven (ch_Episodes, LSA 5.9).
package struct HomelessEpisode: Hashable, Sendable {
    /// The date of the first night.
    package let start: CivilDate
    /// The date of the last night.
    package let end: CivilDate

    /// The episode of these nights, first and last included.
    package init(start: CivilDate, end: CivilDate) {
        self.start = start
        self.end = end
    }

    /// The number of its nights.
    package var days: Int { end - start + 1 }
}
