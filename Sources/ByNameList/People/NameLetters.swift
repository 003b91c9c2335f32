/// The letters of a name by which two records may be found to be one person's beside a birth date (domain.md 3; FD1).
package struct NameLetters: Hashable, Sendable {
    /// Of given and family name the first two letters, or the one that there is.
    private let given: Substring
    private let family: Substring
    private let middle: Character?

    /// `nil` where either name is not known.
    package init?(_ identity: IdentityDetails) {
        guard let given = identity.givenName.flatMap(NameLetters.letters(of:)),
            let family = identity.familyName.flatMap(NameLetters.letters(of:))
        else { return nil }
        self.given = given
        self.family = family
        middle = identity.middleName.flatMap(NameLetters.letters(of:))?.first
    }

    /// The first two letters of a name's first word, or the one that there is; `nil` where there is none.
    ///
    /// An intake looks at the names of many who were born on a day: where the beginning is ASCII, nothing else is read.
    package static func letters(of name: String) -> Substring? {
        if let found = plainLetters(of: name) { return found }
        return SearchWords.words(of: name).first?.joined.prefix(2)
    }

    /// `nil` too where it takes more than ASCII to say.
    private static func plainLetters(of name: String) -> Substring? {
        var first: UInt8?
        var second: UInt8?
        for byte in name.utf8.prefix(SearchWords.scalarsMax) {
            guard byte < 0x80 else { return nil }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            // What comes behind the second letter may belong to it, where it is not ASCII.
            case _ where second != nil: return text(first, second)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                let letter = byte < UInt8(ascii: "A") ? byte : byte | 0x20
                if first == nil { first = letter } else { second = letter }
            default: if first != nil { return text(first, nil) }
            }
        }
        return text(first, second)
    }

    private static func text(_ first: UInt8?, _ second: UInt8?) -> Substring? {
        guard let first else { return nil }
        guard let second else { return "\(Unicode.Scalar(first))" }
        return "\(Unicode.Scalar(first))\(Unicode.Scalar(second))"
    }

    /// The first letters of given and family name, by which records of one birth date are found; `nil` beyond ASCII.
    ///
    /// There one letter can be written in several ways, and a database compares bytes.
    package var initials: String? {
        let initials = String(given.prefix(1) + family.prefix(1))
        return initials.utf8.allSatisfy { $0 < 0x80 } ? initials : nil
    }

    /// Whether the first two letters of both names are the same.
    package func agree(with other: NameLetters) -> Bool { (given, family) == (other.given, other.family) }

    /// Whether the initials are the same, that of a middle name where both have one.
    package func haveSameInitials(as other: NameLetters) -> Bool {
        guard given.first == other.given.first, family.first == other.family.first else { return false }
        guard let middle, let otherMiddle = other.middle else { return true }
        return middle == otherMiddle
    }
}
