import ByNameList
import CivilTime
import SQLite

/// The kinds of journal lines; the numbers are kept for ever.
enum FactKind: Int, CaseIterable {
    case identity = 1
    case intake = 2
    case stay = 3
    case contact = 4
    case assessment = 5
    case programmeExit = 6
    case moveIn = 7
    case leave = 8
    case death = 9
    case waiting = 10
    case household = 11
    case consent = 12
    case answer = 13
    case determination = 14
    case sealed = 15
    case void = 16
    case samePerson = 17
}

/// What a fact says, as the typed columns of the journal.
struct FactRow: Hashable {
    /// The version of the payload that is written now, for every kind.
    static let currentVersion = 1

    var kind: FactKind
    var from: Int32?
    var to: Int32?
    var confirmedTo: Int32?
    var code: Int = 0
    var subject: Int64?
    var flags: Int = 0
    var target: Int64?
    /// Only of an identity: kept in its own table.
    var birth: BirthDate?

    init(_ kind: FactKind, from: CivilDate? = nil, to: CivilDate? = nil, code: Int = 0, flags: Int = 0) {
        self.kind = kind
        self.from = from?.dayNumber
        self.to = to?.dayNumber
        self.code = code
        self.flags = flags
    }

    init(_ content: FactContent) {
        switch content {
        case .identity(let named, let birth):
            self.init(.identity, flags: named ? 1 : 0)
            self.birth = birth
        case .intake(let on, let saidOf): self.init(.intake, from: on, code: Int(saidOf.rawValue))
        case .stay(let stay): self.init(stay)
        case .contact(let contact): self.init(contact)
        case .assessment(let on): self.init(.assessment, from: on)
        case .programmeExit(let on, let toUnknown): self.init(.programmeExit, from: on, flags: toUnknown ? 1 : 0)
        case .moveIn(let moveIn):
            self.init(
                .moveIn, from: moveIn.on, to: moveIn.to, code: Int(moveIn.housing.rawValue),
                flags: Int(moveIn.how.rawValue))
        case .leave(let on, let reason): self.init(.leave, from: on, code: Int(reason.rawValue))
        case .death(let on): self.init(.death, from: on)
        case .waiting(let span):
            self.init(.waiting, from: span.from, to: span.to)
            confirmedTo = span.confirmedTo?.dayNumber
        case .household(let statement):
            self.init(.household, from: statement.from, to: statement.to, code: Int(statement.role.rawValue))
            subject = statement.household.number
        case .consent(let on, let purpose, let value, let until):
            self.init(.consent, from: on, to: until, code: Int(value.rawValue), flags: Int(purpose.rawValue))
        case .answer(let answer):
            self.init(.answer, from: answer.on, code: Int(answer.value), flags: Int(answer.question.rawValue))
        case .determination(let on, let rule, let chronic):
            self.init(.determination, from: on, code: Int(rule.rawValue), flags: chronic ? 1 : 0)
        case .sealed(let on): self.init(.sealed, from: on)
        case .samePerson(let other):
            self.init(.samePerson)
            subject = other.number
        case .void(let target):
            self.init(.void)
            self.target = target.number
        }
    }

    private init(_ stay: Stay) {
        self.init(
            .stay, from: stay.from, to: stay.to, code: Int(stay.situation.rawValue),
            flags: Int(stay.knowledge.rawValue) | (stay.isDestination ? 4 : 0))
        confirmedTo = stay.confirmedTo?.dayNumber
    }

    private init(_ contact: Contact) {
        self.init(
            .contact, from: contact.on, code: Int(contact.kind.rawValue),
            flags: (contact.seenHomeless ? 1 : 0) | (contact.isDestination ? 4 : 0)
                | Int(contact.place?.rawValue ?? 0) << 8)
    }
}

extension FactRow {
    /// The fact that the columns hold, or `nil` if this program does not know what they say.
    var content: FactContent? {
        let on = from.map { CivilDate(dayNumber: $0) }
        let end = to.map { CivilDate(dayNumber: $0) }
        let byte = UInt8(truncatingIfNeeded: code)
        switch (kind, on) {
        case (.identity, _): return .identity(named: flags & 1 == 1, birth: birth)
        case (.intake, let on?): return IntakeSubject(rawValue: byte).map { .intake(on: on, saidOf: $0) }
        case (.stay, let on?): return stay(from: on, to: end, code: byte)
        case (.contact, let on?): return contact(on: on, code: byte)
        case (.assessment, let on?): return .assessment(on: on)
        case (.programmeExit, let on?): return .programmeExit(on: on, toUnknown: flags & 1 == 1)
        case (.moveIn, let on?): return moveIn(on: on, to: end, code: byte)
        case (.leave, let on?): return InactiveReason(rawValue: byte).map { .leave(on: on, reason: $0) }
        case (.death, let on?): return .death(on: on)
        case (.waiting, let on?):
            return .waiting(
                WaitingForHousing(from: on, to: end, confirmedTo: confirmedTo.map { CivilDate(dayNumber: $0) }))
        case (.household, let on?): return household(from: on, to: end, code: byte)
        case (.consent, let on?): return consent(on: on, until: end, code: byte)
        case (.answer, let on):
            return Question(rawValue: UInt8(truncatingIfNeeded: flags)).map { .answer(Answer($0, byte, on: on)) }
        case (.determination, let on?):
            return ChronicRule(rawValue: byte).map { .determination(on: on, rule: $0, chronic: flags & 1 == 1) }
        case (.sealed, let on?): return .sealed(on: on)
        case (.samePerson, _): return subject.map { .samePerson(as: PersonID($0)) }
        case (.void, _): return target.map { .void(FactID($0)) }
        case (_, nil): return nil
        }
    }

    private func stay(from: CivilDate, to: CivilDate?, code: UInt8) -> FactContent? {
        guard let situation = Situation(rawValue: code),
            let knowledge = StayKnowledge(rawValue: UInt8(truncatingIfNeeded: flags & 3))
        else { return nil }
        return .stay(
            Stay(
                situation, from: from, to: to, confirmedTo: confirmedTo.map { CivilDate(dayNumber: $0) },
                knowledge: knowledge, isDestination: flags & 4 != 0))
    }

    private func contact(on: CivilDate, code: UInt8) -> FactContent? {
        guard let kind = ContactKind(rawValue: code) else { return nil }
        return .contact(
            Contact(
                on: on, seenHomeless: flags & 1 == 1, kind: kind,
                place: Situation(rawValue: UInt8(truncatingIfNeeded: flags >> 8)), isDestination: flags & 4 != 0))
    }

    private func moveIn(on: CivilDate, to: CivilDate?, code: UInt8) -> FactContent? {
        guard let housing = Housing(rawValue: code),
            let how = MoveInKnowledge(rawValue: UInt8(truncatingIfNeeded: flags))
        else { return nil }
        return .moveIn(MoveIn(on: on, housing: housing, to: to, how: how))
    }

    private func household(from: CivilDate, to: CivilDate?, code: UInt8) -> FactContent? {
        guard let subject, let role = HouseholdRole(rawValue: code) else { return nil }
        return .household(HouseholdStatement(household: HouseholdID(subject), role: role, from: from, to: to))
    }

    private func consent(on: CivilDate, until: CivilDate?, code: UInt8) -> FactContent? {
        guard let purpose = ConsentPurpose(rawValue: UInt8(truncatingIfNeeded: flags)),
            let value = ConsentValue(rawValue: code)
        else { return nil }
        return .consent(on: on, purpose: purpose, value: value, until: until)
    }
}
