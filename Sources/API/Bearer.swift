package import CivilTime
import Crypto
package import HTTP
package import Store

/// Tokens as their bearers send them (RFC 6750 §2.1).
package enum Bearer {
    /// What the request's token is for; `nil` for none, several, or one that opens nothing then.
    package static func grant(of request: Request, in live: LiveRecord, at now: Instant) -> TokenGrant? {
        guard request.count("authorization") == 1, let value = request.value("authorization"), value.count > 7 else {
            return nil
        }
        guard value.begins(with: "bearer ") else { return nil }
        return hash(of: value.dropFirst(7)).flatMap { live.grant($0, usedAt: now) }
    }

    /// What is kept of a token: 256 random bits need no salt and no slow hash.
    package static func hash(of token: some Sequence<UInt8>) -> TokenHash? {
        TokenHash(Array(SHA256.hash(data: Array(token))))
    }

    /// A new token, to be shown once: `bnl_` and 256 random bits.
    package static func newToken() -> String {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        // 52 digits of five bits: 260 bits, so that no bit of the 256 is lost.
        let digits = (0..<52).map { _ in alphabet[Int(random.next(upperBound: UInt64(32)))] }
        return "bnl_" + String(decoding: digits, as: UTF8.self)
    }
}
