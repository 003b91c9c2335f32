import ByNameList
import CivilTime
import Fixtures
import Testing

/// St. Thomas-Elgin, chronic: baseline August 2021 of 75, reached in April 2022, held in May and June, 56 in June
/// (built-for-zero.md 9.3). Only the baseline, the limit and June are published; the other months are ours.
@Suite struct `A tenth below the baseline` {
    private let milestone = ReductionMilestone(baseline: 75)

    private func months(_ active: [Int]) -> [Month: Int] {
        let march: Month = "2022-03"
        return Dictionary(uniqueKeysWithValues: active.enumerated().map { (march.adding(months: $0), $1) })
    }

    @Test func `is 68 of 75, and of other baselines what the rounding of the letter gives`() {
        #expect(milestone.limit == 68)
        for (baseline, limit) in [(10, 9), (57, 52), (100, 90), (9, 9), (0, 0)] {
            #expect(ReductionMilestone(baseline: baseline).limit == limit)
        }
    }

    @Test func `is reached in the first month of three that keep it`() {
        #expect(milestone.reached(months([69, 68, 61, 56])) == "2022-04")
        #expect(milestone.reached(months([69, 68, 61])) == nil)
        #expect(milestone.reached(months([68, 69, 68, 68])) == nil)
        var gap = months([69, 68, 61, 56, 56])
        gap["2022-05"] = nil
        #expect(milestone.reached(gap) == nil)
    }

    @Test func `was 25 percent in June, and of Kawartha Lakes-Haliburton 51`() {
        #expect((milestone.reduction(to: 56) * 100).rounded() == 25)
        #expect((ReductionMilestone(baseline: 57).reduction(to: 28) * 100).rounded() == 51)
    }
}
