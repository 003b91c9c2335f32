/// A request as it goes over the wire, in parts new each time it is sent.
struct LoadRequest: Sendable {
    private(set) var bytes: [UInt8]
    private let letters: [Int]
    private let digits: [Int]
    private var state: UInt64

    /// - Parameters:
    ///   - fields: further field lines, without line ends.
    ///   - body: JSON. In it, in the fields and in the target each `@` stands for any letter, each `#` for any digit.
    init(_ method: String, _ target: String, fields: [String] = [], body: String? = nil) {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + fields
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
        letters = bytes.indices.filter { [bytes] in bytes[$0] == UInt8(ascii: "@") }
        digits = bytes.indices.filter { [bytes] in bytes[$0] == UInt8(ascii: "#") }
        state = 0
        reseed()
    }

    /// From here on other requests than any before: two loads with one of the same kind must not repeat each other.
    mutating func reseed() {
        state = UInt64(monotonicSeconds() * 1e9)
        renew()
    }

    /// Makes another request of the same kind of it.
    mutating func renew() {
        if letters.isEmpty, digits.isEmpty { return }
        for place in letters { bytes[place] = UInt8(ascii: "a") + UInt8(truncatingIfNeeded: draw() % 26) }
        for place in digits { bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: draw() % 10) }
    }

    // SplitMix64: cheap, and no two requests of a run are alike.
    private mutating func draw() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return (value ^ value >> 31) >> 8
    }
}
