import ByNameList
import CivilTime

/// What stands of what was written about one person, sorted by what it is about.
struct SlowRecord {
    let person: PersonID
    private(set) var birth: BirthDate?
    private(set) var deathOn: CivilDate?
    private(set) var statements: [HouseholdStatement] = []
    private(set) var listConsents: [(on: CivilDate, value: ConsentValue, until: CivilDate?)] = []
    private(set) var veteranAnswers: [(on: CivilDate?, value: UInt8)] = []
    private(set) var disabilityAnswers: [(on: CivilDate?, value: UInt8)] = []
    private(set) var indigenousAnswers: [(on: CivilDate?, value: UInt8)] = []
    private(set) var determinations: [(on: CivilDate, rule: ChronicRule, chronic: Bool)] = []
    private(set) var waits: [WaitingForHousing] = []
    private(set) var moveInDates: [CivilDate] = []
    private(set) var stays: [SlowStay] = []
    /// By day, then step, then order of recording.
    private(set) var events: [SlowEvent] = []

    /// - Parameter facts: those that stand, in order of recording.
    init(person: PersonID, facts: [StandingFact]) {
        self.person = person
        for (order, fact) in facts.enumerated() { add(fact.content, order: order) }
        events.sort { ($0.on, $0.step, $0.order) < ($1.on, $1.step, $1.order) }
    }

    /// Whether the person is this old; of unknown age everybody is.
    func isAged(_ age: Int, on day: CivilDate) -> Bool {
        birth.map { $0.date.birthday(age: age) <= day } ?? true
    }

    /// Whether the person is born, and not dead.
    func isThere(on day: CivilDate) -> Bool {
        (birth.map { $0.date <= day } ?? true) && (deathOn.map { day < $0 } ?? true)
    }

    private mutating func add(_ content: FactContent, order: Int) {
        switch content {
        case .identity(_, let birth): self.birth = birth ?? self.birth
        case .intake(let on, let subject): schedule(.intake, on, step: subject == .nightBefore ? 0 : 2, order)
        case .stay(let stay): add(stay, order: order)
        case .contact(let contact): add(contact, order: order)
        case .assessment(let on): schedule(.assessment, on, step: 2, order)
        case .programmeExit(let on, let toUnknown): schedule(.programmeExit(toUnknown: toUnknown), on, step: 1, order)
        case .moveIn(let moveIn): add(moveIn, order: order)
        case .leave(let on, let reason): schedule(.leave(reason), on, step: 5, order)
        case .death(let on):
            deathOn = min(deathOn ?? on, on)
            schedule(.death, on, step: 6, order)
        case .waiting(let waiting): waits.append(waiting)
        case .household(let statement): statements.append(statement)
        case .consent(let on, let purpose, let value, let until):
            if purpose == .list { listConsents.append((on, value, until)) }
        case .answer(let answer):
            if answer.question == .veteran { veteranAnswers.append((answer.on, answer.value)) }
            if answer.question == .disablingCondition { disabilityAnswers.append((answer.on, answer.value)) }
            if answer.question == .indigenousIdentity { indigenousAnswers.append((answer.on, answer.value)) }
        case .determination(let on, let rule, let chronic): determinations.append((on, rule, chronic))
        case .sealed, .samePerson, .void: break
        }
    }

    private mutating func schedule(_ kind: SlowEvent.Kind, _ on: CivilDate, step: Int, _ order: Int) {
        events.append(SlowEvent(on: on, step: step, order: order, kind: kind))
    }

    private mutating func add(_ stay: Stay, order: Int) {
        let slow = SlowStay(
            nightClass: stay.situation.nightClass, isUnsheltered: stay.situation == .unsheltered, from: stay.from,
            statedEnd: stay.to, confirmedTo: stay.confirmedTo, knowledge: stay.knowledge)
        stays.append(slow)
        schedule(
            .begin(stays.count - 1, stay.situation), stay.from, step: stay.isDestination ? 1 : slow.stepOfBeginning,
            order)
        if slow.isPlacement { moveInDates.append(stay.from) }
    }

