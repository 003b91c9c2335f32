import ByNameList
import CivilTime

/// What changes in the counted projections: gathered in memory over a group of changes, then written once.
struct TallyDifference: Sendable {
    struct Place: Hashable {
        let projection: Int64
        let population: UInt8
        let unit: UInt8
    }

    struct DayKey: Hashable, TallyKey {
        let place: Place
        let day: Int32
        let measure: UInt8
        let reason: UInt8

        var packed: UInt64 {
            place.packed << 48 | UInt64(UInt32(bitPattern: day)) << 16 | UInt64(measure) << 8 | UInt64(reason)
        }
    }

    struct MonthKey: Hashable, TallyKey {
        let place: Place
        let month: Int32
        let measure: UInt8
        let reason: UInt8

        var packed: UInt64 {
            place.packed << 48 | UInt64(measure) << 40 | UInt64(UInt32(bitPattern: month) & 0xFFFF_FFFF) << 8
                | UInt64(reason)
        }
    }

    struct LengthKey: Hashable, TallyKey {
        let place: Place
        let month: Int32
        let start: UInt8
        let days: Int32

        var packed: UInt64 {
            place.packed << 48 | UInt64(UInt16(truncatingIfNeeded: month)) << 32 | UInt64(start) << 31
                | UInt64(UInt32(bitPattern: days) & 0x7FFF_FFFF)
        }
    }

    private(set) var days: [DayKey: Count] = [:]
    private(set) var months: [MonthKey: Count] = [:]
    private(set) var lengths: [LengthKey: Int] = [:]

    /// The gaps that are counted beside the flows, by the number they have in the tables.
    static let gapMeasures: [(gap: Gaps, measure: UInt8)] = [(.unnamed, 11), (.unassessed, 12), (.unconsented, 13)]
    /// The net number of people in the population.
    static let stock: UInt8 = 0

    var isEmpty: Bool { days.isEmpty && months.isEmpty && lengths.isEmpty }

    /// Adds what the spells of one person count for, or takes it away.
    mutating func add(_ spells: [Spell], to projection: Int64, sign: Int) {
        var seen = SeenFlows()
        for flow in flows(of: spells) {
            let month = flow.day.month.monthNumber
            let first = seen.first(flow, in: month)
            let stock = Count(events: flow.measure.isInflow ? sign : -sign)
            for place in places(flow.populations, projection) {
                let isFirst = first.bits >> place.bit & 1 == 1
                let key = DayKey(
                    place: place.place, day: flow.day.dayNumber, measure: flow.measure.rawValue, reason: flow.reason)
                count(Count(events: sign, people: isFirst ? sign : 0), at: key, in: month)
                let stockKey = MonthKey(place: place.place, month: month, measure: TallyDifference.stock, reason: 0)
                months[stockKey, default: Count()] += stock
                if let length = flow.length { count(length, at: place.place, in: month, sign: sign) }
            }
        }
        for spell in spells { addGaps(of: spell, to: projection, sign: sign) }
    }

    /// Whether anything is left once what cancels out is left aside.
    var changesAnything: Bool {
        days.contains { $0.value != Count() } || months.contains { $0.value != Count() }
            || lengths.contains { $0.value != 0 }
    }

    /// Adds another difference to this one.
    mutating func merge(_ other: TallyDifference) {
        guard !other.isEmpty else { return }
        guard !isEmpty else {
            self = other
            return
        }
        days.merge(other.days) { $0 + $1 }
        months.merge(other.months) { $0 + $1 }
        lengths.merge(other.lengths) { $0 + $1 }
    }

    /// Drops what has cancelled out.
    mutating func compact() {
        days = days.filter { $0.value != Count() }
        months = months.filter { $0.value != Count() }
        lengths = lengths.filter { $0.value != 0 }
    }

    private mutating func addGaps(of spell: Spell, to projection: Int64, sign: Int) {
        guard !spell.gaps.isEmpty, spell.to != spell.from else { return }
        let begin = (day: spell.from.dayNumber, month: spell.from.month.monthNumber)
        let end = spell.to.map { (day: $0.dayNumber, month: $0.month.monthNumber) }
        for (gap, measure) in TallyDifference.gapMeasures where spell.gaps.contains(gap) {
            for place in places(spell.populations, projection) {
                let first = DayKey(place: place.place, day: begin.day, measure: measure, reason: 0)
                count(Count(events: sign), at: first, in: begin.month)
                guard let end else { continue }
                let last = DayKey(place: place.place, day: end.day, measure: measure, reason: 0)
                count(Count(events: -sign), at: last, in: end.month)
            }
        }
    }

    private mutating func count(_ change: Count, at key: DayKey, in month: Int32) {
        days[key, default: Count()] += change
        let monthKey = MonthKey(place: key.place, month: month, measure: key.measure, reason: key.reason)
        months[monthKey, default: Count()] += change
    }

    private mutating func count(_ length: Flow.LengthOfTime, at place: Place, in month: Int32, sign: Int) {
        let fromEpisode = LengthKey(place: place, month: month, start: 0, days: Int32(length.fromEpisode))
        lengths[fromEpisode, default: 0] += sign
        let ever = LengthKey(place: place, month: month, start: 1, days: Int32(length.fromIdentification))
        lengths[ever, default: 0] += sign
    }

    private func places(_ populations: PopulationSet, _ projection: Int64) -> Places {
        Places(projection: projection, bits: populations.bits)
    }

    /// The places that a set of populations stands for.
    private struct Places: Sequence, IteratorProtocol {
        let projection: Int64
        var bits: UInt64

        mutating func next() -> (place: Place, bit: UInt64)? {
            guard bits != 0 else { return nil }
            let bit = UInt64(bits.trailingZeroBitCount)
            bits &= bits - 1
            return (Place(projection: projection, population: UInt8(bit & 31), unit: UInt8(bit >> 5)), bit)
        }
    }
}

/// In which months and populations flows of a person have been met: people are counted at the first of each measure.
private struct SeenFlows {
    private var seen: [(month: Int32, measure: Measure, populations: PopulationSet)] = []

    /// The populations of the flow for which it is the first of its measure in the month.
    mutating func first(_ flow: Flow, in month: Int32) -> PopulationSet {
        // A month has few flows of one person, and they come in order: the last are looked at first.
        guard let index = seen.lastIndex(where: { $0.month == month && $0.measure == flow.measure }) else {
            seen.append((month, flow.measure, flow.populations))
            return flow.populations
        }
        let known = seen[index].populations.bits
        seen[index].populations.bits |= flow.populations.bits
        return PopulationSet(bits: flow.populations.bits & ~known)
    }
}

/// A key that packs into one number, by which it is hashed fast and sorted as the tables are.
protocol TallyKey: Hashable {
    var place: TallyDifference.Place { get }
    /// All but the projection, which is the same for nearly all keys of a difference.
    var packed: UInt64 { get }
}

extension TallyDifference.Place {
    /// Population and unit.
    var packed: UInt64 { UInt64(population) << 1 | UInt64(unit) }
}

extension TallyKey {
    func hash(into hasher: inout Hasher) { hasher.combine(packed) }

    /// One multiplication instead of SipHash, which took a tenth of a rebuild; nobody outside chooses these keys.
    func _rawHashValue(seed: Int) -> Int {
        let mixed = (packed ^ UInt64(bitPattern: Int64(seed))) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }

    static func isBefore(_ left: Self, _ right: Self) -> Bool {
        (left.place.projection, left.packed) < (right.place.projection, right.packed)
    }
}
