import CivilTime
import HTTP
import JSON

/// Writes lines of the log; keeps the second that it wrote last.
struct LogLine: Sendable {
    // "2024-03-05T12:00:00.", of most lines the same as of the line before.
    private var clock: [UInt8] = []
    private var clockSecond = Int64.min

    mutating func append(_ exchange: Exchange, at instant: Instant, to lines: inout [UInt8]) {
        text(#"{"time":""#, &lines)
        time(instant, &lines)
        text(#"","level":"info","request":""#, &lines)
        hexadecimal(exchange.requestID, &lines)
        text(#"","method":""#, &lines)
        lines.append(contentsOf: (exchange.method?.rawValue ?? "-").utf8)
        text(#"","route":""#, &lines)
        lines.append(contentsOf: exchange.route.utf8)
        text(#"","status":"#, &lines)
        decimal(UInt64(clamping: exchange.status), digits: 1, &lines)
        text(#","bytes":"#, &lines)
        decimal(UInt64(clamping: exchange.bytes), digits: 1, &lines)
        text(#","ms":"#, &lines)
        decimal(exchange.nanoseconds / 1_000_000, digits: 1, &lines)
        text(".", &lines)
        decimal(exchange.nanoseconds / 1_000 % 1_000, digits: 3, &lines)
        text("}\n", &lines)
    }

    static func append(level: StaticString, _ message: String, at instant: Instant, to lines: inout [UInt8]) {
        var writer = JSONWriter()
        writer.object { object in
            object.field("time", "\(instant)")
            object.field("level", "\(level)")
            object.field("message", message)
        }
        lines += writer.bytes + [10]
    }

    private func text(_ text: StaticString, _ lines: inout [UInt8]) {
        lines.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// As `2024-03-05T12:00:00.000001Z`, without the detour by a text.
    private mutating func time(_ instant: Instant, _ lines: inout [UInt8]) {
        let second = instant.seconds
        if second != clockSecond {
            clockSecond = second
            clock.removeAll(keepingCapacity: true)
            let day = CivilDate(dayNumber: Int32(clamping: second / 86_400)).components
            let rest = UInt64(second % 86_400)
            for (number, digits, end) in [
                (UInt64(day.year), 4, "-" as StaticString), (UInt64(day.month), 2, "-"), (UInt64(day.day), 2, "T"),
                (rest / 3_600, 2, ":"), (rest / 60 % 60, 2, ":"), (rest % 60, 2, "."),
            ] {
                decimal(number, digits: digits, &clock)
                text(end, &clock)
            }
        }
        lines.append(contentsOf: clock)
        decimal(UInt64(instant.microseconds - second * 1_000_000), digits: 6, &lines)
        text("Z", &lines)
    }

    /// Filled from its end, so that it goes into the line at once.
    private func decimal(_ value: UInt64, digits: Int, _ lines: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var (rest, start) = (value, 20)
            while start > 20 - digits || rest > 0 {
                start -= 1
                buffer[start] = UInt8(48 + rest % 10)
                rest /= 10
            }
            lines.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
        }
    }

    private func hexadecimal(_ value: UInt64, _ lines: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { buffer in
            for place in 0..<16 {
                let digit = UInt8(value >> UInt64(60 - 4 * place) & 15)
                buffer[place] = digit < 10 ? 48 + digit : 87 + digit
            }
            lines.append(contentsOf: UnsafeBufferPointer(buffer))
        }
    }
}
