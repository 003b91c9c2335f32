import JSON

/// A small seeded generator (Steele, Lea, Flood: SplitMix64), so that a failing seed fails again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SplitMix64 {
    mutating func document(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2: .integer(Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0..<63, using: &self))
        case 3: .number(number())
        case 4, 5: .string(text())
        case 6: .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in document(depth: depth - 1) })
        default:
            .object(
                (0..<Int.random(in: 0..<16, using: &self)).map { index in
                    JSONValue.Member("\(index)\(text())", document(depth: depth - 2))
                })
        }
    }

    private mutating func number() -> Double {
        let value = Double(bitPattern: next())
        return value.isFinite ? value : 0.5
    }

    private mutating func text() -> String {
        let pieces = ["a", "Zoë", "e\u{301}", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "\u{2028}", "漢", "🏠", "", " "]
        return (0..<Int.random(in: 0..<6, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
