/// The parts of a monthly report that are shown or withheld as one (decision 0010).
package struct ReportParts: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// People at the start of the month.
    package static let start = ReportParts(rawValue: 1 << 0)
    /// People at its end.
    package static let end = ReportParts(rawValue: 1 << 1)
    /// Inflow and outflow, each in all.
    package static let totals = ReportParts(rawValue: 1 << 2)
    /// The ways in, in events and people.
    package static let waysIn = ReportParts(rawValue: 1 << 3)
    /// The ways out, with the lengths of time of those who moved in.
    package static let waysOut = ReportParts(rawValue: 1 << 4)
    /// Move-ins by housing.
    package static let housing = ReportParts(rawValue: 1 << 5)
    /// Moves to inactive by reason.
    package static let reasons = ReportParts(rawValue: 1 << 6)
    package static let unnamed = ReportParts(rawValue: 1 << 7)
    package static let unassessed = ReportParts(rawValue: 1 << 8)
    package static let unconsented = ReportParts(rawValue: 1 << 9)
    package static let leftOut = ReportParts(rawValue: 1 << 10)
    package static let lateFacts = ReportParts(rawValue: 1 << 11)
    package static let lateImportedFacts = ReportParts(rawValue: 1 << 12)
    /// The instant that the figures are known at: it moves with each entry about anybody.
    package static let knownAt = ReportParts(rawValue: 1 << 13)

    /// The difference of the people at the start and at the end tells it.
    package static let change: ReportParts = [.start, .end]
    package static let everything = ReportParts(rawValue: (1 << 14) - 1)
}
