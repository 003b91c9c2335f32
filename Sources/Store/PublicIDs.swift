package import ByNameList
import SQLite

/// Public ids: a keyed permutation of the row number, so that ids can be neither counted nor guessed, without an index.
///
/// A Feistel network of eight rounds over 64 bits; the key is made once with the record and never leaves it.
package struct PublicIDs: Sendable {
    private let key: (UInt64, UInt64)

    init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// As `p_0123456789ABC`: thirteen digits of Crockford's base 32.
    package func text(of person: PersonID) -> String {
        var value = permute(UInt64(bitPattern: person.number))
        var digits: [UInt8] = []
        for _ in 0..<13 {
            digits.append(PublicIDs.digits[Int(value & 31)])
            value >>= 5
        }
        return "p_" + String(decoding: digits.reversed(), as: UTF8.self)
    }

    /// The person that a public id means, or `nil` if it is not an id at all.
    package func person(_ text: String) -> PersonID? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15, bytes[0] == UInt8(ascii: "p"), bytes[1] == UInt8(ascii: "_") else { return nil }
        var value: UInt64 = 0
        for byte in bytes.dropFirst(2) {
            guard let digit = PublicIDs.digits.firstIndex(of: byte & 0x40 == 0 ? byte : byte & 0xDF),
                value >> 59 == 0
            else { return nil }
            value = value << 5 | UInt64(digit)
        }
        let number = Int64(bitPattern: unpermute(value))
        return number > 0 ? PersonID(number) : nil
    }

    /// Whether a text has the form of an id.
    package static func isForm(_ text: String) -> Bool {
        text.utf8.count == 15 && text.hasPrefix("p_")
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private func permute(_ value: UInt64) -> UInt64 {
        var (left, right) = (UInt32(truncatingIfNeeded: value >> 32), UInt32(truncatingIfNeeded: value))
        for round in 0..<8 { (left, right) = (right, left ^ mix(right, UInt64(round))) }
        return UInt64(left) << 32 | UInt64(right)
    }

    private func unpermute(_ value: UInt64) -> UInt64 {
        var (left, right) = (UInt32(truncatingIfNeeded: value >> 32), UInt32(truncatingIfNeeded: value))
        for round in (0..<8).reversed() { (left, right) = (right ^ mix(left, UInt64(round)), left) }
        return UInt64(left) << 32 | UInt64(right)
    }

    /// The finaliser of SplitMix64 over half a block, the round and the key.
    private func mix(_ half: UInt32, _ round: UInt64) -> UInt32 {
        var value = (UInt64(half) | round << 32) &+ key.0
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27 ^ key.1) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: value ^ value >> 31)
    }
}

extension WriteTransaction {
    /// Makes the key of the public ids if the record has none.
    func makePublicIDKey() throws(SQLiteError) {
        var random = SystemRandomNumberGenerator()
        let statement = try connection.statement("INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)")
        for name in ["public_id_key_0", "public_id_key_1"] {
            try statement.bind(1, name)
            try statement.bind(2, Int64(bitPattern: random.next()))
            try statement.run()
        }
    }
}

extension Reader {
    /// How people are called outside the record.
    package func publicIDs() throws(StoreError) -> PublicIDs {
        try translatingErrors { () throws(SQLiteError) in
            var keys: [UInt64] = []
            let statement = try connection.statement(
                "SELECT value FROM setting WHERE name LIKE 'public_id_key_%' ORDER BY name")
            try statement.forEach { row throws(SQLiteError) in keys.append(UInt64(bitPattern: row.int64(0))) }
            guard keys.count == 2 else { throw SQLiteError(.corrupt, message: "the key of the public ids is missing") }
            return PublicIDs(key: (keys[0], keys[1]))
        }
    }
}
