import CivilTime

/// What somebody counted for in a month as submitted and does not now, and the other way round, in one population.
package struct MonthDifference: Hashable, Sendable {
    package let person: PersonID
    package let onlySubmitted: [MonthEntry]
    package let onlyNow: [MonthEntry]
}

/// One side of a comparison: who counts in a month, and the population as its policy has it.
package struct MonthSide: Sendable {
    package let entries: [PersonID: [MonthEntry]]
    package let population: Population

    package init(entries: [PersonID: [MonthEntry]], population: Population) {
        self.entries = entries
        self.population = population
    }

    /// How often a figure was counted.
    package func count(_ figure: Figure, _ unit: CountingUnit) -> Int {
        entries.values.reduce(0) { sum, entries in
            sum + entries.count { $0.figure == figure && $0.counts(in: population, unit) }
        }
    }

    /// What somebody counts for in the population, by figure, day and reason.
    fileprivate func counted(_ person: PersonID, _ unit: CountingUnit) -> [Counted: Int] {
        var counts: [Counted: Int] = [:]
        for entry in entries[person] ?? [] where entry.counts(in: population, unit) {
            counts[Counted(entry), default: 0] += 1
        }
        return counts
    }

    fileprivate func entries(of person: PersonID, beyond other: [Counted: Int], _ unit: CountingUnit) -> [MonthEntry] {
        var rest = other
        return (entries[person] ?? []).filter { entry in
            guard entry.counts(in: population, unit) else { return false }
            let left = rest[Counted(entry)] ?? 0
            rest[Counted(entry)] = left - 1
            return left <= 0
        }
    }
}

/// An entry, whatever else it counts in.
private struct Counted: Hashable {
    let figure: Figure
    let day: Int32
    let reason: UInt8

    init(_ entry: MonthEntry) {
        figure = entry.figure
        day = entry.day.dayNumber
        reason = entry.reason
    }
}

/// Everybody of whom a month says something else than it said when it was submitted, in order of record number.
package func differences(submitted: MonthSide, now: MonthSide, _ unit: CountingUnit) -> [MonthDifference] {
    Set(submitted.entries.keys).union(now.entries.keys).sorted().compactMap { person in
        let (then, known) = (submitted.counted(person, unit), now.counted(person, unit))
        guard then != known else { return nil }
        return MonthDifference(
            person: person, onlySubmitted: submitted.entries(of: person, beyond: known, unit),
            onlyNow: now.entries(of: person, beyond: then, unit))
    }
}
