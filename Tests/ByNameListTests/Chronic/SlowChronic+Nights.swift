import CivilTime

/// What a night counts as.
///
/// In order of precedence, the last winning where records overlap (chronic-rules.md C7). Within housing and within
/// transitional housing the later beginning wins, and of two that begin together the kind that maintains no status.
enum SlowChronicNight: UInt8, Comparable {
    case unrecorded, hidden, literal, institution, transitionalVA, transitional, rapidRehousing, permanentHousing

    init(_ kind: SlowChronicCase.StayKind) {
        switch kind {
        case .unsheltered, .emergencyShelter, .safeHaven: self = .literal
        case .doubledUp, .hotelSelfPay: self = .hidden
        case .institution: self = .institution
        case .transitional: self = .transitional
        case .transitionalVA: self = .transitionalVA
        case .rapidRehousing: self = .rapidRehousing
        case .permanentHousing: self = .permanentHousing
        }
    }

    var isTransitional: Bool { self == .transitional || self == .transitionalVA }

    /// Emergency sheltered, unsheltered or provisionally accommodated (chronic-rules.md A4).
    var isHomelessInOntario: Bool { self == .literal || self == .hidden || self == .institution || isTransitional }

    /// Sheltered, unsheltered or hidden (chronic-rules.md A3, C15).
    var isHomelessInCanada: Bool { self == .literal || self == .hidden }

    /// Moves after which eligibility is maintained although nobody counts as chronic (chronic-rules.md A1, TH/RRH/VA).
    var maintainsEligibility: Bool { self == .rapidRehousing || self == .transitionalVA }

    static func < (left: SlowChronicNight, right: SlowChronicNight) -> Bool { left.rawValue < right.rawValue }
}

/// Every night from the first one recorded to the last one of interest.
struct SlowChronicNights {
    let first: CivilDate
    private(set) var kinds: [SlowChronicNight]
    /// The month that each night is in.
    private(set) var months: [Int32]

    init(_ stays: [SlowChronicCase.Stay], until last: CivilDate) {
        // A stay without a night is no evidence of one (chronic-rules.md C13).
        let real = stays.filter { stay in stay.end.map { stay.start < $0 } ?? true }
        first = min(real.map(\.start).min() ?? last, last)
        kinds = Array(repeating: .unrecorded, count: last - first + 1)
        months = []
        // Painted over one another, the weakest first.
        for stay in real.sorted(by: { SlowChronicNights.strength($0) < SlowChronicNights.strength($1) }) {
            let kind = SlowChronicNight(stay.kind)
            let end = SlowChronicNights.end(of: stay, among: real), tomorrow = last.adding(days: 1)
            let morningAfter = end.map { min($0, tomorrow) } ?? tomorrow
            var night = stay.start
            while night < morningAfter {
                kinds[night - first] = kind
                night = night.adding(days: 1)
            }
        }
        appendMonths()
    }

    private static func strength(_ stay: SlowChronicCase.Stay) -> (Int, CivilDate, UInt8) {
        let kind = SlowChronicNight(stay.kind)
        let group =
            switch kind {
            case .unrecorded: 0
            case .hidden: 1
            case .literal: 2
            case .institution: 3
            case .transitionalVA, .transitional: 4
            case .rapidRehousing, .permanentHousing: 5
            }
        return (group, stay.start, kind.rawValue)
    }

    /// Where the stay ends: an open record of housing, transitional housing or an institution ends when the person is
    /// homeless again in a record that starts later (chronic-rules.md C8).
    private static func end(of stay: SlowChronicCase.Stay, among stays: [SlowChronicCase.Stay]) -> CivilDate? {
        if let end = stay.end { return end }
        guard SlowChronicNight(stay.kind) > .literal else { return nil }
        return stays.filter { SlowChronicNight($0.kind) <= .literal && $0.start > stay.start }.map(\.start).min()
    }

    subscript(night: CivilDate) -> SlowChronicNight {
        let index = night - first
        return kinds.indices.contains(index) ? kinds[index] : .unrecorded
    }

    /// The night's place in `kinds`; that of a night before the first is 0.
    func index(_ night: CivilDate) -> Int { max(0, night - first) }

    func date(_ index: Int) -> CivilDate { first.adding(days: index) }

    /// How many nights of the window are of a kind.
    func count(from start: CivilDate, through end: CivilDate, where counts: (SlowChronicNight) -> Bool) -> Int {
        var count = 0
        var index = index(start)
        while index <= end - first {
            if counts(kinds[index]) { count += 1 }
            index += 1
        }
        return count
    }

    mutating func continueLastNight(until last: CivilDate) {
        guard let kind = kinds.last else { return }
        while date(kinds.count) <= last { kinds.append(kind) }
        appendMonths()
    }

    private mutating func appendMonths() {
        while months.count < kinds.count { months.append(date(months.count).month.monthNumber) }
    }
}
