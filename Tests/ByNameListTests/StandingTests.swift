import ByNameList
import CivilTime
import Testing

@Suite struct `What stands` {
    private func fact(_ number: Int64, _ content: FactContent? = nil, replaces target: Int64? = nil) -> Fact {
        Fact(
            id: FactID(number), person: PersonID(1), recorded: Instant(microseconds: number),
            replaces: target.map { FactID($0) },
            content: content ?? .death(on: CivilDate(dayNumber: Int32(number))))
    }

    private func stand(_ facts: Fact...) -> [Int64] { standing(facts).map(\.id.number) }

    @Test func `is the last of a chain of replacements, and none before it`() {
        #expect(stand(fact(1), fact(2, replaces: 1), fact(3, replaces: 2)) == [3])
        #expect(stand(fact(1), fact(2, replaces: 1), fact(3, replaces: 2), fact(4, replaces: 3)) == [4])
    }

    @Test func `is what was replaced, when the replacement is voided`() {
        #expect(stand(fact(1), fact(2, replaces: 1), fact(3, replaces: 2), fact(4, .void(FactID(3)))) == [2])
        #expect(stand(fact(1), fact(2, replaces: 1), fact(3, replaces: 2), fact(4, .void(FactID(2)))) == [3])
    }

    @Test func `is nothing once all of a chain is voided, and something when that is taken back`() {
        let chain = [fact(1), fact(2, replaces: 1), fact(3, .void(FactID(2))), fact(4, .void(FactID(1)))]
        #expect(standing(chain).isEmpty)
        #expect(standing(chain + [fact(5, .void(FactID(3)))]).map(\.id.number) == [2])
    }

    @Test func `as known at an instant holds what was recorded at that instant, and nothing later`() {
        let facts = [fact(1), fact(2), fact(3, .void(FactID(1)))]
        #expect(standing(facts, knownAt: Instant(microseconds: 2)).map(\.id.number) == [1, 2])
        #expect(standing(facts, knownAt: Instant(microseconds: 3)).map(\.id.number) == [2])
    }
}
