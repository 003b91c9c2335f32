package import ByNameList
package import Store

/// How facts, households and people are called in words: by the record's numbers, or by their public ids.
package struct RecordNames: Sendable {
    let fact: @Sendable (FactID) -> String
    let household: @Sendable (HouseholdID) -> String
    let person: @Sendable (PersonID) -> String

    /// For who looks at the record itself.
    package static let numbers = RecordNames(
        fact: { "\($0.number)" }, household: { "\($0.number)" }, person: { "\($0.number)" })

    /// For everybody else: a number could be counted.
    package init(_ ids: PublicIDs) {
        fact = { ids.text(of: $0) }
        household = { ids.text(of: $0) }
        person = { ids.text(of: $0) }
    }

    private init(
        fact: @escaping @Sendable (FactID) -> String, household: @escaping @Sendable (HouseholdID) -> String,
        person: @escaping @Sendable (PersonID) -> String
    ) {
        self.fact = fact
        self.household = household
        self.person = person
    }
}

extension FactContent {
    /// What the fact says, in words, without anything that names the person.
    package func words(_ names: RecordNames) -> String {
        switch self {
        case .identity(let named, let birth):
            (named ? "identity, with a name" : "identity, without a name")
                + (birth?.shown.map { ", born \($0.date) (\($0.quality.words))" } ?? "")
        case .intake(let on, .theDay): "intake on \(on)"
        case .intake(let on, .nightBefore): "intake on \(on), speaking of the night before"
        case .stay(let stay): stay.words
        case .contact(let contact): contact.words
        case .assessment(let on): "assessment on \(on)"
        case .programmeExit(let on, let toUnknown):
            "left a programme on \(on)" + (toUnknown ? ", nobody knows where to" : "")
        case .moveIn(let moveIn):
            "moved into \(plain(moveIn.housing.code)) on \(moveIn.on)" + (moveIn.to.map { ", until \($0)" } ?? "")
                + (moveIn.how == .programme ? "" : ", learnt from \(moveIn.how.words)")
        case .leave(let on, let reason): "stated inactive from \(on): \(plain(reason.code))"
        case .death(let on): "died on \(on)"
        case .waiting(let span):
            "waited for housing from \(span.from)" + (span.to.map { " to \($0)" } ?? "")
        case .household(let statement):
            "in household \(names.household(statement.household)) as \(statement.role.code) from \(statement.from)"
                + (statement.to.map { " to \($0)" } ?? "")
        case .consent(let on, let purpose, let value, let until):
            "consent for \(purpose.code) on \(on): \(plain(value.code))" + (until.map { ", until \($0)" } ?? "")
        case .answer(let answer):
            "\(plain(answer.question.code)): \(plain(answer.question.answer(answer.value) ?? "\(answer.value)"))"
                + (answer.on.map { ", from \($0)" } ?? ", of the whole life")
        case .determination(let on, let rule, let chronic):
            "determined on \(on) under \(rule.code): \(chronic ? "chronic" : "not chronic")"
        case .sealed(let on): "sealed from \(on)"
        case .samePerson(let other): "found to be the same person as \(names.person(other))"
        case .void(let target): "fact \(names.fact(target)) is void"
        }
    }
}

extension Stay {
    fileprivate var words: String {
        let source =
            switch knowledge {
            case .watched: ""
            case .reported: ", reported"
            case .selfReported: ", in the person's own words"
            }
        let end = to.map { " to \($0)" } ?? confirmedTo.map { ", no end, known up to \($0)" } ?? ", no end"
        return "\(plain(situation.code)) from \(from)\(end)\(source)\(isDestination ? ", as destination" : "")"
    }
}

extension Contact {
    fileprivate var words: String {
        let kind = kind == .other ? "contact" : "\(plain(self.kind.code)) contact"
        let seen = seenHomeless ? ", seen homeless" + (place.map { " (\(plain($0.code)))" } ?? "") : ""
        return "\(kind) on \(on)\(seen)\(isDestination ? ", as destination" : "")"
    }
}

extension MoveInKnowledge {
    fileprivate var words: String {
        switch self {
        case .programme: "the housing programme"
        case .destination: "the destination of an exit"
        case .livingSituation: "an answer about the living situation"
        }
    }
}

extension BirthDateQuality {
    fileprivate var words: String {
        switch self {
        case .full: "full date"
        case .yearOnly: "year only"
        case .approximate: "approximate"
        case .standIn: "erased"
        }
    }
}

/// A code in plain words.
func plain(_ code: String) -> String {
    String(code.map { $0 == "_" ? " " : $0 })
}
