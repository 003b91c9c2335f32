/// What an intake says: about whom, if that is known, and what.
package struct Intake: Hashable, Sendable {
    /// The person whom the worker knows it to be about.
    package let person: PersonID?
    package let externalIDs: [ExternalID]
    package let drafts: [FactDraft]

    package init(person: PersonID?, externalIDs: [ExternalID], drafts: [FactDraft]) {
        self.person = person
        self.externalIDs = externalIDs
        self.drafts = drafts
    }
}

/// What came of an intake.
package struct Admitted: Hashable, Sendable {
    package let person: PersonID
    package let isNewPerson: Bool
    package let facts: [FactID]
    package let status: ListStatus
}

/// Writes an intake down: about a person whom the caller could read before, else about a new one.
package struct AdmitPerson: Sendable {
    private let caller: Caller
    private let relation: Relation

    package init(caller: Caller, relation: Relation) {
        self.caller = caller
        self.relation = relation
    }

    package func callAsFunction(_ intake: Intake, in ledger: some Ledger) throws -> Admitted {
        let (known, outOfReach) = try subject(of: intake, in: ledger)
        let person = try known ?? ledger.newPerson()
        // Of somebody new nothing is known yet that could be read.
        let reach = try known.flatMap { try ledger.reach(of: $0) }
        try DraftWriter(caller: caller, relation: relation, reach: reach).checkPersonal(
            intake.drafts, externalIDs: !intake.externalIDs.isEmpty)
        let facts = try AddFacts(caller: caller, relation: relation).append(
            intake.drafts, about: person, reach, in: ledger)
        for id in intake.externalIDs { try ledger.add(id, to: person) }
        for other in outOfReach {
            try ledger.leave(WorklistItem(person: person, other: other, reason: .sameExternalID))
        }
        return Admitted(
            person: try ledger.person(of: person), isNewPerson: known == nil, facts: facts,
            status: try ledger.status(of: person, on: try ledger.today()))
    }

    /// Whom the intake is about, and who else it may be about, for a coordinator to settle.
    private func subject(
        of intake: Intake, in ledger: some Ledger
    ) throws -> (known: PersonID?, outOfReach: [PersonID]) {
        // Of each person the record that the number lies on: what the intake says belongs there.
        var matches: [PersonID: PersonID] = [:]
        for id in intake.externalIDs {
            for record in try ledger.records(with: id) {
                let person = try ledger.person(of: record)
                matches[person] = min(matches[person] ?? record, record)
            }
        }
        if let record = intake.person {
            guard try sight(of: record, in: ledger) > .nothing else { throw OperationRefusal.noSuchPerson(record) }
            matches[try ledger.person(of: record)] = nil
            return (record, matches.keys.sorted())
        }
        let within = try matches.filter { try sight(of: $0.key, in: ledger) == .everything }
        // Two people with one number: nobody here can know which is meant.
        guard within.count == 1, let known = within.first else { return (nil, matches.keys.sorted()) }
        matches[known.key] = nil
        return (known.value, matches.keys.sorted())
    }

    private func sight(of person: PersonID, in ledger: some Ledger) throws -> Sight {
        try ledger.reach(of: person)?.sight(of: caller, by: relation) ?? .nothing
    }
}
