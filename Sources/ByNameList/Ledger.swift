package import CivilTime

/// What the rules ask of the record while a change is decided: the record's own transaction, or one in memory.
///
/// Everything that is done through it stands or falls together.
package protocol Ledger: AnyObject {
    /// The date of the change in the community's zone.
    func today() throws -> CivilDate

    /// A new record about somebody not known before.
    func newPerson() throws -> PersonID

    /// What decides who may read the person; `nil` if the community has no such person.
    func reach(of person: PersonID) throws -> Reach?

    /// All facts about a person, voided ones included.
    func facts(of person: PersonID) throws -> [Fact]

    /// The fact's person, the agency that wrote it, and whether it is a seal or a correction of one; `nil` if the
    /// community has no such fact.
    func writer(of fact: FactID) throws -> FactWriter?

    /// Whose record it is: that of who they were found to be, after a merge.
    func person(of record: PersonID) throws -> PersonID

    /// All records of the person whose record that is, in order.
    func records(of record: PersonID) throws -> [PersonID]

    /// The merge that a fact is; `nil` if the community has no such fact, or it is another kind of fact.
    func merge(_ fact: FactID) throws -> Merge?

    /// The records on which that number of another system lies.
    func records(with id: ExternalID) throws -> [PersonID]

    /// Lays the number of another system on a record; nothing if it lies there already.
    func add(_ id: ExternalID, to person: PersonID) throws

    /// The household that the agency calls so, new if it has not called one so before.
    func household(called reference: String) throws -> HouseholdID

    /// Everybody whom any fact puts into the household.
    func members(of household: HouseholdID) throws -> [PersonID]

    /// Writes facts into the journal, in order, with their free texts apart from them.
    ///
    /// - Parameter notes: the text of a fact by its place among them.
    func append(_ facts: [NewFact], notes: [Int: String]) throws -> [FactID]

    /// Leaves something for a coordinator to look at; nothing if it waits already, or if one has said that the two are
    /// different people.
    func leave(_ item: WorklistItem) throws

    /// Where a person of whom this change wrote facts stands on the list at the end of the day; no fact comes after it.
    func status(of person: PersonID, on day: CivilDate) throws -> ListStatus
}

/// Who wrote a fact, about whom.
package struct FactWriter: Hashable, Sendable {
    /// On which it lies for ever, as will what corrects it.
    package let record: PersonID
    /// Whose record that is now.
    package let person: PersonID
    package let agency: String
    /// Whether it seals the person, or corrects what does.
    package let bearsOnSeal: Bool
    /// Whether it says which records are one person, or corrects what does.
    package let bearsOnMerge: Bool

    package init(record: PersonID, person: PersonID, agency: String, bearsOnSeal: Bool, bearsOnMerge: Bool) {
        self.record = record
        self.person = person
        self.agency = agency
        self.bearsOnSeal = bearsOnSeal
        self.bearsOnMerge = bearsOnMerge
    }
}

/// A fact by which two records are one person.
package struct Merge: Hashable, Sendable {
    package let fact: FactID
    /// The record that the fact lies on.
    package let record: PersonID
    package let other: PersonID
    /// Whether it was not undone.
    package let stands: Bool

    package init(fact: FactID, record: PersonID, other: PersonID, stands: Bool) {
        self.fact = fact
        self.record = record
        self.other = other
        self.stands = stands
    }
}

/// What another system calls a person.
package struct ExternalID: Hashable, Sendable {
    package let system: String
    package let value: String

    package init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

/// Records that may be one person, for a coordinator to look at.
package struct WorklistItem: Hashable, Sendable {
    package let person: PersonID
    /// The record that it may be the same as.
    package let other: PersonID?
    package let reason: Reason

    /// Why somebody should look. The raw value is what the record keeps, for ever.
    package enum Reason: UInt8, CaseIterable, Sendable {
        /// The same number of another system lies on both records.
        case sameExternalID = 1
        /// The name agrees, in whatever form of it, and no birth date contradicts.
        case sameIdentity = 2
        /// The first two letters of both names agree, and the birth date.
        case sameLetters = 3
        /// The initials, the gender and the birth date agree.
        case sameInitials = 4

        package var code: String {
            switch self {
            case .sameExternalID: "same_external_id"
            case .sameIdentity: "same_identity"
            case .sameLetters: "same_letters"
            case .sameInitials: "same_initials"
            }
        }
    }

    package init(person: PersonID, other: PersonID?, reason: Reason) {
        self.person = person
        self.other = other
        self.reason = reason
    }
}
