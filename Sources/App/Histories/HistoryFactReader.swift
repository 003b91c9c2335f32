import ByNameList
import CivilTime
import JSON
import ShippedConfig

/// Reads one line of a history file, which is one fact, or several: a person's line may carry answers of a whole life.
struct HistoryFactReader {
    /// The numbers that the facts of one line may have.
    private static let factsPerLine = 16

    let people: [String: PersonID]
    let households: [String: HouseholdID]
    /// The facts of the lines before this one, by the file's names for them.
    let known: [String: [Fact]]
    /// The file's name for the line.
    private(set) var name: String?

    init(people: [String: PersonID], households: [String: HouseholdID], known: [String: [Fact]]) {
        self.people = people
        self.households = households
        self.known = known
    }

    mutating func read(_ fields: inout JSONFields, line: Int) -> [Fact]? {
        name = fields.optionalString("id")
        let recorded = fields.text("recorded", must: "be an instant as 2024-03-05T12:00:00Z") { Instant($0) }
        let replaced = fields.optionalText("replaces", must: "name a fact above") { known[$0] } ?? []
        let kind = fields.string("kind") ?? ""
        let person = fields.optionalText("person", must: "name a person") { people[$0] }
        if kind == "void" {
            let voided = fields.text("voids", must: "name a fact above") { known[$0] }
            guard let voided, let recorded else { return nil }
            return facts(voided.map { ($0.person, nil, .void($0.id)) }, line, recorded)
        }
        let contents = contents(of: kind, &fields)
        if person == nil { fields.refuse("person", "is missing") }
        guard let person, let recorded, let contents else { return nil }
        var lines: [(PersonID, FactID?, FactContent)] = []
        for (index, content) in contents.enumerated() {
            lines.append((person, index < replaced.count ? replaced[index].id : nil, content))
        }
        for left in replaced.dropFirst(contents.count) { lines.append((left.person, nil, .void(left.id))) }
        return facts(lines, line, recorded)
    }

    private func facts(
        _ contents: [(person: PersonID, replaces: FactID?, content: FactContent)], _ line: Int, _ recorded: Instant
    ) -> [Fact] {
        contents.enumerated().map { index, fact in
            Fact(
                id: FactID(Int64(line * HistoryFactReader.factsPerLine + index)), person: fact.person,
                recorded: recorded, replaces: fact.replaces, content: fact.content)
        }
    }

    private func contents(of kind: String, _ fields: inout JSONFields) -> [FactContent]? {
        guard kind == "person" else { return content(of: kind, &fields).map { [$0] } }
        var contents = [person(&fields)]
        for (key, question) in [("veteran", Question.veteran), ("disability", .disablingCondition)] {
            let value = fields.optional(key, must: "be yes, no, dont_know or declined") { yesNo($0) }
            if let value { contents.append(.answer(Answer(question, value))) }
        }
        return contents
    }

    private func content(of kind: String, _ fields: inout JSONFields) -> FactContent? {
        switch kind {
        case "intake": intake(&fields)
        case "stay": stay(&fields)
        case "contact": contact(&fields)
        case "assessment": on(&fields).map { .assessment(on: $0) }
        case "exit": on(&fields).map { .programmeExit(on: $0, toUnknown: false) }
        case "exit_unknown": on(&fields).map { .programmeExit(on: $0, toUnknown: true) }
        case "death": on(&fields).map { .death(on: $0) }
        case "move_in": moveIn(&fields)
        case "leave": leave(&fields)
        case "waiting": waiting(&fields)
        case "household": household(&fields)
        case "consent": consent(&fields)
        case "same_person": fields.text("as", must: "name a person") { people[$0] }.map { .samePerson(as: $0) }
        case "veteran": answer(.veteran, &fields)
        case "disability": answer(.disablingCondition, &fields)
        case "indigenous": answer(.indigenousIdentity, &fields)
        case "determination": determination(&fields)
        default: unknown(kind, &fields)
        }
    }

    private func unknown(_ kind: String, _ fields: inout JSONFields) -> FactContent? {
        fields.refuse("kind", "is not a kind of fact that a history knows")
        return nil
    }

    private func on(_ fields: inout JSONFields) -> CivilDate? { date("on", &fields) }

    private func date(_ key: String, _ fields: inout JSONFields) -> CivilDate? {
        fields.text(key, must: "be a date as 2024-03-05") { CivilDate($0) }
    }

    private func optionalDate(_ key: String, _ fields: inout JSONFields) -> CivilDate? {
        fields.optionalText(key, must: "be a date as 2024-03-05") { CivilDate($0) }
    }

    private func situation(_ code: String) -> Situation? { Situation.allCases.first { $0.code == code } }

    // MARK: The kinds

    private func person(_ fields: inout JSONFields) -> FactContent {
        let birth = fields.optionalText("birth_date", must: "be a date or a year") { text in
            CivilDate(text).map { BirthDate($0) } ?? Int(text).flatMap { BirthDate(year: $0) }
        }
        return .identity(named: fields.optionalString("name") != nil, birth: birth)
    }

