import HTTP
import Threads

/// Counts of what was answered, for whoever watches the server; each loop counts for itself.
package final class Metrics: Sendable {
    private let loops: [Guarded<Counts>]

    /// Upper bounds of the buckets of durations, in microseconds.
    static let bounds: [UInt64] = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000]

    struct Key: Hashable {
        let route: String
        let status: Int
    }

    struct Counts {
        var answers: [Key: UInt64] = [:]
        var bytes: UInt64 = 0
        /// One bucket more than there are bounds.
        var durations = [UInt64](repeating: 0, count: Metrics.bounds.count + 1)
        var microseconds: UInt64 = 0
    }

    init(loops: Int) {
        self.loops = (0..<max(1, loops)).map { _ in Guarded(Counts()) }
    }

    func count(_ exchange: Exchange, onLoop loop: Int) {
        let microseconds = exchange.nanoseconds / 1_000
        let bucket = Metrics.bounds.firstIndex { microseconds <= $0 } ?? Metrics.bounds.count
        loops[loop % loops.count].with { counts in
            counts.answers[Key(route: exchange.route, status: exchange.status), default: 0] += 1
            counts.bytes += UInt64(exchange.bytes)
            counts.durations[bucket] += 1
            counts.microseconds += microseconds
        }
    }

    /// Everything together, in the text form that Prometheus reads.
    func text(_ gauges: [(name: String, help: String, value: Int)]) -> String {
        let all = loops.map { loop in loop.with { $0 } }
        var lines = ["# HELP bnl_answers_total Answers by route and status.", "# TYPE bnl_answers_total counter"]
        var answers: [Key: UInt64] = [:]
        for counts in all { answers.merge(counts.answers, uniquingKeysWith: +) }
        for (key, count) in answers.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
            lines.append("bnl_answers_total{route=\"\(key.route)\",status=\"\(key.status)\"} \(count)")
        }
        lines += [
            "# HELP bnl_answer_seconds Time from the first byte of a request to its answer.",
            "# TYPE bnl_answer_seconds histogram",
        ]
        var sum: UInt64 = 0
        for (index, bound) in Metrics.bounds.enumerated() {
            sum += all.reduce(0) { $0 + $1.durations[index] }
            lines.append("bnl_answer_seconds_bucket{le=\"\(Double(bound) / 1_000_000)\"} \(sum)")
        }
        sum += all.reduce(0) { $0 + $1.durations[Metrics.bounds.count] }
        lines.append("bnl_answer_seconds_bucket{le=\"+Inf\"} \(sum)")
        lines.append("bnl_answer_seconds_sum \(Double(all.reduce(0) { $0 + $1.microseconds }) / 1_000_000)")
        lines.append("bnl_answer_seconds_count \(sum)")
        lines += [
            "# HELP bnl_answer_bytes_total Bytes of answers.", "# TYPE bnl_answer_bytes_total counter",
            "bnl_answer_bytes_total \(all.reduce(0) { $0 + $1.bytes })",
        ]
        for gauge in gauges {
            lines += [
                "# HELP \(gauge.name) \(gauge.help)", "# TYPE \(gauge.name) gauge", "\(gauge.name) \(gauge.value)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
