import CivilTime

/// The lines of the table of domain.md 5: what each kind of event does to the status.
extension StatusFold {
    // MARK: Becoming active

    mutating func homelessEvidence(on day: Day, fact: FactID?) {
        lastActivity = day
        endOpenHousing(on: day)
        if status == .housed || status == .unknown, isInsideStatedHousing {
            note(.homelessEvidenceInsideHousing, on: day, fact: fact)
            return
        }
        switch status {
        case .active, .deceased:
            break
        case .housed where housedOn == day, .unknown where housedOn == day:
            returnsOn = day + 1
            returnEvidence = fact
        case .housed, .inactive, .unknown:
            becomeActive(on: day, fact: fact)
        }
    }

    mutating func becomeActive(on day: Day, fact: FactID?) {
        let (measure, rule): (Measure, TimelineRule) =
            switch status {
            case .housed: (.returnedFromHousing, .returnFromHousing)
            case .inactive: (.returnedFromInactive, .returnFromInactive)
            case .unknown, .active, .deceased: (.newlyIdentified, .identification)
            }
        let opened = isBeyondLookback(day) ? .newlyIdentified : measure
        change(to: .active, on: day, measure: opened, fact: fact, rule: rule)
        episodes.append(Episode(from: day, to: .never, opened: opened, closed: nil, closedReason: 0))
        returnsOn = .never
    }

    private func isBeyondLookback(_ day: Day) -> Bool {
        guard let days = policy.returnLookbackDays, let lastOutflow else { return false }
        return day - lastOutflow > Day(days)
    }

    private var isInsideStatedHousing: Bool {
        current.contains { stays[$0].nightClass == .housed && !stays[$0].isOpen }
    }

    /// An open housed stay ends where homeless evidence begins.
    private mutating func endOpenHousing(on day: Day) {
        for index in current where isOpenHousing(index) && stays[index].from < day {
            stays[index].end = min(stays[index].end, day)
        }
    }

    func isOpenHousing(_ index: Int) -> Bool { stays[index].nightClass == .housed && stays[index].isOpen }

    // MARK: Stays

    /// A contact seen homeless is evidence wherever the night was spent (domain.md 4).
    mutating func seenHomeless(_ index: Int, on day: Day, fact: FactID?) {
        beginNights(index, on: day)
        homelessEvidence(on: day, fact: fact)
    }

    /// The beginning of a recorded housed stay is a move-in.
    mutating func beginStay(_ index: Int, on day: Day, fact: FactID?) {
        let stay = stays[index]
        if stay.isRecorded, stay.end > day, let housing = stay.housing {
            lastActivity = day
            moveIn(on: day, housing, stay: index, fact: fact)
            return
        }
        beginNights(index, on: day)
        guard stay.isRecorded else { return }
        switch stay.nightClass {
        case .literal, .hidden, .transitional:
            if policy.isHomeless(stay.nightClass) {
                homelessEvidence(on: day, fact: fact)
            } else {
                lastActivity = day
                if status == .active, stay.statedEnd > stay.from {
                    becomeInactive(on: day, .notLiterallyHomeless, .notLiterallyHomeless, fact: fact)
                }
            }
        case .institution, .housed, .unrecorded:
            lastActivity = day
        }
    }

    private mutating func beginNights(_ index: Int, on day: Day) {
        let stay = stays[index]
        guard stay.end > day else { return }
        current.append(index)
    }

    // MARK: Leaving the active list

    mutating func moveIn(on day: Day, _ housing: Housing, stay: Int?, fact: FactID?) {
        closeStaysAtMoveIn(day)
        waiting = waiting.compactMap { span in
            guard span.from <= day, day < span.end else { return span }
            return span.from < day ? DaySpan(from: span.from, end: day) : nil
        }
        if let stay { current.append(stay) }
        housedOn = day
        statedHousingEndedOn = .min
        returnsOn = .never
        switch status {
        case .active:
            close(on: day, .housingMoveIns, reason: housing.rawValue)
            change(to: .housed, on: day, measure: .housingMoveIns, reason: housing.rawValue, fact: fact, rule: .moveIn)
        case .inactive:
            note(.moveInWhileInactive, on: day, fact: fact)
            change(to: .housed, on: day, measure: nil, reason: housing.rawValue, fact: fact, rule: .moveIn)
        case .unknown:
            note(.moveInBeforeIdentification, on: day, fact: fact)
        case .housed, .deceased:
            break
        }
        // A watched stay that goes on may bring the person back tomorrow.
        changedToday = true
    }

    private mutating func closeStaysAtMoveIn(_ day: Day) {
        for index in current where stays[index].isOpen && stays[index].nightClass != .housed {
            if stays[index].from < day || !stays[index].isActivityEachNight { stays[index].end = day }
        }
        current.removeAll { stays[$0].end <= day }
    }

    mutating func programmeExit(on day: Day, toUnknown: Bool, fact: FactID?) {
        guard status == .active else { return }
        lastActivity = day
        guard toUnknown, policy.exitToUnknown == .inactive else { return }
        if !stays.contains(where: { $0.isRecorded && $0.covers(day) }) {
            becomeInactive(on: day, .noContact, .exitToUnknown, fact: fact)
        }
    }

    mutating func becomeInactive(on day: Day, _ reason: InactiveReason, _ rule: TimelineRule, fact: FactID?) {
        closeOpenStays(at: day)
        close(on: day, .movedToInactive, reason: reason.rawValue)
        change(to: .inactive, on: day, measure: .movedToInactive, reason: reason.rawValue, fact: fact, rule: rule)
    }

