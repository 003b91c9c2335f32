/// The nights that begin on or after `start` and before `end`.
///
/// Half-open, so that two stays that meet on a day share no night and leave no gap (domain.md 2).
package struct DateSpan: Hashable, Sendable {
    package let start: CivilDate
    /// The morning after the last night.
    package let end: CivilDate

    /// A span with at least one night, or `nil`.
    package init?(from start: CivilDate, to end: CivilDate) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    package var nights: Nights { Nights(end - start) }

    package func contains(_ night: CivilDate) -> Bool { start <= night && night < end }
}

/// A number of nights; the night of a date lies between it and the next.
package struct Nights: Hashable, Comparable, Sendable {
    package let count: Int

    package init(_ count: Int) {
        self.count = count
    }

    package static func < (left: Nights, right: Nights) -> Bool { left.count < right.count }
}
