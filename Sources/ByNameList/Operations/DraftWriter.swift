/// What somebody may write about a person whom they see, and correct.
struct DraftWriter {
    let caller: Caller
    let relation: Relation
    /// `nil` of somebody new, whom the caller's agency serves.
    let reach: Reach?

    private var nearness: Nearness { reach?.nearness(to: caller) ?? .ownAgency }

    /// Refuses what may not be known of the person outside the agency that serves them: all of it at once.
    ///
    /// - Parameter externalIDs: whether numbers of other systems come with the drafts.
    func checkPersonal(_ drafts: [FactDraft], externalIDs: Bool = false) throws(OperationRefusal) {
        guard caller.kind == .victimServices || relation.sight(of: nearness) == .codeOnly else { return }
        var found = drafts.enumerated().flatMap { index, draft in
            draft.personalFields.map { PlacedField(draft: index, field: $0) }
        }
        if externalIDs { found.append(PlacedField(draft: nil, field: .externalIDs)) }
        guard found.isEmpty else { throw .personal(found) }
    }

    /// Refuses what would widen or prolong what the writer's own agency reads.
    func check(_ draft: FactDraft, _ index: Int) throws(OperationRefusal) {
        if relation != .everybody, nearness != .ownAgency,
            case .plain(.consent(_, .sharing, .given, _)) = draft.statement
        {
            throw .consentByAnotherAgency(draft: index)
        }
    }

    /// Only the agency that wrote a fact, or a coordinator, may say that it was wrong; of who is sealed no coordinator.
    ///
    /// A seal is the serving agency's, whoever wrote it: voided, it opens what it closes.
    func checkCorrection(of writer: FactWriter) throws(OperationRefusal) {
        guard !writer.bearsOnMerge else { throw .undoneAsMerge }
        if writer.bearsOnSeal {
            guard nearness == .ownAgency else { throw .writtenByAnotherAgency }
            return
        }
        guard writer.agency == caller.agency || (relation == .everybody && nearness != .sealed) else {
            throw .writtenByAnotherAgency
        }
    }
}
