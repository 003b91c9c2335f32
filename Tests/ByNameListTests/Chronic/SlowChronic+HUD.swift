import CivilTime

/// Whether a night is one of "living so" (24 CFR 578.3 (1)(ii)).
enum SlowChronicMember: UInt8 {
    case out, literal, institution, filled
}

/// The nights of "living so" up to the one that is looked back from, recomputed from the paint.
struct SlowChronicOccasions {
    let nights: SlowChronicNights
    /// The last night counted, as an index; the window of three calendar years ends with it.
    let last: Int
    let windowFirst: Int
    private(set) var members: [SlowChronicMember]

    init(_ nights: SlowChronicNights, through lastNight: CivilDate) {
        self.nights = nights
        last = lastNight - nights.first
        windowFirst = nights.index(lastNight.minusYears(3).adding(days: 1))
        members = Array(repeating: .out, count: max(0, last + 1))
        markHomelessNights()
        fillGaps()
    }

    private mutating func markHomelessNights() {
        var night = 0
        while night <= last {
            switch nights.kinds[night] {
            case .literal:
                members[night] = .literal
                night += 1
            case .institution:
                let end = nights.endOfInstitution(night, through: last)
                if nights.institutionCounts(night, end) {
                    for inside in night..<end { members[inside] = .institution }
                }
                night = end
            default:
                night += 1
            }
        }
    }

    // 578.3 (1)(ii): only seven consecutive nights are a break; fewer are counted (chronic-rules.md 0.4).
    private mutating func fillGaps() {
        var latest: Int?
        for night in members.indices where members[night] != .out {
            if let latest, night - latest - 1 < 7 {
                for between in (latest + 1)..<night { members[between] = .filled }
            }
            latest = night
        }
    }

    /// The first night of the unbroken occasion that the last night belongs to, not clipped to the window.
    var currentFirst: Int {
        var night = last
        while night > 0, members[night - 1] != .out { night -= 1 }
        return night
    }

    var nightsInWindow: Int {
        var count = 0
        for night in windowFirst..<max(windowFirst, members.count) where members[night] != .out { count += 1 }
        return count
    }

    var filledInWindow: Int {
        var count = 0
        for night in windowFirst..<max(windowFirst, members.count) where members[night] == .filled { count += 1 }
        return count
    }

    // An occasion counts if one night of it lies inside (chronic-rules.md C12).
    var occasionsInWindow: Int {
        var count = 0
        for night in windowFirst..<max(windowFirst, members.count) where members[night] != .out {
            if night == windowFirst || members[night - 1] == .out { count += 1 }
        }
        return count
    }

    var monthsInWindow: Int { months(from: windowFirst) }

    /// Calendar months with any night from that one on: one night counts the whole month (chronic-rules.md A1).
    func months(from first: Int) -> Int {
        var count = 0
        var latest: Int32?
        for night in first..<max(first, members.count) where members[night] != .out {
            if nights.months[night] != latest { count += 1 }
            latest = nights.months[night]
        }
        return count
    }

    /// The gaps between the occasions of the window.
    var breaks: [SlowChronicVerdict.Break] {
        var breaks: [SlowChronicVerdict.Break] = []
        var latest: Int?
        for night in windowFirst..<max(windowFirst, members.count) where members[night] != .out {
            if let latest, night > latest + 1 {
                breaks.append(.init(from: nights.date(latest + 1), end: nights.date(night)))
            }
            latest = night
        }
        return breaks
    }
}

extension SlowChronicNights {
    /// The morning after the run of institution nights; adjoining stays are one run (chronic-rules.md C5).
    func endOfInstitution(_ start: Int, through last: Int) -> Int {
        var end = start
        while end <= last, kinds[end] == .institution { end += 1 }
        return end
    }

    /// 578.3 (1)(ii): fewer than 90 days, and homeless on the night immediately before (chronic-rules.md C6).
    func institutionCounts(_ start: Int, _ end: Int) -> Bool {
        end - start < 90 && isFromTheStreet(start)
    }

    func isFromTheStreet(_ start: Int) -> Bool {
        start > 0 && kinds[start - 1] == .literal
    }
}

// United States: 24 CFR 578.3; chronic-rules.md A1.
extension SlowChronicModel {
    func hudMeetsTime(on day: CivilDate) -> Bool {
        guard let current = hudCurrent(on: day) else { return false }
        return hudBasis(SlowChronicOccasions(nights, through: current.last)) != nil
    }