    mutating func die(on day: Day, fact: FactID?) {
        let counted = status == .active
        let reason = InactiveReason.deceased.rawValue
        if counted { close(on: day, .movedToInactive, reason: reason) }
        change(
            to: .deceased, on: day, measure: counted ? .movedToInactive : nil, reason: reason, fact: fact, rule: .death)
    }

    // MARK: Limits, at the end of the day

    mutating func testLimits(on day: Day) {
        if night(on: day) == .institution {
            let since = institutionSince ?? day
            guard status == .active, day - since == Day(policy.institutionDaysMax) else { return }
            closeOpenStays(at: day)
            close(on: day, .movedToInactive, reason: InactiveReason.institutionOverLimit.rawValue)
            change(
                to: .inactive, on: day, measure: .movedToInactive,
                reason: InactiveReason.institutionOverLimit.rawValue, fact: nil, rule: .institutionLimit, since: since)
            return
        }
        guard status == .active, let days = daysOfSilence(on: day), day - lastActivity >= days else { return }
        close(on: day, .movedToInactive, reason: InactiveReason.noContact.rawValue)
        change(
            to: .inactive, on: day, measure: .movedToInactive, reason: InactiveReason.noContact.rawValue, fact: nil,
            rule: .inactivityLimit, since: lastActivity)
        cutNights(after: lastActivity, knownUntil: day)
    }

    /// The days of silence that end in inactivity; `nil` while no limit is set.
    func daysOfSilence(on day: Day) -> Day? {
        var night = night(on: day)
        if night == .unknown { night = nights.last { $0.value != .unknown }?.value ?? .unknown }
        let household = householdTypes.inForce(on: day) ?? .singles
        guard let days = policy.inactivityDays(on: CivilDate(dayNumber: day), night: night, household: household)
        else { return nil }
        return Day(days) + (policy.inactivityComparator == .moreThan ? 1 : 0)
    }

    // MARK: Nights

    /// The first night of the run in institutions that the last painted night belongs to.
    var institutionSince: Day? { nights.last?.value == .institution ? nights.last?.from : nil }

    /// Where the night is spent: of several records the greater class, then the later-starting.
    func night(on day: Day) -> Situation {
        var winner: StayTrack?
        for index in current where stays[index].covers(day) { winner = stays[index].winner(over: winner) }
        return winner?.situation ?? .unknown
    }

    mutating func paint(_ day: Day) {
        let tonight = night(on: day)
        if nights.last?.value ?? .unknown != tonight { nights.append(Step(from: day, value: tonight)) }
    }

    /// Literal, hidden and transitional stays that are still open end on the day.
    private mutating func closeOpenStays(at day: Day) {
        for index in current where isClosedByInactivity(index) { stays[index].end = max(stays[index].from, day) }
        current.removeAll { stays[$0].end <= day }
    }

    /// Silence ends what was learnt once even if an end was stated; the person's own words stand.
    private func isClosedBySilence(_ index: Int) -> Bool {
        guard stays[index].knowledge == .reported else { return isClosedByInactivity(index) }
        return isOfTheList(index)
    }

    private func isClosedByInactivity(_ index: Int) -> Bool { stays[index].isOpen && isOfTheList(index) }

    private func isOfTheList(_ index: Int) -> Bool {
        switch stays[index].nightClass {
        case .literal, .hidden, .transitional: return true
        case .institution, .housed, .unrecorded: return false
        }
    }

    /// Silence closes stays after the last activity; episodes that lasted longer keep the nights as they were known.
    private mutating func cutNights(after last: Day, knownUntil day: Day) {
        let cut = stays.indices.filter { isClosedBySilence($0) && stays[$0].from <= day && stays[$0].end > last + 1 }
        guard !cut.isEmpty else { return }
        for index in episodes.indices where episodes[index].to > last + 1 {
            episodes[index].nightsWhileItLasted = episodes[index].nightsWhileItLasted ?? nights
        }
        for index in cut { stays[index].end = max(stays[index].from, last + 1) }
        current.removeAll { stays[$0].end <= day }
        repaint(from: last + 1, to: day)
    }

    private mutating func repaint(from first: Day, to end: Day) {
        guard first < end else { return }
        while let last = nights.last, last.from >= first { nights.removeLast() }
        var edges = [first]
        for stay in stays {
            if stay.from > first, stay.from < end { edges.append(stay.from) }
            if stay.end > first, stay.end < end { edges.append(stay.end) }
        }
        edges.sort()
        for edge in edges {
            var winner: StayTrack?
            for stay in stays where stay.covers(edge) { winner = stay.winner(over: winner) }
            let night = winner?.situation ?? .unknown
            if nights.last?.value ?? .unknown != night { nights.append(Step(from: edge, value: night)) }
        }
    }

    // MARK: Writing it down

    private mutating func close(on day: Day, _ measure: Measure, reason: UInt8) {
        lastOutflow = day
        episodes[episodes.count - 1].to = day
        episodes[episodes.count - 1].closed = measure
        episodes[episodes.count - 1].closedReason = reason
    }

    private mutating func change(
        to next: ListStatus, on day: Day, measure: Measure?, reason: UInt8 = 0, fact: FactID?, rule: TimelineRule,
        since: Day? = nil
    ) {
        changes.append(
            StatusChange(
                on: CivilDate(dayNumber: day), from: status, to: next, measure: measure, reason: reason, fact: fact,
                rule: rule, since: since.map { CivilDate(dayNumber: $0) }))
        status = next
        changedToday = true
    }

    mutating func note(_ kind: FindingKind, on day: Day, fact: FactID?) {
        findings.append(Finding(kind: kind, on: CivilDate(dayNumber: day), fact: fact))
    }
}
