import ByNameList
import CivilTime
import JSON
import Store

/// What an outreach worker's phone sends: who was met, where they stay, what they answered.
struct IntakeBody {
    let intake: Intake
    let pointers: [DraftPointer]
    /// Who the person is said to be, for the search of possible duplicates.
    let identity: IdentityDetails?
    let birth: BirthDate?

    private static let noteBytesMax = 10_000

    static func read(
        _ value: JSONValue, ids: PublicIDs, today: CivilDate, into problems: FieldProblems
    ) -> IntakeBody? {
        problems.object(value) { fields in
            let reading = FactFields(ids: ids, today: today)
            guard let intake = reading.intake(&fields) else {
                // The rest is read all the same, so that all that is wrong is heard; no date lies before this one.
                _ = rest(&fields, reading, on: Refusal.earliest, problems)
                return nil
            }
            var drafts = [intake]
            let on = intake.pointer.start?.date ?? today
            let rest = rest(&fields, reading, on: on, problems)
            drafts[0].draft.note = rest.note
            drafts += rest.drafts
            return IntakeBody(
                intake: Intake(
                    person: rest.person, externalIDs: rest.externalIDs, drafts: drafts.map(\.draft)),
                pointers: drafts.map(\.pointer), identity: rest.profile?.draft.identity,
                birth: rest.profile?.draft.birth)
        }
    }

    private struct Rest {
        var person: PersonID?
        var externalIDs: [ExternalID] = []
        var profile: ReadDraft?
        var drafts: [ReadDraft] = []
        var note: String?
    }

    private static func rest(
        _ fields: inout JSONFields, _ reading: FactFields, on: CivilDate, _ problems: FieldProblems
    ) -> Rest {
        var rest = Rest()
        rest.person = fields.optionalText("person", must: "be a person's id, as p_0123456789ABC") {
            reading.ids.person($0)
        }
        let profile = ProfileFields(today: reading.today)
        rest.externalIDs = profile.externalIDs(&fields, problems) ?? []
        rest.profile = fields.optionalObject("profile") { profile.profile(&$0) }
        // Somebody about whom nothing identifying is said is on the list all the same, unnamed.
        if let profile = rest.profile { rest.drafts.append(profile) }
        rest.drafts += list("consent", &fields, problems) { reading.consent(&$0, on: on) }
        rest.drafts += list("situations", &fields, problems) { reading.stay(&$0) }
        rest.drafts += list("contacts", &fields, problems) { reading.contact(&$0) }
        if let household = fields.optionalObject("household", { reading.household(&$0, from: on) }) {
            rest.drafts.append(household)
        }
        rest.drafts += answers(&fields, on: on)
        if fields.optionalBool("assessed") == true {
            rest.drafts.append(
                ReadDraft(.assessment(on: on), DraftPointer(fields.pointer, start: ("on", on))))
        }
        rest.note = fields.optionalString("note", bytesMax: noteBytesMax)
        return rest
    }

    private static func list(
        _ key: String, _ fields: inout JSONFields, _ problems: FieldProblems,
        _ read: (inout JSONFields) -> ReadDraft?
    ) -> [ReadDraft] {
        fields.optionalArray(key, countMax: 50) { value, path in
            problems.object(value, at: path) { read(&$0) }
        } ?? []
    }

    /// What a life's answer says holds for the whole of it; the others hold from the day of the intake.
    private static func answers(_ fields: inout JSONFields, on: CivilDate) -> [ReadDraft] {
        let path = fields.path("answers")
        return fields.optionalObject("answers") { answers -> [ReadDraft] in
            Question.allCases.compactMap { question in
                let value = answers.optional(question.code, must: "be an answer to this question") {
                    FactFields.answer($0, to: question)
                }
                guard let value else { return nil }
                let answer = Answer(question, value, on: question.isOfAWholeLife ? nil : on)
                return ReadDraft(.answer(answer), DraftPointer(path, start: answer.on.map { (question.code, $0) }))
            }
        } ?? []
    }
}

extension IntakeBody {
    /// What was answered to the question about gender; `nil` if nothing was.
    var gender: UInt8? {
        for draft in intake.drafts {
            guard case .plain(.answer(let answer)) = draft.statement, answer.question == .genderIdentity else {
                continue
            }
            return answer.value
        }
        return nil
    }
}

extension FactDraft {
    /// The birth date of a fact about identity.
    var birth: BirthDate? {
        guard case .plain(.identity(_, let birth)) = statement else { return nil }
        return birth
    }
}
