package import ByNameList
package import CivilTime

/// Everything that an export says about one person.
package struct ImportedPerson: Hashable, Sendable {
    /// Whose number the `personalID` is.
    package let source: String
    package let personalID: String
    /// `nil` where the export is hashed, or names nobody.
    package let name: NameParts?
    package let birth: BirthDate?
    /// Hashes out of a hashed export; good for finding possible duplicates and nothing else.
    package let matchKeys: [MatchKey]
    /// In a stable order, no key twice.
    package let facts: [KeyedFact]

    package init(
        source: String, personalID: String, name: NameParts?, birth: BirthDate?, matchKeys: [MatchKey],
        facts: [KeyedFact]
    ) {
        self.source = source
        self.personalID = personalID
        self.name = name
        self.birth = birth
        self.matchKeys = matchKeys
        self.facts = facts
    }
}

/// A name as the export writes it.
package struct NameParts: Hashable, Sendable {
    package let first: String
    package let middle: String
    package let last: String
    package let suffix: String
    /// HMIS NameDataQuality: 1 full, 2 partial or a code name, 8, 9, 99; `nil` when blank.
    package let quality: Int?

    package init(first: String, middle: String, last: String, suffix: String, quality: Int?) {
        self.first = first
        self.middle = middle
        self.last = last
        self.suffix = suffix
        self.quality = quality
    }
}

/// The hash of something that identifies a person.
package struct MatchKey: Hashable, Sendable {
    package enum Kind: UInt8, CaseIterable, Sendable {
        case firstName = 1
        case middleName = 2
        case lastName = 3
        case socialSecurityNumber = 4
    }

    package let kind: Kind
    package let hash: String

    package init(kind: Kind, hash: String) {
        self.kind = kind
        self.hash = hash
    }
}

/// A fact with the key by which a later export finds it again.
package struct KeyedFact: Hashable, Sendable {
    /// File, row id and what is said, as in `Enrollment/764732/stay`.
    package let key: String
    package let content: ImportedContent
    /// What only a page shows, in its order.
    package let detail: [FactDetail]

    package init(key: String, content: ImportedContent, detail: [FactDetail]) {
        self.key = key
        self.content = content
        self.detail = detail
    }
}

/// A name and a text that a page shows beside a fact.
package struct FactDetail: Hashable, Sendable {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// What an import says: a fact as it stands, or a household by the source's own id, which the record gives a number.
package enum ImportedContent: Hashable, Sendable {
    case fact(FactContent)
    case household(key: String, role: HouseholdRole, from: CivilDate, to: CivilDate?)
}
