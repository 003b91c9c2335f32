import CivilTime
import HTTP
import JSON

/// Writes a line of the log.
enum LogLine {
    static func append(_ exchange: Exchange, at instant: Instant, to lines: inout [UInt8]) {
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
        lines.append(UInt8(ascii: "."))
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

    private static func text(_ text: StaticString, _ lines: inout [UInt8]) {
        lines.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// As `2024-03-05T12:00:00.000001Z`, without the detour by a text.
    private static func time(_ instant: Instant, _ lines: inout [UInt8]) {
        let seconds = instant.seconds
        let micros = UInt64(instant.microseconds - seconds * 1_000_000)
        let day = CivilDate(dayNumber: Int32(clamping: seconds / 86_400))
        let (year, month, dayOfMonth) = (day.components.year, day.components.month, day.components.day)
        let rest = UInt64(seconds % 86_400)
        decimal(UInt64(year), digits: 4, &lines)
        lines.append(UInt8(ascii: "-"))
        decimal(UInt64(month), digits: 2, &lines)
        lines.append(UInt8(ascii: "-"))
        decimal(UInt64(dayOfMonth), digits: 2, &lines)
        lines.append(UInt8(ascii: "T"))
        decimal(rest / 3_600, digits: 2, &lines)
        lines.append(UInt8(ascii: ":"))
        decimal(rest / 60 % 60, digits: 2, &lines)
        lines.append(UInt8(ascii: ":"))
        decimal(rest % 60, digits: 2, &lines)
        lines.append(UInt8(ascii: "."))
        decimal(micros, digits: 6, &lines)
        lines.append(UInt8(ascii: "Z"))
    }

    private static func decimal(_ value: UInt64, digits: Int, _ lines: inout [UInt8]) {
        var (scale, count) = (UInt64(1), 1)
        while count < digits || value / scale >= 10 {
            scale *= 10
            count += 1
        }
        while scale > 0 {
            lines.append(UInt8(48 + value / scale % 10))
            scale /= 10
        }
    }

    private static func hexadecimal(_ value: UInt64, _ lines: inout [UInt8]) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let digit = UInt8(value >> shift & 15)
            lines.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }
}
