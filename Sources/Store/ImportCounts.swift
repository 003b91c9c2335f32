package import ByNameList

/// What an import did to the record.
package struct ImportCounts: Hashable, Sendable {
    /// People of the export that were compared with the record.
    package internal(set) var persons = 0
    package internal(set) var personsNew = 0
    package internal(set) var added = 0
    package internal(set) var replaced = 0
    /// Facts that a later export did not say any more.
    package internal(set) var voided = 0
    package internal(set) var unchanged = 0
    /// Facts that somebody here has corrected, and that were therefore left as they are.
    package internal(set) var corrected = 0
    /// Facts that cannot be accepted from anybody.
    package internal(set) var refused = 0

    /// People of the export who were erased here, and are not brought back.
    package internal(set) var erased = 0

    static func += (left: inout ImportCounts, right: ImportCounts) {
        left.persons += right.persons
        left.personsNew += right.personsNew
        left.added += right.added
        left.replaced += right.replaced
        left.voided += right.voided
        left.unchanged += right.unchanged
        left.corrected += right.corrected
        left.refused += right.refused
        left.erased += right.erased
    }
}

/// A fact of an export that was not accepted: the key names file and row, no value out of it.
package struct RefusedFact: Hashable, Sendable {
    package let key: String
    package let refusal: Refusal
}
