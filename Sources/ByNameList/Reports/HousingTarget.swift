package import CivilTime

/// What came in and went out in a month, and how much of that moved in.
package struct MonthMovements: Hashable, Sendable {
    package let month: Month
    package let inflow: Int
    package let outflow: Int
    /// Of the outflow.
    package let moveIns: Int

    package init(month: Month, inflow: Int, outflow: Int, moveIns: Int) {
        self.month = month
        self.inflow = inflow
        self.outflow = outflow
        self.moveIns = moveIns
    }
}

/// How many have to move in each month so that the list comes down to a target in time: the calculator that Built for
/// Zero gives to coordinators (built-for-zero.md 1.8). What is rounded is rounded up, as there.
package struct HousingTarget: Hashable, Sendable {
    package let active: Int
    package let target: Int
    package let months: Int
    package let lastMonths: [MonthMovements]
    package let averageInflow: Int
    package let averageOutflow: Int
    package let averageMoveIns: Int
    /// By how many the list has to fall each month.
    package let netReduction: Int

    /// - Parameter lastMonths: the last three; not empty.
    package init(
        active: Int, target: Int, months: Int, lastMonths: [MonthMovements]
    ) throws(HousingTargetProblem) {
        guard months > 0 else { throw .noMonths }
        guard target < active else { throw .targetReached(active: active) }
        if let month = lastMonths.first(where: { $0.moveIns > $0.outflow }) {
            throw .moreMoveInsThanOutflow(month.month)
        }
        self.active = active
        self.target = target
        self.months = months
        self.lastMonths = lastMonths
        func average(_ count: (MonthMovements) -> Int) -> Int {
            roundedUp(lastMonths.reduce(0) { $0 + count($1) }, by: lastMonths.count)
        }
        averageInflow = average(\.inflow)
        averageOutflow = average(\.outflow)
        averageMoveIns = average(\.moveIns)
        netReduction = roundedUp(active - target, by: months)
    }

    /// What has to go out each month.
    package var targetOutflow: Int { averageInflow + netReduction }

    /// What goes out each month without moving in.
    package var otherOutflow: Int { averageOutflow - averageMoveIns }

    /// How many have to move in each month; at most zero if the other ways out suffice.
    package var targetMoveIns: Int { targetOutflow - otherOutflow }

    /// Whether as many move in already.
    package var isMet: Bool { targetMoveIns <= averageMoveIns }
}

/// Why there is no target for move-ins.
package enum HousingTargetProblem: Error, Hashable, Sendable {
    case noMonths
    case targetReached(active: Int)
    /// Move-ins are a part of the outflow.
    case moreMoveInsThanOutflow(Month)
}

/// Of numbers that are not negative.
private func roundedUp(_ number: Int, by divisor: Int) -> Int { (number + divisor - 1) / divisor }
