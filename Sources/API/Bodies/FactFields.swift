import ByNameList
import CivilTime
import JSON
import ShippedConfig
import Store

/// Reads the fields of each kind of fact; what is wrong is reported where it stands and reads as `nil`.
///
/// A date that is not accepted is reported here, field by field, so that all that is wrong is heard at once.
struct FactFields {
    let ids: PublicIDs
    let today: CivilDate

    /// What facts are called in bodies and answers.
    enum Kind: String, CaseIterable {
        case situation, contact, assessment, exit, inactive, death, waiting, household, consent, answer
        case determination, sealed, profile, intake
        case moveIn = "move_in"
    }

    func draft(_ kind: Kind, _ fields: inout JSONFields) -> ReadDraft? {
        switch kind {
        case .situation: stay(&fields)
        case .contact: contact(&fields)
        case .assessment: onADay(&fields) { .assessment(on: $0) }
        case .exit: exit(&fields)
        case .moveIn: moveIn(&fields)
        case .inactive: inactive(&fields)
        case .death: onADay(&fields) { .death(on: $0) }
        case .waiting: waiting(&fields)
        case .household: household(&fields, from: nil)
        case .consent: consent(&fields, on: nil)
        case .answer: answer(&fields)
        case .determination: determination(&fields)
        case .sealed: onADay(&fields) { .sealed(on: $0) }
        case .profile: ProfileFields(today: today).profile(&fields)
        case .intake: intake(&fields)
        }
    }

    // MARK: Parts

    func date(_ key: String, _ fields: inout JSONFields) -> CivilDate? {
        accepted(fields.text(key, must: "be a date that exists, as 2024-03-05") { CivilDate($0) }, key, fields)
    }

    func optionalDate(_ key: String, _ fields: inout JSONFields) -> CivilDate? {
        accepted(fields.optionalText(key, must: "be a date that exists, as 2024-03-05") { CivilDate($0) }, key, fields)
    }

    private func accepted(_ date: CivilDate?, _ key: String, _ fields: JSONFields) -> CivilDate? {
        guard let date, let refusal = Refusal(of: date, today: today) else { return date }
        fields.refuse(key, refusal.explanation)
        return nil
    }

    /// A start and the end that may follow it.
    ///
    /// - Parameter start: where the body does not have to say when it began.
    private func span(
        from key: String = "from", else start: CivilDate? = nil, _ fields: inout JSONFields
    ) -> (from: CivilDate?, to: CivilDate?) {
        let from = start == nil ? date(key, &fields) : optionalDate(key, &fields) ?? start
        let to = optionalDate("to", &fields)
        if let from, let to, to < from {
            fields.refuse("to", Refusal.endBeforeStart(from: from, to: to).explanation)
        }
        return (from, to)
    }

    private func onADay(_ fields: inout JSONFields, _ content: (CivilDate) -> FactContent) -> ReadDraft? {
        let path = fields.pointer
        return date("on", &fields).map { ReadDraft(content($0), DraftPointer(path, start: ("on", $0))) }
    }

    private func code<Value: CaseIterable>(
        _ key: String, _ fields: inout JSONFields, _ word: @escaping (Value) -> String
    ) -> Value? {
        fields.text(key, must: FactFields.oneOf(Value.self, word)) { text in Value.allCases.first { word($0) == text } }
    }

    private func optionalCode<Value: CaseIterable>(
        _ key: String, _ fields: inout JSONFields, _ word: @escaping (Value) -> String
    ) -> Value? {
        fields.optionalText(key, must: FactFields.oneOf(Value.self, word)) { text in
            Value.allCases.first { word($0) == text }
        }
    }

    // Put together only when it is needed: most texts are right.
    private static func oneOf<Value: CaseIterable>(_: Value.Type, _ word: (Value) -> String) -> String {
        "be one of " + Value.allCases.map(word).joined(separator: ", ")
    }

    // MARK: Kinds

    func intake(_ fields: inout JSONFields) -> ReadDraft? {
        let path = fields.pointer
        let subject: IntakeSubject? = optionalCode("said_of", &fields, \.code)
        return date("on", &fields).map {
            ReadDraft(.intake(on: $0, saidOf: subject ?? .theDay), DraftPointer(path, start: ("on", $0)))
        }
    }

    func stay(_ fields: inout JSONFields) -> ReadDraft? {
        let situation: Situation? = code("situation", &fields, \.code)
        let (from, to) = span(&fields)
        let knowledge: StayKnowledge? = optionalCode("known", &fields, \.code)
        let isDestination = fields.optionalBool("is_destination") ?? false
        guard let situation, let from else { return nil }
        return ReadDraft(
            .stay(
                Stay(situation, from: from, to: to, knowledge: knowledge ?? .watched, isDestination: isDestination)),
            DraftPointer(fields.pointer, start: ("from", from), end: to.map { ("to", $0) }))
    }

