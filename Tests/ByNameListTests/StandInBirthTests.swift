import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `The birth date that stands in for an erased one` {
    private let rule = StandInBirth(recorded: "2022-01-01"..."2024-06-30")

    static let cases: [(birth: CivilDate, standIn: CivilDate)] = [
        // Somebody of 25 and more, whatever the age: one date for all of them.
        ("1931-05-05", "1997-01-01"), ("1980-02-29", "1997-01-01"), ("1997-01-01", "1997-01-01"),
        // Between 18 and 25 throughout.
        ("2001-03-04", "2004-01-01"), ("2003-12-31", "2004-01-01"), ("1999-07-01", "2004-01-01"),
        // Under 18 throughout.
        ("2010-10-10", "2022-01-01"), ("2006-07-01", "2022-01-01"),
        // An age reached in recorded time keeps its day.
        ("2006-06-30", "2006-06-30"), ("2004-01-02", "2004-01-02"), ("1999-06-30", "1999-06-30"),
        ("1997-01-02", "1997-01-02"), ("2023-05-05", "2023-05-05"),
    ]

    @Test(arguments: cases.indices)
    func `keeps the ages and nothing else`(index: Int) {
        let (birth, standIn) = Self.cases[index]
        #expect(rule.date(for: birth, among: []) == standIn)
    }

    @Test func `keeps who is older`() {
        #expect(rule.date(for: "1950-01-01", among: [("1960-01-01", false)]) == "1960-01-01")
        #expect(rule.date(for: "1950-01-01", among: [("1960-01-01", true)]) == "1959-12-31")
        #expect(rule.date(for: "1970-01-01", among: [("1960-01-01", true)]) == "1997-01-01")
        #expect(rule.date(for: "1960-01-01", among: [("1960-01-01", false)]) == "1960-01-01")
    }

    @Test func `answers every question that the rules ask as the erased one did`() {
        var random = SplitMix64(seed: 7)
        let start = CivilDate(dayNumber: 10_000)
        for _ in 0..<20_000 {
            let first = start.adding(days: random.number(0...9_000))
            let last = first.adding(days: random.number(0...3_000))
            func anyBirth() -> CivilDate { first.adding(days: random.number(-14_000...400)) }
            let birth = random.chance(10) ? CivilDate(year: 1996, month: 2, day: 29) ?? start : min(anyBirth(), last)
            let others = (0..<random.number(0...3)).map { _ in
                (birth: random.chance(20) ? birth : anyBirth(), comesFirst: random.chance(50))
            }
            let found = StandInBirth(recorded: first...last).date(for: birth, among: others)
            for day in [first, first.adding(days: 1), last]
                + (0..<20).map({ _ in first.adding(days: random.number(0...max(1, last - first))) }) where day <= last
            {
                for age in [0, 18, 25] {
                    #expect((birth.birthday(age: age) <= day) == (found.birthday(age: age) <= day))
                }
            }
            for other in others {
                func isFirst(_ date: CivilDate) -> Bool {
                    other.birth == date ? other.comesFirst : other.birth < date
                }
                #expect(isFirst(birth) == isFirst(found))
            }
        }
    }
}
