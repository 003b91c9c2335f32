import ByNameList
import CivilTime
import JSON
import Store
import Views

/// A fact as an answer shows it, under the names by which it is sent.
struct FactAnswer: JSONWritable {
    let fact: Fact
    let page: PersonPage
    let stands: Bool
    let ids: PublicIDs

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("id", ids.text(of: fact.id))
            object.field("kind", kind)
            content(&object)
            if fact.content.isIdentity { profile(&object) }
            object.field("recorded", "\(fact.recorded)")
            object.field("agency", page.agencies[fact.id])
            object.field("stands", stands)
            if let replaced = fact.replaces { object.field("replaces", ids.text(of: replaced)) }
            if let note = page.notes[fact.id] { object.field("note", note) }
            object.field("words", fact.content.words(RecordNames(ids)))
        }
    }

    private var kind: String {
        switch fact.content {
        case .void: "void"
        case .identity: FactFields.Kind.profile.rawValue
        case .intake: FactFields.Kind.intake.rawValue
        case .stay: FactFields.Kind.situation.rawValue
        case .contact: FactFields.Kind.contact.rawValue
        case .assessment: FactFields.Kind.assessment.rawValue
        case .programmeExit: FactFields.Kind.exit.rawValue
        case .moveIn: FactFields.Kind.moveIn.rawValue
        case .leave: FactFields.Kind.inactive.rawValue
        case .death: FactFields.Kind.death.rawValue
        case .waiting: FactFields.Kind.waiting.rawValue
        case .household: FactFields.Kind.household.rawValue
        case .consent: FactFields.Kind.consent.rawValue
        case .answer: FactFields.Kind.answer.rawValue
        case .determination: FactFields.Kind.determination.rawValue
        case .sealed: FactFields.Kind.sealed.rawValue
        case .samePerson: "same_person"
        }
    }

    private func content(_ object: inout JSONWriter) {
        switch fact.content {
        case .identity(_, let birth): ProfileAnswer.birth(birth, &object)
        case .intake(let on, let saidOf):
            object.field("on", "\(on)")
            object.field("said_of", saidOf.code)
        case .stay(let stay): write(stay, &object)
        case .contact(let contact): write(contact, &object)
        case .assessment(let on), .death(let on), .sealed(let on): object.field("on", "\(on)")
        case .programmeExit(let on, let toUnknown):
            object.field("on", "\(on)")
            object.field("to_unknown", toUnknown)
        case .moveIn(let moveIn):
            object.field("on", "\(moveIn.on)")
            object.field("housing", moveIn.housing.code)
            object.field("to", moveIn.to.map { "\($0)" })
            object.field("known", moveIn.how.code)
        case .leave(let on, let reason):
            object.field("on", "\(on)")
            object.field("reason", reason.code)
        case .waiting(let span):
            object.field("from", "\(span.from)")
            object.field("to", span.to.map { "\($0)" })
        case .household(let statement):
            object.field("household", ids.text(of: statement.household))
            object.field("role", statement.role.code)
            object.field("from", "\(statement.from)")
            object.field("to", statement.to.map { "\($0)" })
        case .consent(let on, let purpose, let value, let until):
            object.field("on", "\(on)")
            object.field("purpose", purpose.code)
            object.field("value", value.code)
            object.field("until", until.map { "\($0)" })
        case .answer(let answer):
            object.field("question", answer.question.code)
            object.field("value", answer.question.answer(answer.value))
            object.field("on", answer.on.map { "\($0)" })
        case .determination(let on, let rule, let chronic):
            object.field("on", "\(on)")
            object.field("rule", rule.code)
            object.field("chronic", chronic)
        case .samePerson(let other): object.field("same_as", ids.text(of: other))
        case .void(let target): object.field("voids", ids.text(of: target))
        }
    }

    private func write(_ stay: Stay, _ object: inout JSONWriter) {
        object.field("situation", stay.situation.code)
        object.field("from", "\(stay.from)")
        object.field("to", stay.to.map { "\($0)" })
        object.field("known", stay.knowledge.code)
        object.field("is_destination", stay.isDestination)
        if let confirmed = stay.confirmedTo { object.field("confirmed_to", "\(confirmed)") }
    }

    private func write(_ contact: Contact, _ object: inout JSONWriter) {
        object.field("on", "\(contact.on)")
        object.field("how", contact.kind.code)
        object.field("seen_homeless", contact.seenHomeless)
        object.field("where", contact.place?.code)
        object.field("is_destination", contact.isDestination)
    }

    private func profile(_ object: inout JSONWriter) {
        guard let identity = page.identities[fact.id] else { return }
        ProfileAnswer.names(identity, &object)
    }
}

/// Who somebody is, under the names by which it is sent.
enum ProfileAnswer {
    static func names(_ identity: IdentityDetails, _ object: inout JSONWriter) {
        object.field("given_name", identity.givenName)
        object.field("middle_name", identity.middleName)
        object.field("family_name", identity.familyName)
        object.field("name_suffix", identity.nameSuffix)
        object.field("description", identity.description)
    }

    /// A year as a year: nobody knows the day.
    static func birth(_ known: BirthDate?, _ object: inout JSONWriter) {
        let birth = known?.shown
        let text = birth.map { $0.quality == .yearOnly ? String("\($0.date)".prefix(4)) : "\($0.date)" }
        object.field("birth_date", text)
        if birth?.quality == .approximate { object.field("birth_date_is_approximate", true) }
    }

    static func profile(_ identity: IdentityDetails, _ birth: BirthDate?, _ object: inout JSONWriter) {
        object.key("profile")
        object.object { profile in
            names(identity, &profile)
            self.birth(birth, &profile)
        }
    }
}

extension FactContent {
    var isIdentity: Bool {
        if case .identity = self { true } else { false }
    }
}
