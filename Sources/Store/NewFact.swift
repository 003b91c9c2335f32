package import ByNameList

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

/// Where a fact of another system stands there, so that the same row never makes two facts.
package struct SourceKey: Hashable, Sendable {
    package let key: String
    /// 1 for the first fact of the row, one more for each that replaced it.
    package let version: Int

    package init(_ key: String, version: Int) {
        self.key = key
        self.version = version
    }
}

/// A fact about to be written into the journal.
package struct NewFact: Sendable {
    package let person: PersonID
    package let content: FactContent
    package var replaces: FactID?
    package var source: SourceKey?
    /// Of a fact about identity.
    package var identity: IdentityDetails?
    /// JSON text that only the person's page shows.
    package var detail: String?

    package init(
        _ content: FactContent, about person: PersonID, replaces: FactID? = nil, source: SourceKey? = nil,
        identity: IdentityDetails? = nil, detail: String? = nil
    ) {
        self.person = person
        self.content = content
        self.replaces = replaces
        self.source = source
        self.identity = identity
        self.detail = detail
    }
}

/// Who writes, for which community, from which source: the same for all facts of a change.
package struct Origin: Hashable, Sendable {
    package let community: Int64
    package let actor: Int64
    package let source: Int64
    package let isImport: Bool

    package init(community: Int64, actor: Int64, source: Int64, isImport: Bool) {
        self.community = community
        self.actor = actor
        self.source = source
        self.isImport = isImport
    }
}
