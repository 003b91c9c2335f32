import CivilTime

/// One time on the active list.
struct Episode: Sendable {
    let from: Day
    var to: Day
    let opened: Measure
    var closed: Measure?
    var closedReason: UInt8
    /// The nights as known while it lasted, where silence has cut them since; `nil`: as they are known at last.
    var nightsWhileItLasted: [Step<Situation>]?
}

/// Walks a person's events day by day of interest and dates every change of list status (domain.md 5).
///
/// Between two days that it visits nothing can change: it stops where a fact takes effect, a stay ends, a limit is
/// reached, or a day follows a change. What it says of a day rests on facts with effect up to that day only.
struct StatusFold {
    let policy: Policy
    /// The household type from its day on; limits may depend on it.
    let householdTypes: [Step<HouseholdType>]
    var stays: [StayTrack]
    var waiting: [DaySpan]

    var status = ListStatus.unknown
    var changes: [StatusChange] = []
    var episodes: [Episode] = []
    var findings: [Finding] = []
    /// Where each night was spent, as known at last; `.unknown`: no record.
    var nights: [Step<Situation>] = []

    /// Indices of the stays that have begun and not ended.
    var current: [Int] = []
    var lastActivity = Day.min
    /// The day of the last move-in.
    var housedOn = Day.min
    /// When the last housed stay with a stated end ended, since the last move-in.
    var statedHousingEndedOn = Day.min
    /// Homeless again on the date of the move-in: back on this day.
    var returnsOn = Day.never
    var returnEvidence: FactID?
    var lastOutflow: Day?
    var changedToday = false

    init(_ person: PersonEvents, householdTypes: [Step<HouseholdType>], policy: Policy) {
        self.policy = policy
        self.householdTypes = householdTypes
        stays = person.stays
        waiting = person.waiting
    }

    /// Runs to the last day on which anything changes by itself.
    mutating func run(_ events: [PersonEvent]) {
        var next = 0
        var day = events.first?.day ?? .never
        while day != .never {
            changedToday = false
            let first = next
            while next < events.count, events[next].day == day { next += 1 }
            beginDay(day, events[first..<next])
            work(day, events[first..<next])
            if status == .deceased {
                paint(day)
                for event in events[next...] { noteAfterDeath(event) }
                return
            }
            for span in waiting where span.from <= day && day < span.end { lastActivity = day }
            testLimits(on: day)
            paint(day)
            day = nextVisit(after: day, nextEvent: next < events.count ? events[next].day : .never)
        }
    }

    // MARK: One day

    private mutating func beginDay(_ day: Day, _ events: ArraySlice<PersonEvent>) {
        endHousingOfYesterday(day)
        if events.contains(where: { beginsHomelessNights($0) }) { endOpenStays(before: day) }
        for index in current {
            let stay = stays[index]
            if stay.isActivityEachNight { lastActivity = max(lastActivity, min(day, stay.activityEnd) - 1) }
            if stay.end <= day, stay.nightClass == .housed, !stay.isOpen {
                statedHousingEndedOn = max(statedHousingEndedOn, stay.end)
            }
        }
        for span in waiting where span.from < day {
            lastActivity = max(lastActivity, min(day, span.end) - 1)
        }
        current.removeAll { stays[$0].end <= day }
    }

    private mutating func work(_ day: Day, _ events: ArraySlice<PersonEvent>) {
        var index = events.startIndex
        if returnsOn == day { becomeActive(on: day, fact: returnEvidence) }
        while index < events.endIndex, events[index].step < .evidence {
            apply(events[index], day)
            index += 1
        }
        carryOn(day, housingBeginsToday: events.contains { isHousing($0) })
        while index < events.endIndex, status != .deceased {
            apply(events[index], day)
            index += 1
        }
    }

    /// Homeless again on the date of the move-in: an open housed stay of that date ends on the next (domain.md 5).
    private mutating func endHousingOfYesterday(_ day: Day) {
        let goesOn = current.contains {
            stays[$0].from == day - 1 && stays[$0].isActivityEachNight && policy.isHomeless(stays[$0].nightClass)
                && day < stays[$0].activityEnd
        }
        guard goesOn || returnsOn == day else { return }
        for index in current where isOpenHousing(index) && stays[index].from == day - 1 { stays[index].end = day }
    }

    /// Whether literal or hidden nights begin, whoever told of them.
    private func beginsHomelessNights(_ event: PersonEvent) -> Bool {
        switch event.action {
        case .seenHomeless(let index), .stayBegins(let index):
            let isNight = stays[index].end > stays[index].from
            return isNight && (stays[index].nightClass == .literal || stays[index].nightClass == .hidden)
        case .intake, .activity, .programmeExit, .moveIn, .leave, .death, .look:
            return false
        }
    }

