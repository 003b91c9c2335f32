/// What decides who may read a person: a pure function of facts, so that writing about somebody never widens it.
package struct Reach: Hashable, Sendable {
    /// The agency that serves the person: the one with whose intake or import the record began.
    package let agency: String
    /// The person's last word on sharing with other agencies.
    package let sharing: ConsentValue
    /// Fleeing violence: nobody outside the serving agency, whatever was consented to before.
    package let isSealed: Bool

    package init(agency: String, facts: [StandingFact]) {
        self.agency = agency
        var sharing: (day: Day, position: Int64, value: ConsentValue)?
        var isSealed = false
        for fact in facts {
            switch fact.content {
            case .consent(let on, .sharing, let value):
                if let last = sharing, (on.day, fact.position) < (last.day, last.position) { continue }
                sharing = (on.day, fact.position, value)
            case .sealed: isSealed = true
            case .consent, .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death,
                .waiting, .household, .answer, .determination, .void:
                continue
            }
        }
        self.sharing = sharing?.value ?? .notAsked
        self.isSealed = isSealed
    }

    /// Whether the caller stands near enough to the person.
    package func includes(_ caller: Caller, by relation: Relation) -> Bool {
        switch relation {
        case .nobody, .figuresOnly: false
        case .served: agency == caller.agency || (sharing == .given && !isSealed)
        case .everybody: true
        }
    }
}
