package import CivilTime

/// What decides who may read a person: a pure function of facts, so that writing about somebody never widens it.
package struct Reach: Hashable, Sendable {
    /// The agencies that serve the person, and what they do: those with whose intake or import a record began.
    package let agencies: [String: AgencyKind]
    /// Whether the person lets other agencies read: the word that holds last and the word that was recorded last both
    /// say so, and neither has run out.
    ///
    /// Both, so that a withdrawal closes at once whatever a reader has dated beyond it, and a late entry opens nothing.
    package let isShared: Bool
    /// Fleeing violence: nobody outside the serving agency, whatever was consented to before.
    package let isSealed: Bool

    /// - Parameter today: the day on which somebody asks; consents run out.
    package init(agencies: [String: AgencyKind], facts: [StandingFact], today: CivilDate) {
        self.agencies = agencies
        var holdsLast: (day: Day, position: Int64, isOpen: Bool)?
        var recordedLast: (id: FactID, isOpen: Bool)?
        var isSealed = false
        for fact in facts {
            switch fact.content {
            case .consent(let on, .sharing, let value, let until):
                let isOpen = value == .given && (until.map { today < $0 } ?? true)
                if recordedLast.map({ $0.id < fact.id }) ?? true { recordedLast = (fact.id, isOpen) }
                if let last = holdsLast, (on.day, fact.position) < (last.day, last.position) { continue }
                holdsLast = (on.day, fact.position, isOpen)
            case .sealed: isSealed = true
            case .consent, .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death,
                .waiting, .household, .answer, .determination, .samePerson, .void:
                continue
            }
        }
        isShared = holdsLast?.isOpen == true && recordedLast?.isOpen == true
        self.isSealed = isSealed
    }

    /// How the person stands to the caller's agency.
    package func nearness(to caller: Caller) -> Nearness {
        if agencies[caller.agency] != nil { return .ownAgency }
        // A provider's word about somebody else's person would tell that the person flees violence.
        if agencies.values.contains(.victimServices) || caller.kind == .victimServices { return .victimServices }
        if isSealed { return .sealed }
        return isShared ? .consented : .notConsented
    }

    /// What the caller sees of the person by a permission.
    package func sight(of caller: Caller, by relation: Relation) -> Sight { relation.sight(of: nearness(to: caller)) }
}
