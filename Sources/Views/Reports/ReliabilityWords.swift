package import ByNameList

/// Whether a month balances, in a line that a coordinator can read out.
package struct ReliabilityWords {
    private let reliability: DataReliability
    private let actual: Int?
    private let population: String
    private let unit: CountingUnit
    private let threshold: Double

    /// - Parameters:
    ///   - actual: the people who were reported at the end of the month.
    ///   - population: as coordinators write it.
    package init(
        _ reliability: DataReliability, actual: Int?, population: String, unit: CountingUnit, threshold: Double
    ) {
        self.reliability = reliability
        self.actual = actual
        self.population = population
        self.unit = unit
        self.threshold = threshold
    }

    package var line: String { oneMonth + " " + threeMonths }

    private var oneMonth: String {
        guard let error = reliability.error, let actual, let expected = reliability.expected else {
            return "Whether \(population) balances cannot be told: \(missing(reliability.oneMonth))."
        }
        guard error != 0 else {
            return "\(population) has as many \(counted(0)) reported as actively homeless as expected: \(actual)."
        }
        let amount = "\(error.magnitude) \(error > 0 ? "more" : "fewer") \(counted(Int(error.magnitude)))"
        return "\(population) has \(amount) reported as actively homeless than expected: \(actual) in place of "
            + "\(expected)\(share(reliability.oneMonth))."
    }

    private var threeMonths: String {
        guard let error = reliability.threeMonths.error else {
            return "Over three months it cannot be told: \(missing(reliability.threeMonths))."
        }
        guard error != 0 else { return "Over three months it balances." }
        return "Over three months the error is \(error)\(share(reliability.threeMonths))."
    }

    private func share(_ error: ErrorShare) -> String {
        guard let share = error.share, let isWithin = error.isWithin(threshold) else {
            return ", which is no share of nobody"
        }
        return ", \(percent(share)), \(isWithin ? "within" : "beyond") \(percent(threshold))"
    }

    private func missing(_ error: ErrorShare) -> String {
        let months = error.missing.map { "\($0)" }.joined(separator: ", ")
        return "\(months) \(error.missing.count == 1 ? "was" : "were") not reported"
    }

    private func counted(_ count: Int) -> String {
        switch unit {
        case .persons: count == 1 ? "person" : "people"
        case .households: count == 1 ? "household" : "households"
        }
    }
}

/// A share in percent with one decimal, as `-18.2 %`.
func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths < 0 ? "-" : "")\(decimal(Double(tenths.magnitude) / 10)) %"
}
