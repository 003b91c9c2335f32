import CivilTime

/// What happens to a person on a day, in the order in which a day is worked through (domain.md 5; decision 0002, 1).
struct PersonEvent: Sendable {
    let day: Day
    let step: DayStep
    let position: Int64
    let fact: FactID?
    let action: Action

    enum Action: Sendable {
        case intake
        /// The index of the stay of one night that it is.
        case seenHomeless(stay: Int)
        /// An assessment, or a contact of a kind that policy lists.
        case activity
        case stayBegins(Int)
        case programmeExit(toUnknown: Bool)
        /// The index of its housed stay, if it has nights.
        case moveIn(Housing, stay: Int?)
        case leave(InactiveReason)
        case death
        /// Nothing of its own, but conditions may change on this day.
        case look
    }
}

/// The steps of a day; raw values sort.
enum DayStep: UInt8, Sendable {
    case nightBefore
    case exitsAndDestinations
    case evidence
    case institution
    case moveIn
    case statedInactivity
    case death
    case limits
}

/// The events and stays that the fold walks through, taken from the facts of one person.
struct PersonEvents: Sendable {
    private(set) var events: [PersonEvent] = []
    private(set) var stays: [StayTrack] = []
    private(set) var waiting: [DaySpan] = []

    init(_ facts: [StandingFact], policy: Policy) {
        events.reserveCapacity(facts.count + 4)
        for fact in facts { add(fact, policy: policy) }
        guard !events.isEmpty else { return }
        for limit in policy.inactivity {
            if let from = limit.from { look(on: from.day) }
        }
    }

    /// Makes the fold stop on a day on which something outside the person's own facts changes.
    mutating func look(on day: Day) {
        events.append(PersonEvent(day: day, step: .limits, position: 0, fact: nil, action: .look))
    }

    mutating func sort() {
        events.sort { ($0.day, $0.step.rawValue, $0.position) < ($1.day, $1.step.rawValue, $1.position) }
    }

    private mutating func add(_ fact: StandingFact, policy: Policy) {
        switch fact.content {
        case .intake(let on, let saidOf):
            add(fact, on, saidOf == .nightBefore ? .nightBefore : .evidence, .intake)
        case .stay(let stay):
            stays.append(StayTrack(stay, fact: fact.id))
            add(fact, stay.from, stay.beginsInStep, .stayBegins(stays.count - 1))
        case .contact(let contact):
            add(contact, fact, policy: policy)
        case .assessment(let on):
            add(fact, on, .evidence, .activity)
        case .programmeExit(let on, let toUnknown):
            add(fact, on, .exitsAndDestinations, .programmeExit(toUnknown: toUnknown))
        case .moveIn(let moveIn):
            add(moveIn, fact)
        case .leave(let on, let reason):
            add(fact, on, .statedInactivity, .leave(reason))
        case .death(let on):
            add(fact, on, .death, .death)
        case .waiting(let span):
            add(span, policy: policy)
        case .identity, .household, .consent, .answer, .determination, .sealed, .samePerson, .void:
            break
        }
    }

    private mutating func add(_ fact: StandingFact, _ on: CivilDate, _ step: DayStep, _ action: PersonEvent.Action) {
        events.append(PersonEvent(day: on.day, step: step, position: fact.position, fact: fact.id, action: action))
    }

    private mutating func add(_ contact: Contact, _ fact: StandingFact, policy: Policy) {
        let step: DayStep = contact.isDestination ? .exitsAndDestinations : .evidence
        if contact.seenHomeless {
            stays.append(StayTrack(contact: contact, fact: fact.id))
            add(fact, contact.on, step, .seenHomeless(stay: stays.count - 1))
        } else if policy.activityContacts.contains(contact.kind) {
            add(fact, contact.on, step, .activity)
        }
    }

    private mutating func add(_ moveIn: MoveIn, _ fact: StandingFact) {
        let step: DayStep = moveIn.how == .destination ? .exitsAndDestinations : .moveIn
        var stay: Int?
        if moveIn.how == .programme, moveIn.to != moveIn.on {
            stays.append(StayTrack(moveIn: moveIn, fact: fact.id))
            stay = stays.count - 1
        }
        add(fact, moveIn.on, step, .moveIn(moveIn.housing, stay: stay))
    }

    private mutating func add(_ span: WaitingForHousing, policy: Policy) {
        guard policy.waitingForHousingIsActivity else { return }
        let end = span.to?.day ?? span.confirmedTo.map { $0.day + 1 } ?? .never
        guard span.from.day < end else { return }
        waiting.append(DaySpan(from: span.from.day, end: end))
        look(on: span.from.day)
    }
}

/// Days `[from, end)`.
struct DaySpan: Hashable, Sendable {
    let from: Day
    let end: Day
}

extension Stay {
    var beginsInStep: DayStep {
        if isDestination { return .exitsAndDestinations }
        switch situation.nightClass {
        case .institution: return .institution
        case .housed: return .moveIn
        case .literal, .hidden, .transitional, .unrecorded: return .evidence
        }
    }
}
