/// A part of the list that is counted; populations overlap and are never summed (domain.md 6).
///
/// The raw value is the population's bit in a `PopulationSet` and its row in the record.
package enum Population: UInt8, CaseIterable, Sendable {
    case all = 0
    case allSingles = 1
    case families = 2
    case youth = 3
    case veterans = 4
    case chronic = 5

    /// As coordinators write it.
    package var name: String {
        switch self {
        case .all: "All"
        case .allSingles: "All singles"
        case .families: "Families"
        case .youth: "Youth"
        case .veterans: "Veterans"
        case .chronic: "Chronic"
        }
    }

    /// The word used in addresses, settings and options.
    package var code: String {
        switch self {
        case .all: "all"
        case .allSingles: "all_singles"
        case .families: "families"
        case .youth: "youth"
        case .veterans: "veterans"
        case .chronic: "chronic"
        }
    }
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

    package mutating func insert(_ population: Population, head: Bool) {
        bits |= 1 << PopulationSet.shift(population, .persons)
        if head { bits |= 1 << PopulationSet.shift(population, .households) }
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
        UInt64(population.rawValue) + (unit == .households ? 32 : 0)
    }
}
