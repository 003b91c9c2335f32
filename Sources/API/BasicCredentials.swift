import HTTP

/// Credentials of the scheme Basic (RFC 7617): the way in which form tools can send a token, as the password.
enum BasicCredentials {
    /// The password of the request; `nil` for none, several, or none that can be read.
    static func password(of request: Request) -> [UInt8]? {
        guard request.count("authorization") == 1, let value = request.value("authorization"), value.count > 6,
            value.begins(with: "basic "),
            let text = decoded(value.dropFirst(6)), let colon = text.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return Array(text[(colon + 1)...])
    }

    /// Base 64 (RFC 4648 §4), with its padding.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let digits = text.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.dropFirst(digits.count)
        guard text.count % 4 == 0, padding.count < 3, padding.allSatisfy({ $0 == UInt8(ascii: "=") }) else {
            return nil
        }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (place, digit) in digits.enumerated() {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            // After each digit but the first of four another byte is whole.
            guard place % 4 > 0 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * UInt32(place % 4))))
        }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
