/// How long answers took: counts by the microsecond.
struct Latencies: Sendable {
    /// What takes longer is counted with it, and known by the longest alone.
    private static let microsecondsMax = 1_000_000

    private var counts = [UInt32](repeating: 0, count: microsecondsMax + 1)
    private(set) var total = 0
    private(set) var longest: Double = 0

    mutating func add(nanoseconds: UInt64) {
        let microseconds = Int(nanoseconds / 1_000)
        counts[min(microseconds, Latencies.microsecondsMax)] += 1
        total += 1
        longest = max(longest, Double(nanoseconds) / 1_000)
    }

    /// What that share of the answers did not exceed, in microseconds.
    func percentile(_ share: Double) -> Double {
        var left = Int((Double(total) * share).rounded(.up))
        for (microseconds, count) in counts.enumerated() where count > 0 {
            left -= Int(count)
            if left <= 0 { return microseconds == Latencies.microsecondsMax ? longest : Double(microseconds) }
        }
        return longest
    }
}
