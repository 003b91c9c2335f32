/// What decides who may read a person: a pure function of facts, so that writing about somebody never widens it.
package struct Reach: Hashable, Sendable {
    /// The agency that serves the person: the one with whose intake or import the record began.
    package let agency: String
    /// Whether the person lets other agencies read: the word that holds last and the word that was recorded last both
    /// say so.
    ///
    /// Both, so that a withdrawal closes at once whatever a reader has dated beyond it, and a late entry opens nothing.
    package let isShared: Bool
    /// Fleeing violence: nobody outside the serving agency, whatever was consented to before.
    package let isSealed: Bool

    package init(agency: String, facts: [StandingFact]) {
        self.agency = agency
        var holdsLast: (day: Day, position: Int64, value: ConsentValue)?
        var recordedLast: (id: FactID, value: ConsentValue)?
        var isSealed = false
        for fact in facts {
            switch fact.content {
            case .consent(let on, .sharing, let value):
                if recordedLast.map({ $0.id < fact.id }) ?? true { recordedLast = (fact.id, value) }
                if let last = holdsLast, (on.day, fact.position) < (last.day, last.position) { continue }
                holdsLast = (on.day, fact.position, value)
            case .sealed: isSealed = true
            case .consent, .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death,
                .waiting, .household, .answer, .determination, .void:
                continue
            }
        }
        isShared = holdsLast?.value == .given && recordedLast?.value == .given
        self.isSealed = isSealed
    }

    /// Whether the caller stands near enough to the person.
    package func includes(_ caller: Caller, by relation: Relation) -> Bool {
        switch relation {
        case .nobody, .figuresOnly: false
        case .served: agency == caller.agency || (isShared && !isSealed)
        case .everybody: true
        }
    }
}
