/// Says that a fact was wrong; a fact that voids can be voided in its turn, which restores.
package struct VoidFact: Sendable {
    private let caller: Caller
    private let relation: Relation

    package init(caller: Caller, relation: Relation) {
        self.caller = caller
        self.relation = relation
    }

    /// - Returns: the void's own number, the person, and where the person stands today.
    package func callAsFunction(
        _ fact: FactID, note: String?, in ledger: some Ledger
    ) throws -> (void: FactID, person: PersonID, status: ListStatus) {
        guard let writer = try ledger.writer(of: fact), let reach = try ledger.reach(of: writer.person),
            reach.sight(of: caller, by: relation) > .nothing
        else { throw OperationRefusal.noSuchFact(draft: nil) }
        let rules = DraftWriter(caller: caller, relation: relation, reach: reach)
        try rules.checkCorrection(of: writer)
        try rules.checkPersonal([FactDraft(.plain(.void(fact)), note: note)])
        let void = try ledger.append([NewFact(.void(fact), about: writer.record)], notes: note.map { [0: $0] } ?? [:])
        return (void[0], writer.person, try ledger.status(of: writer.person, on: try ledger.today()))
    }
}
