/// Adds facts about a person whom the caller may read.
package struct AddFacts: Sendable {
    private let caller: Caller
    private let relation: Relation

    package init(caller: Caller, relation: Relation) {
        self.caller = caller
        self.relation = relation
    }

    /// - Returns: the facts' numbers in the order of the drafts, and where the person stands today.
    package func callAsFunction(
        _ drafts: [FactDraft], about person: PersonID, in ledger: some Ledger
    ) throws -> (facts: [FactID], status: ListStatus) {
        guard let reach = try ledger.reach(of: person), reach.sight(of: caller, by: relation) > .nothing else {
            throw OperationRefusal.noSuchPerson(person)
        }
        let facts = try append(drafts, about: person, reach, in: ledger)
        return (facts, try ledger.status(of: person, on: try ledger.today()))
    }

    /// Appends the drafts about a person whom the caller is known to reach.
    ///
    /// - Parameter reach: who may read the person; `nil` of somebody new, whom the caller's agency serves.
    func append(
        _ drafts: [FactDraft], about person: PersonID, _ reach: Reach?, in ledger: some Ledger
    ) throws -> [FactID] {
        let today = try ledger.today()
        let writer = DraftWriter(caller: caller, relation: relation, reach: reach)
        try writer.checkPersonal(drafts)
        var facts: [NewFact] = []
        var notes: [Int: String] = [:]
        for (index, draft) in drafts.enumerated() {
            if let refusal = draft.refusal(today: today) { throw OperationRefusal.impossible(draft: index, refusal) }
            try writer.check(draft, index)
            // What takes another fact's place lies on that one's record, whatever becomes of a merge.
            let record = try draft.replaces.map { try recordOf($0, of: person, reach, draft: index, in: ledger) }
            facts.append(
                NewFact(
                    try content(draft, index, in: ledger), about: record ?? person, replaces: draft.replaces,
                    identity: draft.identity))
            if let note = draft.note { notes[index] = note }
        }
        return try ledger.append(facts, notes: notes)
    }

    private func recordOf(
        _ replaced: FactID, of person: PersonID, _ reach: Reach?, draft: Int, in ledger: some Ledger
    ) throws -> PersonID {
        guard let writer = try ledger.writer(of: replaced), writer.person == (try ledger.person(of: person)) else {
            throw OperationRefusal.noSuchFact(draft: draft)
        }
        try DraftWriter(caller: caller, relation: relation, reach: reach).checkCorrection(of: writer)
        return writer.record
    }

    private func content(_ draft: FactDraft, _ index: Int, in ledger: some Ledger) throws -> FactContent {
        switch draft.statement {
        case .plain(let content): return content
        case .household(let name, let role, let from, let to):
            let household =
                switch name {
                case .called(let reference): try ledger.household(called: reference)
                case .known(let household): try reachable(household, index, in: ledger)
                }
            return .household(HouseholdStatement(household: household, role: role, from: from, to: to))
        }
    }

    /// A household is known to the caller through somebody in it whom the caller may read.
    private func reachable(_ household: HouseholdID, _ index: Int, in ledger: some Ledger) throws -> HouseholdID {
        for member in try ledger.members(of: household) {
            if try ledger.reach(of: member)?.sight(of: caller, by: relation) == .everything { return household }
        }
        throw OperationRefusal.noSuchHousehold(draft: index)
    }
}
