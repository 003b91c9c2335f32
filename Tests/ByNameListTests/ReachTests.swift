import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `Who may read a person` {
    /// Words on sharing in the order of recording, and whether another agency may read after them.
    static let stories: [(words: [(CivilDate, ConsentValue)], isShared: Bool)] = [
        ([], false),
        ([("2024-03-01", .given)], true),
        ([("2024-03-01", .refused)], false),
        ([("2024-03-01", .given), ("2024-03-05", .withdrawn)], false),
        ([("2024-03-05", .withdrawn), ("2024-03-06", .given)], true),
        // A reader dates consent beyond a withdrawal that is still to be written down.
        ([("2024-03-01", .given), ("2024-03-09", .given), ("2024-03-08", .withdrawn)], false),
        // What is entered late about an earlier day opens nothing.
        ([("2024-03-05", .withdrawn), ("2024-03-01", .given)], false),
    ]

    @Test(arguments: stories.indices)
    func `follows the last word and the last record of it`(story: Int) {
        let (words, isShared) = Self.stories[story]
        let facts = words.enumerated().map { index, word in
            StandingFact(
                id: FactID(Int64(index + 1)), position: Int64(index + 1),
                content: .consent(on: word.0, purpose: .sharing, value: word.1))
        }
        let reach = Reach(agency: "A", facts: facts)
        #expect(reach.isShared == isShared)
        #expect(reach.includes(Caller(role: .outreach, agency: "B"), by: .served) == isShared)
        #expect(reach.includes(Caller(role: .outreach, agency: "A"), by: .served))
        let seal = StandingFact(id: FactID(99), position: 99, content: .sealed(on: "2024-01-01"))
        let sealed = Reach(agency: "A", facts: facts + [seal])
        #expect(!sealed.includes(Caller(role: .outreach, agency: "B"), by: .served))
        #expect(sealed.includes(Caller(role: .coordinator, agency: "B"), by: .everybody))
    }
}
