/// The letters of a name by which two records may be found to be one person's beside a birth date (domain.md 3; FD1).
package struct NameLetters: Hashable, Sendable {
    /// Of given and family name the first two letters, or the one that there is.
    private let given: Substring
    private let family: Substring
    private let middle: Character?

    /// `nil` where either name is not known.
    package init?(_ identity: IdentityDetails) {
        func letters(_ name: String?) -> Substring? {
            name.flatMap { SearchWords.words(of: $0).first?.joined.prefix(2) }
        }
        guard let given = letters(identity.givenName), let family = letters(identity.familyName) else { return nil }
        self.given = given
        self.family = family
        middle = letters(identity.middleName)?.first
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
