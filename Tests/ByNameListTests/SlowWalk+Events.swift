import ByNameList
import CivilTime

/// What each thing that happens does to the status (domain.md 5).
extension SlowWalk {
    mutating func meet(_ event: SlowEvent, among events: ArraySlice<SlowEvent>) {
        guard status != .deceased else { return }
        switch event.kind {
        case .intake: meetEvidence()
        case .contact(let kind, let night): meetContact(kind, night: night)
        case .assessment: assess()
        case .programmeExit(let toUnknown): exitProgramme(toUnknown: toUnknown, among: events)
        case .begin(let index, let situation): begin(index, situation)
        case .moveIn(let housing, let nights):
            moveIn(housing)
            if let nights { stays[nights].hasBegun = true }
        case .leave(let reason): if status == .active { becomeInactive(reason) }
        case .death: die()
        }
    }

    private mutating func meetEvidence() {
        lastActivity = today
        switch status {
        case .active, .deceased: return
        case .inactive: becomeActive()
        case .housed, .unknown:
            let isInsideHousing = stays.contains { stay in
                stay.hasBegun && stay.nightClass == .housed && !stay.isOpen && stay.covers(today)
            }
            guard !isInsideHousing else { return }
            if lastMoveIn == today { isBackTomorrow = true } else { becomeActive() }
        }
    }

    private mutating func meetContact(_ kind: ContactKind, night: Int?) {
        if let night {
            stays[night].hasBegun = true
            meetEvidence()
        } else if policy.activityContacts.contains(kind) {
            lastActivity = today
            if status == .inactive { becomeActive() }
        }
    }

    private mutating func assess() {
        lastActivity = today
        if status == .inactive { becomeActive() }
    }

    private mutating func exitProgramme(toUnknown: Bool, among events: ArraySlice<SlowEvent>) {
        guard status == .active else { return }
        lastActivity = today
        guard toUnknown, policy.exitToUnknown == .inactive else { return }
        // Stays that begin later today cover the night too (reading 17).
        let isCovered = stays.contains { $0.isRecorded && $0.covers(today) }
        if !isCovered { becomeInactive(.noContact) }
    }

    private mutating func begin(_ index: Int, _ situation: Situation) {
        stays[index].hasBegun = true
        let stay = stays[index]
        guard stay.isRecorded else { return }
        lastActivity = today
        if policy.isHomeless(stay.nightClass) {
            meetEvidence()
        } else if policy.endsHomelessness(stay.nightClass) {
            if stay.hasNights && status == .active { becomeInactive(.notLiterallyHomeless) }
        } else if stay.isPlacement {
            moveIn(situation == .rapidRehousing ? .rapidRehousing : .permanentHousing)
        }
    }

    private mutating func moveIn(_ housing: Housing) {
        isBackTomorrow = false
        lastMoveIn = today
        closeStaysForMoveIn()
        switch status {
        case .active:
            var change = SlowChange(
                on: today, from: .active, to: .housed, measure: .housingMoveIns, reason: housing.rawValue)
            change.daysSinceStart = episodeStart.map { today - $0 }
            change.daysSinceIdentification = firstIdentified.map { today - $0 }
            changes.append(change)
            lastOutflow = today
            status = .housed
        case .inactive:
            changes.append(SlowChange(on: today, from: .inactive, to: .housed, measure: nil, reason: 0))
            status = .housed
        case .unknown, .housed, .deceased: break
        }
    }

    /// Open stays from before, and those of today that nobody watches (reading 8).
    private mutating func closeStaysForMoveIn() {
        for index in stays.indices where stays[index].isOpen && stays[index].hasBegun {
            let stay = stays[index]
            guard stay.nightClass != .housed else { continue }
            if stay.from < today || !stay.isWatched { stays[index].end(on: today) }
        }
    }

    private mutating func die() {
        let wasActive = status == .active
        changes.append(
            SlowChange(
                on: today, from: status, to: .deceased, measure: wasActive ? .movedToInactive : nil,
                reason: wasActive ? InactiveReason.deceased.rawValue : 0))
        status = .deceased
    }

    /// Comes onto the active list, or back to it.
    mutating func becomeActive() {
        let measure: Measure
        switch status {
        case .active, .deceased: return
        case .unknown: measure = .newlyIdentified
        case .housed: measure = isBeyondLookback ? .newlyIdentified : .returnedFromHousing
        case .inactive: measure = isBeyondLookback ? .newlyIdentified : .returnedFromInactive
        }
        changes.append(SlowChange(on: today, from: status, to: .active, measure: measure, reason: 0))
        status = .active
        episodeStart = today
        if firstIdentified == nil { firstIdentified = today }
    }

    private var isBeyondLookback: Bool {
        guard let days = policy.returnLookbackDays, let lastOutflow else { return false }
        return today - lastOutflow > days
    }

    /// Leaves the active list for a stated reason or a limit; open stays are closed from that day on.
    mutating func becomeInactive(_ reason: InactiveReason, closingFrom day: CivilDate? = nil) {
        changes.append(
            SlowChange(
                on: today, from: .active, to: .inactive, measure: .movedToInactive, reason: reason.rawValue))
        status = .inactive
        lastOutflow = today
        for index in stays.indices where stays[index].hasBegun {
            // Silence also ends what was learnt once, if an end was stated for it.
            guard stays[index].isOpen || (day != nil && stays[index].knowledge == .reported) else { continue }
            switch stays[index].nightClass {
            case .literal, .hidden, .transitional: stays[index].end(on: day ?? today)
            case .unrecorded, .institution, .housed: break
            }
        }
    }
}