    private mutating func add(_ contact: Contact, order: Int) {
        let night = contact.seenHomeless ? stays.count : nil
        if contact.seenHomeless {
            let place = contact.place ?? .unsheltered
            stays.append(
                SlowStay(
                    nightClass: place.nightClass, isUnsheltered: place == .unsheltered, from: contact.on,
                    statedEnd: contact.on.adding(days: 1), confirmedTo: nil, knowledge: .reported))
        }
        schedule(.contact(contact.kind, night: night), contact.on, step: contact.isDestination ? 1 : 2, order)
    }

    private mutating func add(_ moveIn: MoveIn, order: Int) {
        moveInDates.append(moveIn.on)
        var nights: Int?
        // Nobody watches the nights of a destination or of an answer.
        if moveIn.how == .programme {
            nights = stays.count
            stays.append(
                SlowStay(
                    nightClass: .housed, isUnsheltered: false, from: moveIn.on, statedEnd: moveIn.to,
                    confirmedTo: nil, knowledge: .watched))
        }
        let step = moveIn.how == .destination ? 1 : 4
        schedule(.moveIn(moveIn.housing, nights: nights), moveIn.on, step: step, order)
    }
}

/// Something that happens on a day, in its step.
struct SlowEvent {
    enum Kind {
        case intake
        /// With the index of its night, where somebody was seen homeless.
        case contact(ContactKind, night: Int?)
        case assessment
        case programmeExit(toUnknown: Bool)
        case begin(Int, Situation)
        /// With the index of its housed nights, where a programme keeps them.
        case moveIn(Housing, nights: Int?)
        case leave(InactiveReason)
        case death
    }

    let on: CivilDate
    /// 0 to 6, as the readings number them.
    let step: Int
    let order: Int
    let kind: Kind
}

/// A stay as it is worked with: what was stated, and what other things made of it.
struct SlowStay {
    let nightClass: NightClass
    let isUnsheltered: Bool
    let from: CivilDate
    let statedEnd: CivilDate?
    let confirmedTo: CivilDate?
    let knowledge: StayKnowledge
    /// The day from which it gives nothing any more, because something else ended it.
    private(set) var ended: CivilDate?
    /// Its place in the order of its first day has been reached.
    var hasBegun = false

    init(
        nightClass: NightClass, isUnsheltered: Bool, from: CivilDate, statedEnd: CivilDate?, confirmedTo: CivilDate?,
        knowledge: StayKnowledge
    ) {
        self.nightClass = nightClass
        self.isUnsheltered = isUnsheltered
        self.from = from
        self.statedEnd = statedEnd
        self.confirmedTo = confirmedTo
        self.knowledge = knowledge
    }

    var isOpen: Bool { statedEnd == nil }
    var isRecorded: Bool { knowledge != .selfReported }
    var hasNights: Bool { statedEnd.map { from < $0 } ?? true }

    /// Its beginning is a move-in.
    var isPlacement: Bool { nightClass == .housed && isRecorded && hasNights }

    var stepOfBeginning: Int {
        switch nightClass {
        case .institution: 3
        case .housed: 4
        case .unrecorded, .hidden, .literal, .transitional: 2
        }
    }

    func covers(_ night: CivilDate) -> Bool {
        from <= night && (statedEnd.map { night < $0 } ?? true) && (ended.map { night < $0 } ?? true)
    }

    /// Whether somebody knows of each of its nights (reading 5).
    var isWatched: Bool {
        guard knowledge == .watched else { return false }
        switch nightClass {
        case .literal: return !(isUnsheltered && isOpen)
        case .transitional, .institution: return true
        case .hidden, .housed, .unrecorded: return false
        }
    }

    func hasWatchedNight(_ night: CivilDate) -> Bool {
        isWatched && covers(night) && (statedEnd != nil || (confirmedTo.map { night <= $0 } ?? true))
    }

    mutating func end(on day: CivilDate) {
        ended = min(ended ?? day, day)
    }
}
