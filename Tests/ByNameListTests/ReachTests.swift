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
        let reach = Reach(agencies: ["A": .shelter], facts: facts, today: "2024-03-10")
        #expect(reach.isShared == isShared)
        #expect(reach.nearness(to: Caller(role: .outreach, agency: "B")) == (isShared ? .consented : .notConsented))
        #expect(reach.nearness(to: Caller(role: .outreach, agency: "A")) == .ownAgency)
        let seal = StandingFact(id: FactID(99), position: 99, content: .sealed(on: "2024-01-01"))
        let sealed = Reach(agencies: ["A": .shelter], facts: facts + [seal], today: "2024-03-10")
        #expect(sealed.nearness(to: Caller(role: .coordinator, agency: "B")) == .sealed)
        #expect(sealed.nearness(to: Caller(role: .outreach, agency: "A")) == .ownAgency)
        let provided = Reach(agencies: ["A": .victimServices], facts: facts, today: "2024-03-10")
        #expect(provided.nearness(to: Caller(role: .coordinator, agency: "B")) == .victimServices)
        #expect(reach.nearness(to: Caller(role: .outreach, agency: "B", kind: .victimServices)) == .victimServices)
    }

    /// Words given for a time, in the order of recording, and the days on which another agency may read.
    static let terms: [(words: [(CivilDate, CivilDate?)], openOn: [CivilDate], closedOn: [CivilDate])] = [
        ([("2024-03-01", "2024-03-31")], ["2024-03-10", "2024-03-30"], ["2024-03-31", "2025-01-01"]),
        ([("2024-03-01", nil)], ["2030-01-01"], []),
        // The later word counts, longer or shorter.
        ([("2024-03-01", "2024-03-31"), ("2024-03-05", "2024-03-20")], ["2024-03-19"], ["2024-03-20"]),
        ([("2024-03-01", "2024-03-31"), ("2024-03-05", nil)], ["2024-04-01"], []),
        // One that was entered late, of an earlier day, has run out: it closes, and opens nothing.
        ([("2024-03-05", nil), ("2024-03-01", "2024-03-03")], [], ["2024-03-04"]),
    ]

    @Test(arguments: terms.indices)
    func `ends with the day up to which it was given`(term: Int) {
        let (words, openOn, closedOn) = Self.terms[term]
        let facts = words.enumerated().map { index, word in
            StandingFact(
                id: FactID(Int64(index + 1)), position: Int64(index + 1),
                content: .consent(on: word.0, purpose: .sharing, value: .given, until: word.1))
        }
        for day in openOn { #expect(Reach(agencies: ["A": .other], facts: facts, today: day).isShared) }
        for day in closedOn { #expect(!Reach(agencies: ["A": .other], facts: facts, today: day).isShared) }
    }
}
