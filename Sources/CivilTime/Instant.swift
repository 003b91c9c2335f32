/// A moment on the world's clock: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The moment written as `2024-03-05T12:00:00Z`, with up to six decimals of a second; UTC only.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 27, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = CivilDate(text.prefix(10)),
            let hour = Instant.number(bytes[11..<13]), hour < 24,
            let minute = Instant.number(bytes[14..<16]), minute < 60,
            let second = Instant.number(bytes[17..<19]), second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), bytes.count > 21 else { return nil }
            var scale: Int64 = 100_000
            for digit in bytes[20..<(bytes.count - 1)] {
                guard digit >= 48, digit <= 57 else { return nil }
                fraction += Int64(digit - 48) * scale
                scale /= 10
            }
        }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int64 { flooredDivision(microseconds, by: 1_000_000).quotient }

    package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}

extension Instant: CustomStringConvertible {
    /// As `2024-03-05T12:00:00.000001Z`; the decimals are left out when they are zero.
    package var description: String {
        let (second, micros) = flooredDivision(microseconds, by: 1_000_000)
        let (day, secondOfDay) = flooredDivision(second, by: 86_400)
        let rest = Int(secondOfDay)
        let clock = "\(padded(rest / 3600, to: 2)):\(padded(rest / 60 % 60, to: 2)):\(padded(rest % 60, to: 2))"
        let fraction = micros == 0 ? "" : ".\(padded(Int(micros), to: 6))"
        return "\(CivilDate(dayNumber: Int32(day)))T\(clock)\(fraction)Z"
    }
}
