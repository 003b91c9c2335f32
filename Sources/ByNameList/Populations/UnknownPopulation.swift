/// A population was asked for that the community does not have.
package struct UnknownPopulation: Error, Hashable, Sendable {
    /// The codes of those that there are.
    package let known: [String]
}

extension [Population] {
    /// The one of that code.
    package func named(_ code: String) throws(UnknownPopulation) -> Population {
        guard let found = first(where: { $0.code == code }) else { throw UnknownPopulation(known: map(\.code)) }
        return found
    }

    /// Those that somebody belongs to.
    package func of(_ set: PopulationSet, in unit: CountingUnit = .persons) -> [Population] {
        filter { set.contains($0, unit) }
    }
}