    func contact(_ fields: inout JSONFields) -> ReadDraft? {
        let seen = fields.optionalBool("seen_homeless") ?? false
        let kind: ContactKind? = optionalCode("how", &fields, \.code)
        let place: Situation? = optionalCode("where", &fields, \.code)
        let isDestination = fields.optionalBool("is_destination") ?? false
        return onADay(&fields) {
            .contact(
                Contact(
                    on: $0, seenHomeless: seen, kind: kind ?? .other, place: place, isDestination: isDestination))
        }
    }

    private func exit(_ fields: inout JSONFields) -> ReadDraft? {
        let toUnknown = fields.optionalBool("to_unknown") ?? false
        return onADay(&fields) { .programmeExit(on: $0, toUnknown: toUnknown) }
    }

    private func moveIn(_ fields: inout JSONFields) -> ReadDraft? {
        let housing: Housing? = optionalCode("housing", &fields, \.code)
        let how: MoveInKnowledge? = optionalCode("known", &fields, \.code)
        let (on, to) = span(from: "on", &fields)
        guard let on else { return nil }
        return ReadDraft(
            .moveIn(MoveIn(on: on, housing: housing ?? .permanentHousing, to: to, how: how ?? .programme)),
            DraftPointer(fields.pointer, start: ("on", on), end: to.map { ("to", $0) }))
    }

    private func inactive(_ fields: inout JSONFields) -> ReadDraft? {
        let reason: InactiveReason? = optionalCode("reason", &fields, \.code)
        return onADay(&fields) { .leave(on: $0, reason: reason ?? .other) }
    }

    private func waiting(_ fields: inout JSONFields) -> ReadDraft? {
        let (from, to) = span(&fields)
        guard let from else { return nil }
        return ReadDraft(
            .waiting(WaitingForHousing(from: from, to: to)),
            DraftPointer(fields.pointer, start: ("from", from), end: to.map { ("to", $0) }))
    }

    /// - Parameter start: where the body does not have to say when it began.
    func household(_ fields: inout JSONFields, from start: CivilDate?) -> ReadDraft? {
        let must = "be an id as h_0123456789ABC, or what your agency calls the household: 8 to 64 visible characters"
        let name = fields.text("household", must: must) { householdName($0) }
        let role: HouseholdRole? = optionalCode("role", &fields, \.code)
        let (from, to) = span(else: start, &fields)
        guard let name, let from else { return nil }
        return ReadDraft(
            FactDraft(.household(name, role ?? .member, from: from, to: to)),
            DraftPointer(fields.pointer, start: ("from", from), end: to.map { ("to", $0) }))
    }

    private func householdName(_ text: String) -> FactDraft.HouseholdName? {
        if text.hasPrefix("h_"), text.utf8.count == 15 { return ids.household(text).map { .known($0) } }
        guard (8...64).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return .called(text)
    }

    func consent(_ fields: inout JSONFields, on start: CivilDate?) -> ReadDraft? {
        let purpose: ConsentPurpose? = code("purpose", &fields, \.code)
        let value: ConsentValue? = code("value", &fields, \.code)
        let on = start == nil ? date("on", &fields) : optionalDate("on", &fields) ?? start
        let until = fields.optionalText("until", must: "be a date that exists, as 2025-03-05") { CivilDate($0) }
        guard let purpose, let value, let on else { return nil }
        return ReadDraft(
            .consent(on: on, purpose: purpose, value: value, until: until),
            DraftPointer(fields.pointer, start: ("on", on), end: until.map { ("until", $0) }))
    }

    private func answer(_ fields: inout JSONFields) -> ReadDraft? {
        let question: Question? = code("question", &fields, \.code)
        let on = optionalDate("on", &fields)
        // To a question that is not known every answer may be one.
        let value = fields.required("value", must: "be an answer to the question") { value in
            question.map { FactFields.answer(value, to: $0) } ?? 0
        }
        guard let question, let value else { return nil }
        return ReadDraft(
            .answer(Answer(question, value, on: on)), DraftPointer(fields.pointer, start: on.map { ("on", $0) }))
    }

    static func answer(_ value: JSONValue, to question: Question) -> UInt8? {
        switch value {
        case .string(let word): question.value(of: word)
        case .integer(let number): question.value(of: "\(number)")
        case .null, .bool, .number, .array, .object: nil
        }
    }

    private func determination(_ fields: inout JSONFields) -> ReadDraft? {
        let rule: ChronicRule? = code("rule", &fields, \.code)
        let chronic = fields.bool("chronic")
        let on = date("on", &fields)
        guard let rule, let chronic, let on else { return nil }
        return ReadDraft(
            .determination(on: on, rule: rule, chronic: chronic), DraftPointer(fields.pointer, start: ("on", on)))
    }
}
