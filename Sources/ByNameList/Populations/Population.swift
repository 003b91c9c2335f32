/// A part of the list that is counted; populations overlap and are never summed (domain.md 6).
///
/// The standard ones are the same everywhere; a community's saved filters follow them, as its policy lists them.
package struct Population: Hashable, Sendable {
    /// Its bit in a `PopulationSet` and its number in the counts of a projection.
    package let place: UInt8
    /// The word used in addresses, settings and options.
    package let code: String
    /// As coordinators write it.
    package let name: String

    package init(place: UInt8, code: String, name: String) {
        self.place = place
        self.code = code
        self.name = name
    }

    package static let all = Population(place: 0, code: "all", name: "All")
    package static let allSingles = Population(place: 1, code: "all_singles", name: "All singles")
    package static let families = Population(place: 2, code: "families", name: "Families")
    package static let youth = Population(place: 3, code: "youth", name: "Youth")
    package static let veterans = Population(place: 4, code: "veterans", name: "Veterans")
    package static let chronic = Population(place: 5, code: "chronic", name: "Chronic")
    package static let chronicVeterans = Population(place: 6, code: "chronic_veterans", name: "Chronic veterans")
    package static let indigenous = Population(place: 7, code: "indigenous", name: "Indigenous")

    /// Those of every community, in order of their places.
    package static let standard = [
        all, allSingles, families, youth, veterans, chronic, chronicVeterans, indigenous,
    ]

    /// Where the saved filters of a policy begin, and how many there can be: the places up to the one that nobody has.
    static let firstSaved = UInt8(standard.count)
    package static let savedMax = Int(PopulationSet.leftOutPlace - firstSaved)
}

/// Whom a figure counts.
package enum CountingUnit: UInt8, CaseIterable, Sendable {
    case persons = 0
    /// People who are the head of their household on that day.
    case households = 1

    package var code: String {
        switch self {
        case .persons: "persons"
        case .households: "households"
        }
    }
}

/// Which populations somebody belongs to, in both units.
package struct PopulationSet: Hashable, Sendable {
    /// Bit p: population p in persons; bit 32 + p: in households.
    package var bits: UInt64

    package init(bits: UInt64 = 0) {
        self.bits = bits
    }

    package func contains(_ population: Population, _ unit: CountingUnit) -> Bool {
        bits >> PopulationSet.shift(population, unit) & 1 == 1
    }

    package mutating func insert(_ population: Population, head: Bool) { insert(place: population.place, head: head) }

    mutating func insert(place: UInt8, head: Bool) {
        bits |= 1 << UInt64(place)
        if head { bits |= 1 << UInt64(place + 32) }
    }

    /// The place of people who are active and left out of every population, because they have not consented to be on
    /// the list and the policy asks for it; no population has it.
    package static let leftOutPlace: UInt8 = 31

    /// Whether somebody is active but left out of every population for want of consent.
    package func isLeftOut(_ unit: CountingUnit) -> Bool {
        bits >> (UInt64(PopulationSet.leftOutPlace) + (unit == .households ? 32 : 0)) & 1 == 1
    }

    package mutating func leaveOut(head: Bool) {
        bits |= 1 << UInt64(PopulationSet.leftOutPlace)
        if head { bits |= 1 << UInt64(PopulationSet.leftOutPlace + 32) }
    }

    package static func shift(_ population: Population, _ unit: CountingUnit) -> UInt64 {
        UInt64(population.place) + (unit == .households ? 32 : 0)
    }
}
