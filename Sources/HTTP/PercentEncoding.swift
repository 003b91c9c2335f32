/// Percent-decoding (RFC 3986 §2.1), once and strictly.
package enum PercentEncoding {
    /// The text of a path segment or of a query's name or value; `nil` for a bad escape, for what is not UTF-8 and for
    /// an escaped zero or slash.
    package static func decode(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%") {
                guard bytes.endIndex - place > 2, let high = hex(bytes[place + 1]), let low = hex(bytes[place + 2])
                else {
                    return nil
                }
                let value = high << 4 | low
                guard value != 0, plusIsBlank || value != UInt8(ascii: "/") else { return nil }
                decoded.append(value)
                place += 3
            } else {
                decoded.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
                place += 1
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// The parameters of a target's query, in their order.
package struct QueryParameters: Sendable {
    package let pairs: [(name: String, value: String)]

    /// `nil` if an escape is wrong or a name stands twice.
    package init?(_ request: Request) {
        guard request.query.lowerBound >= 0, request.query.upperBound <= request.head.count else { return nil }
        var pairs: [(name: String, value: String)] = []
        for part in request.head[request.query].split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = PercentEncoding.decode(part[..<(equals ?? part.endIndex)], plusIsBlank: true),
                let value = PercentEncoding.decode(
                    equals.map { part[($0 + 1)...] } ?? part[part.endIndex...], plusIsBlank: true),
                !pairs.contains(where: { $0.name == name })
            else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }
}
