/// Host and port as they stand in a field or in a target (RFC 3986 §3.2): no user, no path, no list.
struct Authority {
    let host: Range<Int>
    /// The digits after the colon; `nil` without a colon.
    let port: Range<Int>?

    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var end = range.lowerBound
        if end < range.upperBound, bytes[end] == UInt8(ascii: "[") {
            end += 1
            while end < range.upperBound, OctetSet.addressLiteral.contains(bytes[end]) { end += 1 }
            guard end < range.upperBound, bytes[end] == UInt8(ascii: "]"), end > range.lowerBound + 1 else {
                return nil
            }
            end += 1
        } else {
            while end < range.upperBound, OctetSet.regName.contains(bytes[end]) { end += 1 }
        }
        host = range.lowerBound..<end
        guard !host.isEmpty, PercentEncoding.isSound(bytes, host) else { return nil }
        guard end < range.upperBound else {
            port = nil
            return
        }
        guard bytes[end] == UInt8(ascii: ":"), Self.isPort(bytes, (end + 1)..<range.upperBound) else { return nil }
        port = (end + 1)..<range.upperBound
    }

    private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= 5 else { return false }
        var number = 0
        for index in range {
            guard bytes[index].isDigit else { return false }
            number = number * 10 + Int(bytes[index] - 0x30)
        }
        return number <= 65_535
    }
}

/// `%41` for `A` (RFC 3986 §2.1), decoded once and never twice.
package enum PercentEncoding {
    /// Whether two hexadecimal digits follow each percent sign, and no bracket stands where only a host has them.
    static func isSound(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < range.upperBound, bytes[index + 1].hexadecimalValue != nil,
                    bytes[index + 2].hexadecimalValue != nil
                else { return false }
                index += 3
            } else {
                index += 1
            }
        }
        return true
    }

    /// The text of one segment of a path, or of one name or value of a query.
    ///
    /// `nil` if it is no UTF-8, holds a control character, or hides a slash: a segment with one is not what it says.
    package static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "%")) else { return String(validating: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                plain.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
                return nil
            }
            let decoded = high << 4 | low
            guard decoded >= 0x20, decoded != 0x7F, decoded != UInt8(ascii: "/") else { return nil }
            plain.append(decoded)
        }
        return String(validating: plain, as: UTF8.self)
    }
}
