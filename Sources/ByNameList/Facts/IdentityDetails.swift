/// What identifies or describes a person, kept apart from the journal.
package struct IdentityDetails: Hashable, Sendable {
    package var givenName: String?
    package var middleName: String?
    package var familyName: String?
    package var nameSuffix: String?
    /// How staff tell somebody apart whose name they do not know.
    package var description: String?

    package init(
        givenName: String? = nil, middleName: String? = nil, familyName: String? = nil, nameSuffix: String? = nil,
        description: String? = nil
    ) {
        self.givenName = givenName
        self.middleName = middleName
        self.familyName = familyName
        self.nameSuffix = nameSuffix
        self.description = description
    }

    package var isNamed: Bool { givenName != nil || familyName != nil }
}