    private func intake(_ fields: inout JSONFields) -> FactContent? {
        let saidOf = fields.optionalText("said_of", must: "be night_before or the_day") { code in
            code == "night_before" ? IntakeSubject.nightBefore : code == "the_day" ? .theDay : nil
        }
        return on(&fields).map { .intake(on: $0, saidOf: saidOf ?? .theDay) }
    }

    private func stay(_ fields: inout JSONFields) -> FactContent? {
        let kind = fields.text("situation", must: "be a situation") { situation($0) }
        let from = date("from", &fields)
        let to = optionalDate("to", &fields)
        let confirmedTo = optionalDate("confirmed_to", &fields)
        let isReported = fields.optionalBool("reported") ?? false
        let isSelfReport = fields.optionalString("source") == "self_report"
        let isDestination = fields.optionalString("how") == "destination"
        guard let kind, let from else { return nil }
        return .stay(
            Stay(
                kind, from: from, to: to, confirmedTo: confirmedTo,
                knowledge: isSelfReport ? .selfReported : isReported ? .reported : .watched,
                isDestination: isDestination))
    }

    private func contact(_ fields: inout JSONFields) -> FactContent? {
        let seen = fields.optionalBool("seen_homeless") ?? false
        let how = fields.optionalString("how") ?? ""
        let place = fields.optionalText("where", must: "be a situation") { situation($0) }
        return on(&fields).map {
            .contact(
                Contact(
                    on: $0, seenHomeless: seen, kind: PolicyDocument.contactKind(how), place: place,
                    isDestination: how == "destination"))
        }
    }

    private func moveIn(_ fields: inout JSONFields) -> FactContent? {
        let housing = fields.optionalText("housing", must: "be permanent_housing or rapid_rehousing") { code in
            Housing.allCases.first { $0.code == code }
        }
        let how = fields.optionalText("how", must: "be programme, destination or living_situation") { code in
            switch code {
            case "destination": MoveInKnowledge.destination
            case "living_situation": MoveInKnowledge.livingSituation
            case "programme": MoveInKnowledge.programme
            default: nil
            }
        }
        let to = optionalDate("to", &fields)
        return on(&fields).map {
            .moveIn(MoveIn(on: $0, housing: housing ?? .permanentHousing, to: to, how: how ?? .programme))
        }
    }

    private func leave(_ fields: inout JSONFields) -> FactContent? {
        let reason = fields.optionalText("reason", must: "be a reason for inactivity") { code in
            InactiveReason.allCases.first { $0.code == code }
        }
        return on(&fields).map { .leave(on: $0, reason: reason ?? .other) }
    }

    private func waiting(_ fields: inout JSONFields) -> FactContent? {
        let to = optionalDate("to", &fields)
        let confirmedTo = optionalDate("confirmed_to", &fields)
        return date("from", &fields).map { .waiting(WaitingForHousing(from: $0, to: to, confirmedTo: confirmedTo)) }
    }

    private func household(_ fields: inout JSONFields) -> FactContent? {
        let household = fields.text("household", must: "name a household") { households[$0] }
        let role = fields.optionalText("role", must: "be head, adult, child or member") { code in
            HouseholdRole.allCases.first { $0.code == code }
        }
        let to = optionalDate("to", &fields)
        guard let household, let on = on(&fields) else { return nil }
        return .household(HouseholdStatement(household: household, role: role ?? .member, from: on, to: to))
    }

    private func consent(_ fields: inout JSONFields) -> FactContent? {
        let purpose = fields.optionalText("purpose", must: "be list, sharing or research") { code in
            ConsentPurpose.allCases.first { $0.code == code }
        }
        let value = fields.text("value", must: "be given, refused, withdrawn or not_asked") { code in
            ConsentValue.allCases.first { $0.code == code }
        }
        let until = optionalDate("until", &fields)
        guard let value, let on = on(&fields) else { return nil }
        return .consent(on: on, purpose: purpose ?? .list, value: value, until: until)
    }

    private func answer(_ question: Question, _ fields: inout JSONFields) -> FactContent? {
        let on = optionalDate("on", &fields)
        let value = fields.required("value", must: "be yes, no, dont_know or declined") { yesNo($0) }
        return value.map { .answer(Answer(question, $0, on: on)) }
    }

    private func yesNo(_ value: JSONValue) -> YesNo? {
        switch value {
        case .bool(let isTrue): isTrue ? .yes : .no
        case .string("unknown"): .dontKnow
        case .string(let code): YesNo.allCases.first { $0.code == code }
        case .null, .integer, .number, .array, .object: nil
        }
    }

    private func determination(_ fields: inout JSONFields) -> FactContent? {
        let rule = fields.text("rule", must: "be us_hud, ca_reaching_home or on_2018") {
            PolicyDocument.chronicRule($0)
        }
        let chronic = fields.bool("chronic")
        guard let rule, let chronic, let on = on(&fields) else { return nil }
        return .determination(on: on, rule: rule, chronic: chronic)
    }
}
