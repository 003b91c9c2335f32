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
        var seen: Set<UInt64> = []
        for flow in flows(of: spells) {
            let month = flow.day.month.monthNumber
            forEachPlace(in: flow.populations, projection) { difference, place in
                let mark =
                    UInt64(UInt32(bitPattern: month)) << 24 | UInt64(flow.measure.rawValue) << 16
                    | UInt64(place.population) << 8 | UInt64(place.unit)
                let isFirst = seen.insert(mark).inserted
                let key = DayKey(
                    place: place, day: flow.day.dayNumber, measure: flow.measure.rawValue, reason: flow.reason)
                difference.count(Count(events: sign, people: isFirst ? sign : 0), at: key, in: month)
                let stock = Count(events: flow.measure.isInflow ? sign : -sign)
                difference.count(stock, of: TallyDifference.stock, at: place, in: month)
                guard let length = flow.length else { return }
                for (start, days) in [length.fromEpisode, length.fromIdentification].enumerated() {
                    let key = LengthKey(place: place, month: month, start: UInt8(start), days: Int32(days))
                    difference.lengths[key, default: 0] += sign
                }
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
        for (gap, measure) in TallyDifference.gapMeasures where spell.gaps.contains(gap) {
            forEachPlace(in: spell.populations, projection) { difference, place in
                difference.shift(measure, at: place, on: spell.from, by: sign)
                if let end = spell.to { difference.shift(measure, at: place, on: end, by: -sign) }
            }
        }
    }

    private mutating func shift(_ measure: UInt8, at place: Place, on day: CivilDate, by change: Int) {
        let key = DayKey(place: place, day: day.dayNumber, measure: measure, reason: 0)
        count(Count(events: change), at: key, in: day.month.monthNumber)
    }

    private mutating func count(_ change: Count, at key: DayKey, in month: Int32) {
        days[key, default: Count()] = days[key, default: Count()] + change
        let monthKey = MonthKey(place: key.place, month: month, measure: key.measure, reason: key.reason)
        months[monthKey, default: Count()] = months[monthKey, default: Count()] + change
    }

    private mutating func count(_ change: Count, of measure: UInt8, at place: Place, in month: Int32) {
        let key = MonthKey(place: place, month: month, measure: measure, reason: 0)
        months[key, default: Count()] = months[key, default: Count()] + change
    }

    private mutating func forEachPlace(
        in populations: PopulationSet, _ projection: Int64, _ body: (inout TallyDifference, Place) -> Void
    ) {
        var bits = populations.bits
        while bits != 0 {
            let bit = UInt8(bits.trailingZeroBitCount)
            bits &= bits - 1
            body(&self, Place(projection: projection, population: bit & 31, unit: bit >> 5))
        }
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
