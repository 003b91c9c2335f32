/// A figure of the monthly report that people are behind (domain.md 7): every one opens to them.
package enum Figure: Hashable, Sendable {
    case activeAtStart
    case activeAtEnd
    case flow(Measure)
    /// Active at the end, and without something.
    case gap(Gap)
    /// Active at the end, but in no population for want of consent.
    case leftOut

    /// What is missing about somebody who is counted all the same.
    package enum Gap: UInt8, CaseIterable, Sendable {
        case unnamed = 1
        case unassessed = 2
        case unconsented = 4

        package var code: String {
            switch self {
            case .unnamed: "unnamed"
            case .unassessed: "unassessed"
            case .unconsented: "unconsented"
            }
        }

        var gaps: Gaps { Gaps(rawValue: rawValue) }
    }

    /// In the order of the report.
    package static let all: [Figure] =
        [.activeAtStart] + Measure.allCases.map { .flow($0) } + [.activeAtEnd] + Gap.allCases.map { .gap($0) }
        + [.leftOut]

    /// The name of the report's field.
    package var code: String {
        switch self {
        case .activeAtStart: "active_at_start"
        case .activeAtEnd: "active_at_end"
        case .flow(let measure): measure.code
        case .gap(let gap): gap.code
        case .leftOut: "left_out_without_consent"
        }
    }

    /// The words for a reason of the figure, by its raw value; `nil` where it has none.
    package func reason(_ value: UInt8) -> String? {
        switch self {
        case .flow(.housingMoveIns): Housing(rawValue: value)?.code
        case .flow(.movedToInactive): InactiveReason(rawValue: value)?.code
        case .flow(.newlyMeetsCriteria), .flow(.noLongerMeetsCriteria): CriteriaReason(rawValue: value)?.code
        case .activeAtStart, .activeAtEnd, .flow, .gap, .leftOut: nil
        }
    }

    /// The raw value of a reason of the figure.
    package func reason(called code: String) -> UInt8? { (0...UInt8(15)).first { reason($0) == code } }

    /// The number by which the record keeps it, for ever: a measure's own, and others beside them.
    package var number: UInt8 {
        switch self {
        case .flow(let measure): measure.rawValue
        case .gap(let gap): 10 + gap.rawValue
        case .leftOut: 20
        case .activeAtStart: 21
        case .activeAtEnd: 22
        }
    }

    /// The figure of a number.
    package init?(number: UInt8) {
        guard let found = Figure.all.first(where: { $0.number == number }) else { return nil }
        self = found
    }
}
