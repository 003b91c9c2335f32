package import CivilTime

/// One thing that somebody wrote down about a person, as the journal keeps it (domain.md 1).
package struct Fact: Hashable, Sendable {
    /// Its place in the journal; later recorded is greater.
    package let id: FactID
    package let person: PersonID
    package let recorded: Instant
    /// The fact whose place this one takes; it is voided and, where order counts, this one stands where it stood.
    package let replaces: FactID?
    package let content: FactContent

    package init(id: FactID, person: PersonID, recorded: Instant, replaces: FactID? = nil, content: FactContent) {
        self.id = id
        self.person = person
        self.recorded = recorded
        self.replaces = replaces
        self.content = content
    }
}

/// Everything that can be said about a person: a closed set, so that every reader of it says what it does with each.
package enum FactContent: Hashable, Sendable {
    /// Whether a name is known, and when the person was born; the name itself lies apart.
    case identity(named: Bool, birth: BirthDate?)
    /// The community met the person and wrote an intake.
    case intake(on: CivilDate, saidOf: IntakeSubject)
    case stay(Stay)
    case contact(Contact)
    case assessment(on: CivilDate)
    /// The person left a programme; where to is a fact of its own.
    case programmeExit(on: CivilDate, toUnknown: Bool)
    case moveIn(MoveIn)
    /// Somebody states that the person is no longer active.
    case leave(on: CivilDate, reason: InactiveReason)
    case death(on: CivilDate)
    /// A housing programme that began from homelessness and waits for its move-in.
    case waiting(WaitingForHousing)
    case household(HouseholdStatement)
    /// From a day on; what is given holds up to the day before `until`, where one is stated.
    case consent(on: CivilDate, purpose: ConsentPurpose, value: ConsentValue, until: CivilDate? = nil)
    case answer(Answer)
    /// Somebody looked at the evidence and determined whether the person is chronically homeless under a rule.
    case determination(on: CivilDate, rule: ChronicRule, chronic: Bool)
    /// The person may not be shown to others: fleeing violence.
    case sealed(on: CivilDate)
    /// Somebody found that this record and that one are about one person. Voided, they are two again.
    case samePerson(as: PersonID)
    /// The named fact was wrong. A voided void restores.
    case void(FactID)
}

/// Which night an intake speaks of.
package enum IntakeSubject: UInt8, CaseIterable, Sendable {
    /// The day itself.
    case theDay = 0
    /// The night before: a prior living situation.
    case nightBefore = 1

    package var code: String {
        switch self {
        case .theDay: "the_day"
        case .nightBefore: "night_before"
        }
    }
}

/// Nights spent in one situation, `[from, to)`.
package struct Stay: Hashable, Sendable {
    package let situation: Situation
    package let from: CivilDate
    /// The morning after the last night; `nil` while nobody has stated an end.
    package let to: CivilDate?
    /// The last night that an import vouches for, where the stay has no end.
    package let confirmedTo: CivilDate?
    package let knowledge: StayKnowledge
    /// Learnt at a programme exit, as its destination.
    package let isDestination: Bool

    package init(
        _ situation: Situation, from: CivilDate, to: CivilDate? = nil, confirmedTo: CivilDate? = nil,
        knowledge: StayKnowledge = .watched, isDestination: Bool = false
    ) {
        self.situation = situation
        self.from = from
        self.to = to
        self.confirmedTo = confirmedTo
        self.knowledge = knowledge
        self.isDestination = isDestination
    }
}

/// How a stay is known (domain.md 4).
package enum StayKnowledge: UInt8, CaseIterable, Sendable {
    /// Each night is known: a shelter, programme or institution's own record, or staff's statement.
    case watched = 0
    /// Learnt once.
    case reported = 1
    /// The person's own words: adds nights, dates nothing.
    case selfReported = 2

    package var code: String {
        switch self {
        case .watched: "watched"
        case .reported: "reported"
        case .selfReported: "self_reported"
        }
    }
}

/// Somebody of the community and the person met, spoke or wrote.
package struct Contact: Hashable, Sendable {
    package let on: CivilDate
    package let seenHomeless: Bool
    package let kind: ContactKind
    /// Where that night was spent; `nil`: unsheltered, if seen homeless.
    package let place: Situation?
    /// Learnt at a programme exit, as its destination.
    package let isDestination: Bool

    package init(
        on: CivilDate, seenHomeless: Bool, kind: ContactKind = .other, place: Situation? = nil,
        isDestination: Bool = false
    ) {
        self.on = on
        self.seenHomeless = seenHomeless
        self.kind = kind
        self.place = place
        self.isDestination = isDestination
    }
}

