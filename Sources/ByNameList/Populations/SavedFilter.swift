/// A population that a community has defined for itself, as part of its policy (decision 0013).
///
/// Somebody is in it who meets every condition on the day; a condition that is not stated is met by everybody.
package struct SavedFilter: Hashable, Sendable {
    package let code: String
    package let name: String
    /// Standard populations to all of which its members belong.
    package let within: [Population]
    /// Standard populations to none of which its members belong.
    package let outside: [Population]
    /// Years; whoever's age is not known meets no condition of age.
    package let ageAtLeast: Int?
    package let ageUnder: Int?
    package let answers: [AnswerCondition]

    /// The last answer to a question is one of some.
    package struct AnswerCondition: Hashable, Sendable {
        package let question: Question
        package let anyOf: Set<UInt8>

        package init(_ question: Question, anyOf: Set<UInt8>) {
            self.question = question
            self.anyOf = anyOf
        }
    }

    package init(
        code: String, name: String, within: [Population] = [], outside: [Population] = [], ageAtLeast: Int? = nil,
        ageUnder: Int? = nil, answers: [AnswerCondition] = []
    ) {
        self.code = code
        self.name = name
        self.within = within
        self.outside = outside
        self.ageAtLeast = ageAtLeast
        self.ageUnder = ageUnder
        self.answers = answers
    }

    /// The ages at which somebody may join or leave.
    var ages: [Int] { [ageAtLeast, ageUnder].compactMap(\.self) }
}

extension Policy {
    /// The standard populations, then the community's own.
    package var populations: [Population] {
        Population.standard
            + savedFilters.enumerated().map { index, filter in
                Population(place: Population.firstSaved + UInt8(index), code: filter.code, name: filter.name)
            }
    }
}
