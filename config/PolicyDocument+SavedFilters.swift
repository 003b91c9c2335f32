import ByNameList
import JSON

extension PolicyDocument {
    /// `saved_filters`: the populations that a community has defined for itself.
    static func savedFilters(_ fields: inout JSONFields) -> [SavedFilter]? {
        let problems = fields.problems
        let filters = fields.optionalArray("saved_filters") { value, path in
            problems.object(value, at: path) { filter in SavedFilterDocument.read(&filter) }
        }
        guard let filters else { return nil }
        if filters.count > Population.savedMax {
            fields.refuse("saved_filters", "holds more than \(Population.savedMax) filters")
        }
        let codes = Population.standard.map(\.code) + filters.map(\.code)
        if Set(codes).count < codes.count { fields.refuse("saved_filters", "has two populations of one code") }
        return Array(filters.prefix(Population.savedMax))
    }
}

/// One filter: `{"code", "name", "within", "outside", "age_at_least", "age_under", "answers"}`, the last five optional.
private enum SavedFilterDocument {
    static func read(_ fields: inout JSONFields) -> SavedFilter? {
        let code = fields.text("code", must: "be 2 to 40 of a to z, 0 to 9 and _", code)
        let name = fields.string("name", bytesMax: 100)
        let within = populations("within", &fields)
        let outside = populations("outside", &fields)
        let ageAtLeast = fields.optionalInteger("age_at_least", in: 1...120)
        let ageUnder = fields.optionalInteger("age_under", in: 1...120)
        let answers = answers(&fields)
        guard let code, let name else { return nil }
        return SavedFilter(
            code: code, name: name, within: within, outside: outside, ageAtLeast: ageAtLeast.map { Int($0) },
            ageUnder: ageUnder.map { Int($0) }, answers: answers)
    }

    private static func code(_ text: String) -> String? {
        let isWord = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        return isWord && (2...40).contains(text.utf8.count) ? text : nil
    }

    private static func populations(_ name: String, _ fields: inout JSONFields) -> [Population] {
        let problems = fields.problems
        return fields.optionalArray(name) { value, path -> Population? in
            if case .string(let code) = value, let found = Population.standard.first(where: { $0.code == code }) {
                return found
            }
            problems.add(path, "must be one of " + Population.standard.map(\.code).joined(separator: ", "))
            return nil
        } ?? []
    }

    /// By question the answers of which the last has to be one.
    private static func answers(_ fields: inout JSONFields) -> [SavedFilter.AnswerCondition] {
        let conditions = fields.optionalObject("answers") { asked -> [SavedFilter.AnswerCondition]? in
            Question.allCases.compactMap { question in
                guard asked.value(question.code) != nil else { return nil }
                let problems = asked.problems
                let values = asked.optionalArray(question.code) { value, path -> UInt8? in
                    if case .string(let word) = value, let answer = question.value(of: word) { return answer }
                    problems.add(path, "must be an answer to \(question.code)")
                    return nil
                }
                return SavedFilter.AnswerCondition(question, anyOf: Set(values ?? []))
            }
        }
        return conditions ?? []
    }
}
