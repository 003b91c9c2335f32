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
    package func text(of person: PersonID) -> String { text(person.number, .person) }

    /// As `f_0123456789ABC`.
    package func text(of fact: FactID) -> String { text(fact.number, .fact) }

    /// As `h_0123456789ABC`.
    package func text(of household: HouseholdID) -> String { text(household.number, .household) }

    /// Of a submission that was kept for a coordinator, as `q_0123456789ABC`.
    package func text(ofSubmission number: Int64) -> String { text(number, .submission) }

    /// Of an item of the worklist, as `w_0123456789ABC`.
    package func text(ofItem number: Int64) -> String { text(number, .item) }

    /// The item of the worklist that a public id means, or `nil` if it is not an id of one at all.
    package func item(_ text: some StringProtocol) -> Int64? { number(text, .item) }

    /// The submission that a public id means, or `nil` if it is not an id of one at all.
    package func submission(_ text: some StringProtocol) -> Int64? { number(text, .submission) }

    /// The person that a public id means, or `nil` if it is not an id of a person at all.
    package func person(_ text: some StringProtocol) -> PersonID? { number(text, .person).map { PersonID($0) } }

    /// The fact that a public id means, or `nil` if it is not an id of a fact at all.
    package func fact(_ text: some StringProtocol) -> FactID? { number(text, .fact).map { FactID($0) } }

    /// The household that a public id means, or `nil` if it is not an id of a household at all.
    package func household(_ text: some StringProtocol) -> HouseholdID? {
        number(text, .household).map { HouseholdID($0) }
    }

    /// Whether a text has the form of a person's id.
    package static func isForm(_ text: String) -> Bool {
        text.utf8.count == 15 && text.hasPrefix("p_")
    }

    /// What is numbered; each kind has a permutation of its own, so that equal numbers do not show.
    private enum Kind: UInt64 {
        case person = 0
        case fact = 1
        case household = 2
        case submission = 3
        case item = 4

        var letter: UInt8 {
            switch self {
            case .person: UInt8(ascii: "p")
            case .fact: UInt8(ascii: "f")
            case .household: UInt8(ascii: "h")
            case .submission: UInt8(ascii: "q")
            case .item: UInt8(ascii: "w")
            }
        }
    }

    private func text(_ number: Int64, _ kind: Kind) -> String {
        var value = permute(UInt64(bitPattern: number), kind)
        return String(unsafeUninitializedCapacity: 15) { text in
            text[0] = kind.letter
            text[1] = UInt8(ascii: "_")
            for place in (2..<15).reversed() {
                text[place] = PublicIDs.digits[Int(value & 31)]
                value >>= 5
            }
            return 15
        }
    }

    private func number(_ text: some StringProtocol, _ kind: Kind) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15, bytes[0] == kind.letter, bytes[1] == UInt8(ascii: "_") else { return nil }
        var value: UInt64 = 0
        for byte in bytes.dropFirst(2) {
            guard let digit = PublicIDs.digits.firstIndex(of: byte & 0x40 == 0 ? byte : byte & 0xDF),
                value >> 59 == 0
            else { return nil }
            value = value << 5 | UInt64(digit)
        }
        // A number that nothing has is an id like any other: what there is says the record, not the form.
        return Int64(bitPattern: unpermute(value, kind))
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private func permute(_ value: UInt64, _ kind: Kind) -> UInt64 {
        var (left, right) = (UInt32(truncatingIfNeeded: value >> 32), UInt32(truncatingIfNeeded: value))
        for round in 0..<8 { (left, right) = (right, left ^ mix(right, UInt64(round) | kind.rawValue << 8)) }
        return UInt64(left) << 32 | UInt64(right)
    }

    private func unpermute(_ value: UInt64, _ kind: Kind) -> UInt64 {
        var (left, right) = (UInt32(truncatingIfNeeded: value >> 32), UInt32(truncatingIfNeeded: value))
        for round in (0..<8).reversed() {
            (left, right) = (right ^ mix(left, UInt64(round) | kind.rawValue << 8), left)
        }
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

extension PublicIDs {
    /// The record's key, or `nil` while it has none.
    static func read(_ connection: Connection) throws(SQLiteError) -> PublicIDs? {
        var keys: [UInt64] = []
        let statement = try connection.statement(
            "SELECT value FROM setting WHERE name LIKE 'public_id_key_%' ORDER BY name")
        try statement.forEach { row throws(SQLiteError) in keys.append(UInt64(bitPattern: row.int64(0))) }
        return keys.count == 2 ? PublicIDs(key: (keys[0], keys[1])) : nil
    }
}

extension Reader {
    /// How people are called outside the record.
    package func publicIDs() throws(StoreError) -> PublicIDs {
        try translatingErrors { () throws(SQLiteError) in
            guard let ids = try PublicIDs.read(connection) else {
                throw SQLiteError(.corrupt, message: "the key of the public ids is missing")
            }
            return ids
        }
    }
}