/// What kind of contact; a policy names those that count as activity.
package enum ContactKind: UInt8, CaseIterable, Sendable {
    case other = 0
    case outreach = 1
    case visit = 2
    case phone = 3
    case message = 4
    case foodBank = 5
    case followUp = 6
    case service = 7
    case event = 8
    case engagement = 9
    case livingSituation = 10
    case programmeEntry = 11
    case programmeExit = 12

    package var code: String {
        switch self {
        case .other: "other"
        case .outreach: "outreach"
        case .visit: "visit"
        case .phone: "phone"
        case .message: "message"
        case .foodBank: "food_bank"
        case .followUp: "follow_up"
        case .service: "service"
        case .event: "event"
        case .engagement: "engagement"
        case .livingSituation: "living_situation"
        case .programmeEntry: "programme_entry"
        case .programmeExit: "programme_exit"
        }
    }
}

/// The person moved into permanent housing.
package struct MoveIn: Hashable, Sendable {
    package let on: CivilDate
    package let housing: Housing
    /// The morning after the last housed night; `nil` while nobody has stated an end.
    package let to: CivilDate?
    package let how: MoveInKnowledge

    package init(on: CivilDate, housing: Housing, to: CivilDate? = nil, how: MoveInKnowledge = .programme) {
        self.on = on
        self.housing = housing
        self.to = to
        self.how = how
    }
}

/// How a move-in is known.
package enum MoveInKnowledge: UInt8, CaseIterable, Sendable {
    /// A housing programme's own record: its nights are housed nights.
    case programme = 0
    /// The destination of a programme exit: dates the status, nobody watches the nights.
    case destination = 1
    /// An answer about the current living situation: likewise.
    case livingSituation = 2

    package var code: String {
        switch self {
        case .programme: "programme"
        case .destination: "destination"
        case .livingSituation: "living_situation"
        }
    }
}

/// The kind of permanent housing.
package enum Housing: UInt8, CaseIterable, Sendable {
    case permanentHousing = 1
    case rapidRehousing = 2

    package var situation: Situation {
        switch self {
        case .permanentHousing: .permanentHousing
        case .rapidRehousing: .rapidRehousing
        }
    }

    package var code: String { situation.code }
}

/// Why somebody is inactive (domain.md 5).
package enum InactiveReason: UInt8, CaseIterable, Sendable {
    case noContact = 1
    case movedAway = 2
    case notLiterallyHomeless = 3
    case institutionOverLimit = 4
    case deceased = 5
    case other = 6

    package var code: String {
        switch self {
        case .noContact: "no_contact"
        case .movedAway: "moved_away"
        case .notLiterallyHomeless: "not_literally_homeless"
        case .institutionOverLimit: "institution_over_limit"
        case .deceased: "deceased"
        case .other: "other"
        }
    }
}

/// Days during which a housing programme waits for the move-in, `[from, to)`.
package struct WaitingForHousing: Hashable, Sendable {
    package let from: CivilDate
    package let to: CivilDate?
    /// The last day that an import vouches for, where no end is stated.
    package let confirmedTo: CivilDate?

    package init(from: CivilDate, to: CivilDate?, confirmedTo: CivilDate? = nil) {
        self.from = from
        self.to = to
        self.confirmedTo = confirmedTo
    }
}

/// The person belongs to a household, `[from, to)`.
package struct HouseholdStatement: Hashable, Sendable {
    package let household: HouseholdID
    package let role: HouseholdRole
    package let from: CivilDate
    package let to: CivilDate?

    package init(household: HouseholdID, role: HouseholdRole, from: CivilDate, to: CivilDate? = nil) {
        self.household = household
        self.role = role
        self.from = from
        self.to = to
    }
}

package enum HouseholdRole: UInt8, CaseIterable, Sendable {
    case head = 1
    case adult = 2
    case child = 3
    /// In the household, but nobody said as what.
    case member = 4

    package var code: String {
        switch self {
        case .head: "head"
        case .adult: "adult"
        case .child: "child"
        case .member: "member"
        }
    }
}

/// What a consent is for (domain.md 3).
package enum ConsentPurpose: UInt8, CaseIterable, Sendable {
    case list = 1
    case sharing = 2
    case research = 3

    package var code: String {
        switch self {
        case .list: "list"
        case .sharing: "sharing"
        case .research: "research"
        }
    }
}

package enum ConsentValue: UInt8, CaseIterable, Sendable {
    case given = 1
    case refused = 2
    case withdrawn = 3
    case notAsked = 4

    package var code: String {
        switch self {
        case .given: "given"
        case .refused: "refused"
        case .withdrawn: "withdrawn"
        case .notAsked: "not_asked"
        }
    }
}

/// One of the rules by which somebody is chronically homeless (domain.md 9).
package enum ChronicRule: UInt8, CaseIterable, Sendable {
    case usHUD = 1
    case caReachingHome = 2
    case on2018 = 3

    package var code: String {
        switch self {
        case .usHUD: "us_hud"
        case .caReachingHome: "ca_reaching_home"
        case .on2018: "on_2018"
        }
    }
}
