/// Where a request comes from: an address without its port, IPv4 as in IPv6, so that one table holds both.
package struct Address: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// What one client has at the least: an IPv4 address, or of IPv6 a network of 64 bits with all that is in it.
    package var network: Address { high == 0 && low >> 32 == 0xFFFF ? self : Address(high: high, low: 0) }

    /// As ::ffff:a.b.c.d (RFC 4291 §2.5.5.2).
    package init(v4 word: UInt32) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(word)) }

    /// The address that the text writes, `127.0.0.1` or `fe80::1` (RFC 4291 §2.2); names are not looked up.
    package init?(_ text: some StringProtocol) {
        guard let word = Self.word(text[...]) else {
            guard let groups = Self.groups(text[...]) else { return nil }
            let (high, low) = (groups[..<4], groups[4...])
            self.init(
                high: high.reduce(0) { $0 << 16 | UInt64($1) }, low: low.reduce(0) { $0 << 16 | UInt64($1) })
            return
        }
        self.init(v4: word)
    }

    /// Four numbers up to 255, without a nought before another digit: some would read that as octal.
    private static func word(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var word: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ $0.isDigit }), let byte = UInt8(part),
                part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0")
            else { return nil }
            word = word << 8 | UInt32(byte)
        }
        return word
    }

    /// The eight groups of an IPv6 address; noughts stand for what `::` leaves out.
    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        guard let gap = text.firstRange(of: "::") else {
            let all = run(text, endsAddress: true)
            return all?.count == 8 ? all : nil
        }
        guard let before = run(text[..<gap.lowerBound], endsAddress: false),
            let after = run(text[gap.upperBound...], endsAddress: true),
            before.count + after.count < 8
        else { return nil }
        return before + [UInt16](repeating: 0, count: 8 - before.count - after.count) + after
    }

    /// Groups with colons between them; the last two of an address may be written as IPv4.
    private static func run(_ text: some StringProtocol, endsAddress: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if endsAddress, place == parts.count - 1, let word = word(part) {
                groups += [UInt16(truncatingIfNeeded: word >> 16), UInt16(truncatingIfNeeded: word)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }
}
