/// How often something happened, and to how many different people.
package struct Count: Hashable, Sendable {
    package var events: Int
    package var people: Int

    package init(events: Int = 0, people: Int = 0) {
        self.events = events
        self.people = people
    }

    package static func + (left: Count, right: Count) -> Count {
        Count(events: left.events + right.events, people: left.people + right.people)
    }

    package static func += (left: inout Count, right: Count) { left = left + right }
}

/// The raw counts of one month, population and unit, from wherever they were read; `MonthlyReport` makes sense of them.
package struct MonthFigures: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package let measure: Measure
        package let reason: UInt8

        package init(_ measure: Measure, reason: UInt8) {
            self.measure = measure
            self.reason = reason
        }
    }

    /// People in the population at the end of the day before the month.
    package var activeAtStart = 0
    /// People in it at the end of the last day that is reported, counted by themselves.
    package var activeAtEnd = 0
    /// Events and people by measure and reason; a person counts in the reason of the first event of the measure.
    package var counts: [Key: Count] = [:]
    package var unnamed = 0
    package var unassessed = 0
    package var unconsented = 0
    /// Active people who are in no population for want of consent, where the policy asks for it.
    package var leftOut = 0
    /// Facts about the month that were recorded after it had ended, imports apart.
    package var lateFacts = 0
    package var lateImportedFacts = 0
    package var fromEpisode: LengthSummary?
    package var fromIdentification: LengthSummary?

    package init() {}

    /// Adds counts; a summary of lengths cannot be added to.
    static func += (left: inout MonthFigures, right: MonthFigures) {
        left.activeAtStart += right.activeAtStart
        left.activeAtEnd += right.activeAtEnd
        left.counts.merge(right.counts, uniquingKeysWith: +)
        left.unnamed += right.unnamed
        left.unassessed += right.unassessed
        left.unconsented += right.unconsented
        left.leftOut += right.leftOut
        left.lateFacts += right.lateFacts
        left.lateImportedFacts += right.lateImportedFacts
    }
}

/// Days from identification to move-in over the move-ins of a month.
package struct LengthSummary: Hashable, Sendable {
    package let count: Int
    package let mean: Double
    package let median: Double

    package init(count: Int, mean: Double, median: Double) {
        self.count = count
        self.mean = mean
        self.median = median
    }

    /// `nil` of no lengths at all, never zero.
    package init?(_ lengths: [Int]) {
        guard !lengths.isEmpty else { return nil }
        let sorted = lengths.sorted()
        count = sorted.count
        mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
        median = Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
