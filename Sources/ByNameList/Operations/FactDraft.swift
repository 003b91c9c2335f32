package import CivilTime

/// A fact as somebody wants it written, before the record has numbers for what it names.
package struct FactDraft: Hashable, Sendable {
    package let statement: Statement
    /// The fact whose place it takes.
    package var replaces: FactID?
    /// Of a fact about identity.
    package var identity: IdentityDetails?
    package var note: String?

    package enum Statement: Hashable, Sendable {
        case plain(FactContent)
        case household(HouseholdName, HouseholdRole, from: CivilDate, to: CivilDate?)
    }

    /// How a household is meant.
    package enum HouseholdName: Hashable, Sendable {
        case known(HouseholdID)
        /// As the writer's agency calls it; what it has not called so before is a new household.
        case called(String)
    }

    package init(
        _ statement: Statement, replaces: FactID? = nil, identity: IdentityDetails? = nil, note: String? = nil
    ) {
        self.statement = statement
        self.replaces = replaces
        self.identity = identity
        self.note = note
    }

    /// Why the fact is impossible in itself (domain.md 8); `nil` if it is not.
    package func refusal(today: CivilDate) -> Refusal? {
        switch statement {
        case .plain(let content): content.refusal(today: today)
        case .household(_, let role, let from, let to):
            FactContent.household(
                HouseholdStatement(household: HouseholdID(0), role: role, from: from, to: to)
            ).refusal(today: today)
        }
    }
}

/// A personal field of an operation, by the draft that holds it; `nil`: it stands beside the drafts.
package struct PlacedField: Hashable, Sendable {
    package let draft: Int?
    package let field: PersonalField
}

/// Why an operation is not done; nobody's data was touched.
package enum OperationRefusal: Error, Hashable, Sendable {
    /// There is no such person, or not for this caller.
    case noSuchPerson(PersonID)
    /// There is no such fact about this person, or not for this caller; the index of the draft that names it.
    case noSuchFact(draft: Int?)
    /// There is no such household, or nobody in it whom this caller may read.
    case noSuchHousehold(draft: Int)
    /// Only the agency that wrote a fact, or a coordinator, may void or replace it.
    case writtenByAnotherAgency
    /// It tells who or where somebody is, which may not be written here: every such field.
    case personal([PlacedField])
    /// Whom another agency serves, that agency asks whether others may read them.
    case consentByAnotherAgency(draft: Int)
    case impossible(draft: Int, Refusal)
    /// The two records are one person already.
    case onePersonAlready
    /// A merge is undone as a merge, and not voided or replaced as another fact.
    case undoneAsMerge
    /// The merge was undone before.
    case undoneBefore
}