    /// An open housed, transitional or institution stay ends where a later literal or hidden one begins (C8).
    private mutating func endOpenStays(before day: Day) {
        for index in current where stays[index].isOpen && stays[index].from < day {
            switch stays[index].nightClass {
            case .housed, .transitional, .institution: stays[index].end = min(stays[index].end, day)
            case .literal, .hidden, .unrecorded: break
            }
        }
    }

    private func isHousing(_ event: PersonEvent) -> Bool {
        switch event.action {
        case .moveIn(_, let stay): stay != nil
        case .stayBegins(let index): stays[index].nightClass == .housed && stays[index].statedEnd > stays[index].from
        case .intake, .seenHomeless, .activity, .programmeExit, .leave, .death, .look: false
        }
    }

    /// The nights that stays of earlier dates go on with.
    private mutating func carryOn(_ day: Day, housingBeginsToday: Bool) {
        var watchedHomeless: Int?
        for index in current where stays[index].isActivityEachNight && day < stays[index].activityEnd {
            lastActivity = day
            if watchedHomeless == nil, policy.isHomeless(stays[index].nightClass) { watchedHomeless = index }
        }
        // A bed that is held while the person is elsewhere brings nobody back: one night has one class.
        guard isHomelessNight(day) else { return }
        switch status {
        case .inactive:
            if let watchedHomeless { becomeActive(on: day, fact: stays[watchedHomeless].fact) }
        case .unknown, .housed:
            guard status == .unknown || housedOn < day, !housingBeginsToday,
                !current.contains(where: { stays[$0].nightClass == .housed })
            else { return }
            if let index = watchedHomeless ?? coveredAfterHousing() {
                becomeActive(on: day, fact: stays[index].fact)
            }
        case .active, .deceased:
            break
        }
    }

    /// Whether the night counts as homeless, by everything that covers it, what begins today too.
    private func isHomelessNight(_ day: Day) -> Bool {
        var winner: StayTrack?
        for stay in stays where stay.covers(day) { winner = stay.winner(over: winner) }
        return policy.isHomeless(winner?.nightClass ?? .unrecorded)
    }

    /// A recorded homeless stay that began before a housed stay's stated end and covers the night after it.
    private func coveredAfterHousing() -> Int? {
        guard statedHousingEndedOn > .min else { return nil }
        return current.first {
            stays[$0].isRecorded && policy.isHomeless(stays[$0].nightClass) && stays[$0].from < statedHousingEndedOn
        }
    }

    private mutating func apply(_ event: PersonEvent, _ day: Day) {
        switch event.action {
        case .intake:
            homelessEvidence(on: day, fact: event.fact)
        case .seenHomeless(let index):
            seenHomeless(index, on: day, fact: event.fact)
        case .stayBegins(let index):
            beginStay(index, on: day, fact: event.fact)
        case .activity:
            lastActivity = day
            if status == .inactive { becomeActive(on: day, fact: event.fact) }
        case .programmeExit(let toUnknown):
            programmeExit(on: day, toUnknown: toUnknown, fact: event.fact)
        case .moveIn(let housing, let stay):
            moveIn(on: day, housing, stay: stay, fact: event.fact)
        case .leave(let reason):
            if status == .active { becomeInactive(on: day, reason, .statedInactivity, fact: event.fact) }
        case .death:
            die(on: day, fact: event.fact)
        case .look:
            break
        }
    }

    private mutating func noteAfterDeath(_ event: PersonEvent) {
        switch event.action {
        case .intake, .seenHomeless, .activity, .stayBegins, .programmeExit, .moveIn, .leave:
            note(.evidenceAfterDeath, on: event.day, fact: event.fact)
        case .death, .look:
            break
        }
    }

    // MARK: The next day to look at

    private func nextVisit(after day: Day, nextEvent: Day) -> Day {
        var next = nextEvent
        if changedToday { next = min(next, day + 1) }
        if returnsOn > day { next = min(next, returnsOn) }
        for index in current where stays[index].end > day {
            let isHousedToday = isOpenHousing(index) && stays[index].from == day
            next = min(next, isHousedToday ? day + 1 : stays[index].end)
        }
        guard status == .active else { return next }
        if let institutionSince {
            let limit = institutionSince + Day(policy.institutionDaysMax)
            return limit > day ? min(next, limit) : next
        }
        guard let days = daysOfSilence(on: day) else { return next }
        let limit = silenceBegins(after: day)
        return limit == .never ? next : min(next, max(day + 1, limit + days))
    }

    /// The last activity if nothing else happens: watched nights and waiting go on by themselves.
    private func silenceBegins(after day: Day) -> Day {
        var last = lastActivity
        for index in current where stays[index].isActivityEachNight {
            let end = stays[index].activityEnd
            if end == .never { return .never }
            last = max(last, end - 1)
        }
        for span in waiting where span.from <= day {
            if span.end == .never { return .never }
            last = max(last, span.end - 1)
        }
        return last
    }
}

extension DayStep: Comparable {
    static func < (left: DayStep, right: DayStep) -> Bool { left.rawValue < right.rawValue }
}
