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
