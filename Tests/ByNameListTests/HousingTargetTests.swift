import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `A housing target` {
    private static func months(_ movements: [(Int, Int, Int)]) -> [MonthMovements] {
        zip(0..., movements).map { place, counts in
            MonthMovements(
                month: ("2024-01" as Month).adding(months: place), inflow: counts.0, outflow: counts.1,
                moveIns: counts.2)
        }
    }

    /// A list, its last three months, and what was worked out of them by hand.
    struct Worked: Sendable {
        let active: Int
        let target: Int
        let months: Int
        let movements: [(Int, Int, Int)]
        /// Average inflow, outflow and move-ins, net reduction, target outflow, other outflow, target move-ins.
        let expected: [Int]
        let isMet: Bool
    }

    static let worked = [
        // 30/3, 24/3, 15/3; 60/12; 10 + 5; 8 - 5; 15 - 3.
        Worked(
            active: 100, target: 40, months: 12, movements: [(10, 8, 5), (10, 8, 5), (10, 8, 5)],
            expected: [10, 8, 5, 5, 15, 3, 12], isMet: false),
        // Every division is rounded up: 31/3, 25/3, 16/3 and 61/12.
        Worked(
            active: 101, target: 40, months: 12, movements: [(11, 9, 6), (10, 8, 5), (10, 8, 5)],
            expected: [11, 9, 6, 6, 17, 3, 14], isMet: false),
        // One less in ten months is one a month: the calculator rounds up.
        Worked(
            active: 10, target: 9, months: 10, movements: [(0, 0, 0), (0, 0, 0), (0, 0, 0)],
            expected: [0, 0, 0, 1, 1, 0, 1], isMet: false),
        // As many move in as have to: 6 + 2 less 8 - 8.
        Worked(
            active: 20, target: 10, months: 5, movements: [(6, 8, 8), (6, 8, 8), (6, 8, 8)],
            expected: [6, 8, 8, 2, 8, 0, 8], isMet: true),
        // The other ways out do it alone: 1 + 2 less 9.
        Worked(
            active: 20, target: 0, months: 10, movements: [(1, 9, 0), (1, 9, 0), (1, 9, 0)],
            expected: [1, 9, 0, 2, 3, 9, -6], isMet: true),
        // St. Thomas-Elgin's 75 down to its limit of 68 in eight months.
        Worked(
            active: 75, target: 68, months: 8, movements: [(5, 4, 3), (7, 6, 2), (6, 2, 2)],
            expected: [6, 4, 3, 1, 7, 1, 6], isMet: false),
    ]

    @Test(arguments: worked)
    func `is what the calculator comes to`(_ worked: Worked) throws {
        let found = try HousingTarget(
            active: worked.active, target: worked.target, months: worked.months,
            lastMonths: Self.months(worked.movements))
        #expect(
            [
                found.averageInflow, found.averageOutflow, found.averageMoveIns, found.netReduction,
                found.targetOutflow, found.otherOutflow, found.targetMoveIns,
            ] == worked.expected)
        #expect(found.isMet == worked.isMet)
    }

    @Test func `is none where the calculator has none`() {
        let usual = Self.months([(10, 8, 5), (10, 8, 5), (10, 8, 5)])
        let cases: [(Int, Int, Int, [MonthMovements], HousingTargetProblem)] = [
            (40, 40, 12, usual, .targetReached(active: 40)), (40, 41, 12, usual, .targetReached(active: 40)),
            (0, 0, 12, usual, .targetReached(active: 0)), (40, 10, 0, usual, .noMonths),
            (40, 10, -1, usual, .noMonths),
            (40, 10, 12, Self.months([(10, 8, 5), (10, 8, 9), (10, 8, 5)]), .moreMoveInsThanOutflow("2024-02")),
        ]
        for (active, target, months, movements, problem) in cases {
            #expect(throws: problem) {
                try HousingTarget(active: active, target: target, months: months, lastMonths: movements)
            }
        }
    }
}
