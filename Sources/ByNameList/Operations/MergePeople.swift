/// Says that two records are one person's, and that they are not.
package struct MergePeople: Sendable {
    private let caller: Caller
    private let relation: Relation

    package init(caller: Caller, relation: Relation) {
        self.caller = caller
        self.relation = relation
    }

    /// What a merge, or its undoing, has come to.
    package struct Outcome: Sendable {
        package let fact: FactID
        /// Whose records the two are now: one person, or two.
        package let people: [MergedPerson]
    }

    /// - Returns: the merge, and who they are now.
    package func merge(_ record: PersonID, with other: PersonID, in ledger: some Ledger) throws -> Outcome {
        for one in [record, other] {
            guard try isSeen(one, in: ledger) else { throw OperationRefusal.noSuchPerson(one) }
        }
        guard try ledger.person(of: record) != ledger.person(of: other) else {
            throw OperationRefusal.onePersonAlready
        }
        let fact = try ledger.append([NewFact(.samePerson(as: other), about: record)], notes: [:])[0]
        return try outcome(fact, of: [record, other], in: ledger)
    }

    /// - Returns: the fact that voids the merge, and who they are now.
    package func undo(_ merge: FactID, in ledger: some Ledger) throws -> Outcome {
        guard let found = try ledger.merge(merge), try isSeen(found.record, in: ledger),
            try isSeen(found.other, in: ledger)
        else { throw OperationRefusal.noSuchFact(draft: nil) }
        guard found.stands else { throw OperationRefusal.undoneBefore }
        let fact = try ledger.append([NewFact(.void(merge), about: found.record)], notes: [:])[0]
        return try outcome(fact, of: [found.record, found.other], in: ledger)
    }

    /// Who sees of one of the two only a code would learn from the other who it is.
    private func isSeen(_ record: PersonID, in ledger: some Ledger) throws -> Bool {
        try ledger.reach(of: record)?.sight(of: caller, by: relation) == .everything
    }

    private func outcome(_ fact: FactID, of records: [PersonID], in ledger: some Ledger) throws -> Outcome {
        let people = try Set(records.map { try ledger.person(of: $0) }).sorted()
        let today = try ledger.today()
        return Outcome(
            fact: fact,
            people: try people.map { person in
                MergedPerson(
                    person: person, records: try ledger.records(of: person),
                    status: try ledger.status(of: person, on: today))
            })
    }
}

/// Somebody after a merge or its undoing, and where they stand today.
package struct MergedPerson: Sendable {
    package let person: PersonID
    package let records: [PersonID]
    package let status: ListStatus
}
