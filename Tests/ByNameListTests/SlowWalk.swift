import ByNameList
import CivilTime

/// A change of list status, as the slow model sees it.
struct SlowChange: Hashable {
    let on: CivilDate
    let from: ListStatus
    let to: ListStatus
    let measure: Measure?
    let reason: UInt8
    /// Days since the current episode began, for a move-in that is counted.
    var daysSinceStart: Int?
    /// Days since the person was first identified, likewise.
    var daysSinceIdentification: Int?
}

/// One person's way through the list, a day at a time.
struct SlowWalk {
    let index: Int
    let record: SlowRecord
    let policy: Policy
    let households: SlowHouseholds
    let firstDay: CivilDate

    var today: CivilDate
    var status = ListStatus.unknown
    var stays: [SlowStay]
    /// The class of each night since the first day, as known at the end of today.
    var nights: [NightClass] = []
    var changes: [SlowChange] = []

    var lastActivity: CivilDate?
    var lastOutflow: CivilDate?
    var lastMoveIn: CivilDate?
    var episodeStart: CivilDate?
    var firstIdentified: CivilDate?
    /// Homeless again on the date of a move-in: back on the next date (reading 10).
    var isBackTomorrow = false
    private var nextEvent = 0

    init(index: Int, households: SlowHouseholds, policy: Policy, firstDay: CivilDate) {
        self.index = index
        record = households.records[index]
        stays = record.stays
        self.households = households
        self.policy = policy
        self.firstDay = firstDay
        today = firstDay
    }

    /// Works the nine steps of a day; days are worked in order, none left out.
    mutating func work(_ day: CivilDate) {
        today = day
        guard status != .deceased else {
            nights.append(.unrecorded)
            return
        }
        let events = eventsOfToday()
        endHousingOfYesterday()
        comeBackFromYesterday()
        endOpenStays(where: events)
        for event in events where event.step < 2 { meet(event, among: events) }
        goOnWithWatchedNights()
        for event in events where event.step >= 2 { meet(event, among: events) }
        waitForHousing()
        nights.append(painted(day))
        if status == .active { testInstitutionLimit() }
        if status == .active { testInactivityLimit() }
    }

    private mutating func eventsOfToday() -> ArraySlice<SlowEvent> {
        let first = nextEvent
        while nextEvent < record.events.count, record.events[nextEvent].on == today { nextEvent += 1 }
        return record.events[first..<nextEvent]
    }

    /// An open housed stay ends on the date after its own if a homeless stay of its date goes on (readings 10, 12).
    private mutating func endHousingOfYesterday() {
        let yesterday = today.adding(days: -1)
        let goesOn = stays.contains { stay in
            stay.from == yesterday && policy.isHomeless(stay.nightClass) && stay.hasWatchedNight(today)
        }
        guard goesOn || isBackTomorrow else { return }
        for index in stays.indices where stays[index].nightClass == .housed && stays[index].from == yesterday {
            if stays[index].isOpen { stays[index].end(on: today) }
        }
    }

    private mutating func comeBackFromYesterday() {
        guard isBackTomorrow else { return }
        isBackTomorrow = false
        becomeActive()
    }

    /// What begins today ends open stays that began before (reading 3).
    private mutating func endOpenStays(where events: ArraySlice<SlowEvent>) {
        var isEvidence = false
        var isOutside = false
        for event in events {
            isEvidence = isEvidence || evidence(event)
            guard let night = event.nightIndex, stays[night].hasNights else { continue }
            isOutside = isOutside || stays[night].nightClass == .literal || stays[night].nightClass == .hidden
        }
        for index in stays.indices where stays[index].isOpen && stays[index].from < today {
            switch stays[index].nightClass {
            case .housed: if isEvidence || isOutside { stays[index].end(on: today) }
            case .transitional, .institution: if isOutside { stays[index].end(on: today) }
            case .unrecorded, .hidden, .literal: break
            }
        }
    }

    /// Whether something is homeless evidence.
    private func evidence(_ event: SlowEvent) -> Bool {
        switch event.kind {
        case .intake: true
        case .contact(_, let night): night != nil
        case .begin(let index, _): stays[index].isRecorded && policy.isHomeless(stays[index].nightClass)
        case .assessment, .programmeExit, .moveIn, .leave, .death: false
        }
    }

    /// The watched nights of stays that began on earlier dates (step 2; readings 5, 11, 13).
    private mutating func goOnWithWatchedNights() {
        var hasHomelessNight = false
        for stay in stays where stay.from < today && stay.hasWatchedNight(today) {
            lastActivity = today
            if policy.isHomeless(stay.nightClass) { hasHomelessNight = true }
        }
        // One night has one class: a bed held elsewhere is no homeless night (reading 11).
        guard policy.isHomeless(painted(today)) else { return }
        switch status {
        case .active, .deceased: return
        case .inactive: if hasHomelessNight { becomeActive() }
        case .unknown, .housed:
            guard status == .unknown || lastMoveIn != today else { return }
            let isHousedTonight = stays.contains { $0.nightClass == .housed && $0.covers(today) }
            guard !isHousedTonight else { return }
            if hasHomelessNight || hasHomelessNightAfterHousing() { becomeActive() }
        }
    }

    /// A housed stay with a stated end is over, and a homeless stay from within it goes on.
    private func hasHomelessNightAfterHousing() -> Bool {
        stays.contains { housed in
            guard housed.nightClass == .housed, housed.hasNights, let end = housed.statedEnd, end <= today,
                lastMoveIn.map({ $0 < end }) ?? true
            else { return false }
            return stays.contains { stay in
                stay.isRecorded && policy.isHomeless(stay.nightClass) && stay.hasBegun && stay.from < end
                    && stay.covers(today)
            }
        }
    }

    private mutating func waitForHousing() {
        guard policy.waitingForHousingIsActivity else { return }
        let isWaiting = record.waits.contains { wait in
            guard wait.from <= today else { return false }
            let isOver = wait.to.map { $0 <= today } ?? wait.confirmedTo.map { $0 < today } ?? false
            return !isOver && !record.moveInDates.contains { wait.from <= $0 && $0 <= today }
        }
        if isWaiting { lastActivity = today }
    }
}

extension SlowEvent {
    /// The stay that begins with it.
    var nightIndex: Int? {
        switch kind {
        case .contact(_, let night): night
        case .begin(let index, _): index
        case .moveIn(_, let nights): nights
        case .intake, .assessment, .programmeExit, .leave, .death: nil
        }
    }
}