    func hudVerdict(on day: CivilDate) -> SlowChronicVerdict {
        let current = hudCurrent(on: day)
        let occasions = SlowChronicOccasions(nights, through: current?.last ?? day)
        let basis = current == nil ? nil : hudBasis(occasions)
        let (status, reason) = hudStatus(isCurrent: current != nil, timeIsMet: basis != nil)
        var verdict = SlowChronicVerdict(
            status: status, reason: reason, basis: status == .notEvaluated ? nil : basis,
            nights: occasions.nightsInWindow, presumed: current?.presumed)
        verdict.months = occasions.monthsInWindow
        verdict.occasions = occasions.occasionsInWindow
        verdict.currentNights = current == nil ? 0 : occasions.last - occasions.currentFirst + 1
        verdict.currentSince = current == nil ? nil : nights.date(occasions.currentFirst)
        verdict.maintainedEligibility = hudMaintainsEligibility(on: day)
        verdict.breaks = occasions.breaks
        verdict.institutions = institutions(from: occasions.windowFirst, on: day)
        verdict.filled = occasions.filledInWindow
        return verdict
    }

    private func hudStatus(
        isCurrent: Bool, timeIsMet: Bool
    ) -> (SlowChronicVerdict.Status, SlowChronicVerdict.Reason?) {
        // 578.3 (3): a family is judged by its head.
        if question.role == .child { return (.notEvaluated, .notHeadOrAdult) }
        if !isCurrent { return (.notChronic, .notCurrentlyHomeless) }
        if !timeIsMet { return (.notChronic, .timeNotMet) }
        switch question.disability {
        case .yes: return (.chronic, nil)
        case .no: return (.notChronic, .noDisablingCondition)
        case .unknown: return (.unknown, .disablingConditionUnknown)
        }
    }

    /// The night to look back from, and whether the person is only presumed to live so still.
    private func hudCurrent(on day: CivilDate) -> (last: CivilDate, presumed: SlowChronicVerdict.Presumption?)? {
        switch nights[day] {
        case .literal:
            return (day, nil)
        case .institution:
            // 578.3 (2): fewer than 90 days, and all of (1) met before entering.
            let before = nightBefore(day) { $0 == .institution }
            guard nights[before] == .literal, day - before < 90 else { return nil }
            return (before, .institutionUnderNinety)
        case .unrecorded, .hidden:
            // Fewer than seven nights away end no occasion (chronic-rules.md C2).
            for away in 1...6 {
                let before = day.adding(days: -away)
                if nights[before] == .literal { return (before, .underSevenNights) }
                guard nights[before] == .unrecorded || nights[before] == .hidden else { return nil }
            }
            return nil
        case .transitional, .transitionalVA, .rapidRehousing, .permanentHousing:
            return nil
        }
    }

    // 578.3 (1)(ii): twelve months continuously, or four occasions that make twelve months.
    private func hudBasis(_ occasions: SlowChronicOccasions) -> SlowChronicVerdict.Basis? {
        let isContinuous =
            switch question.options.continuous {
            case .nights365: occasions.last - occasions.currentFirst + 1 >= 365
            case .calendarMonths: occasions.months(from: occasions.currentFirst) >= 12
            }
        if isContinuous { return .continuous }
        guard occasions.occasionsInWindow >= 4 else { return nil }
        let isTwelveMonths =
            switch question.options.cumulative {
            case .nights365: occasions.nightsInWindow >= 365
            case .calendarMonths: occasions.monthsInWindow >= 12
            }
        return isTwelveMonths ? .occasions : nil
    }

    private func hudMaintainsEligibility(on day: CivilDate) -> Bool {
        guard nights[day].maintainsEligibility else { return false }
        return isChronic(on: nightBefore(day, where: \.maintainsEligibility))
    }

    private func institutions(from windowFirst: Int, on day: CivilDate) -> [SlowChronicVerdict.Institution] {
        let last = day - nights.first
        var found: [SlowChronicVerdict.Institution] = []
        var night = 0
        while night <= last {
            let end = nights.endOfInstitution(night, through: last)
            if end > max(night, windowFirst) {
                let answer: SlowChronicVerdict.Institution.Answer =
                    if end - night >= 90 {
                        .ninetyOrMore
                    } else if !nights.isFromTheStreet(night) {
                        .notFromTheStreet
                    } else if end > last {
                        .stillIn
                    } else {
                        .counted
                    }
                found.append(.init(from: nights.date(night), end: nights.date(end), answer: answer))
            }
            night = max(end, night + 1)
        }
        return found
    }
}
