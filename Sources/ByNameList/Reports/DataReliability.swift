package import CivilTime

/// The people at the end of one month and the events in it, as somebody reported them.
package struct MonthBalance: Hashable, Sendable {
    package let active: Int
    package let inflow: Int
    package let outflow: Int

    package init(active: Int, inflow: Int, outflow: Int) {
        self.active = active
        self.inflow = inflow
        self.outflow = outflow
    }
}

/// How far the people at the end of a month are from those whom the months before it lead to expect (domain.md 7).
///
/// A month that nobody reported is missing and not empty: nothing is made up for it.
package struct DataReliability: Hashable, Sendable {
    package let month: Month
    /// The people at the end of the month before, with what came in and went out since; `nil` if either is missing.
    package let expected: Int?
    /// Against the month before (DR1).
    package let oneMonth: ErrorShare
    /// Against three months before (DR3), which is what a community is measured by.
    package let threeMonths: ErrorShare

    package init(of month: Month, in months: [Month: MonthBalance]) {
        self.month = month
        let last = months[month]
        if let last, let before = months[month.previous] {
            expected = before.active + last.inflow - last.outflow
        } else {
            expected = nil
        }
        oneMonth = ErrorShare(of: month, over: 1, in: months)
        threeMonths = ErrorShare(of: month, over: 3, in: months)
    }

    /// Actual less expected.
    package var error: Int? { oneMonth.error }
}

/// What flows do not explain, as a share of the people who are actively homeless.
package enum ErrorShare: Hashable, Sendable {
    /// So many more than expected, or fewer, of so many who are there.
    case of(Int, error: Int)
    /// Nobody is there, and somebody was expected: of nobody there is no share.
    case ofNobody(error: Int)
    case monthsMissing([Month])

    package init(error: Int, of active: Int) {
        self = active == 0 && error != 0 ? .ofNobody(error: error) : .of(active, error: error)
    }

    /// Of all these months the flows are needed, and of the one before them the people at its end.
    fileprivate init(of month: Month, over count: Int, in months: [Month: MonthBalance]) {
        let needed = (0...count).map { month.adding(months: $0 - count) }
        let found = needed.compactMap { months[$0] }
        guard found.count == needed.count, let first = found.first, let last = found.last else {
            self = .monthsMissing(needed.filter { months[$0] == nil })
            return
        }
        let change = found.dropFirst().reduce(0) { $0 + $1.inflow - $1.outflow }
        self.init(error: last.active - first.active - change, of: last.active)
    }

    package var error: Int? {
        switch self {
        case .of(_, let error), .ofNobody(let error): error
        case .monthsMissing: nil
        }
    }

    /// Signed: negative if fewer are there than expected. `nil` if it cannot be computed; of nobody without an error 0.
    package var share: Double? {
        switch self {
        case .of(let active, let error): active == 0 ? 0 : Double(error) / Double(active)
        case .ofNobody, .monthsMissing: nil
        }
    }

    /// The months that were needed and not reported.
    package var missing: [Month] {
        switch self {
        case .monthsMissing(let months): months
        case .of, .ofNobody: []
        }
    }

    /// Whether the share is at most the threshold, to either side; `nil` if it cannot be computed.
    package func isWithin(_ threshold: Double) -> Bool? { share.map { $0.magnitude <= threshold } }
}
