import ByNameList
import HTTP
import JSON
import Store

/// An intake: somebody was met, wherever and however little is known of them.
enum IntakeEndpoint {
    static func admit(_ service: Service, _ call: Call) async throws -> Response {
        _ = try IdempotencyKey.of(call.request)
        let body = try call.body { value, problems in
            IntakeBody.read(value, ids: call.ids, today: call.today, into: problems)
        }
        return try await service.once(call, try await work(body, Author(call), service, call))
    }

    /// Who an intake comes from: of whom else they hear, and whose person somebody new is.
    struct Author: Sendable {
        let caller: Caller
        let relation: Relation
        /// Whether they are answered now, and hear who the person may be already.
        let isAnswered: Bool

        init(_ call: Call) {
            caller = call.grant.caller
            relation = call.relation
            isAnswered = true
        }

        /// Whoever sent it before, with no more reach than an outreach worker has.
        init(senderOf submission: HeldSubmission) {
            caller = Caller(role: .outreach, agency: submission.agency, kind: submission.agencyKind)
            relation = .served
            isAnswered = false
        }
    }

    /// What is to be done of an intake inside one change.
    static func work(
        _ body: IntakeBody, _ author: Author, _ service: Service, _ call: Call
    ) async throws -> @Sendable (CommunityLedger) throws -> AnsweredOnce {
        let (intake, pointers) = (body.intake, body.pointers)
        let duplicates = try await possibleDuplicates(of: body, service, call)
        return { ledger in
            let admit = AdmitPerson(caller: author.caller, relation: author.relation)
            let admitted = try FactsEndpoint.translating(pointers) { try admit(intake, in: ledger) }
            let others = try duplicates.filter { other in
                guard other.duplicate.person != admitted.person else { return false }
                return try admitted.isNewPerson || !ledger.areDifferent(admitted.person, other.duplicate.person)
            }
            if admitted.isNewPerson {
                for other in others {
                    guard let reason = other.duplicate.worklistReason else { continue }
                    try ledger.leave(
                        WorklistItem(person: admitted.person, other: other.duplicate.person, reason: reason))
                }
            }
            let shown = author.isAnswered ? others.filter(\.isWithinReach).prefix(shownMax).map(\.duplicate) : []
            return answer(admitted, shown, call.ids)
        }
    }

    /// Possible duplicates of an answer at the most.
    private static let shownMax = 5

    /// Somebody who the person may be already: for the coordinator in any case, for the caller only within reach.
    private struct Candidate: Sendable {
        let duplicate: PossibleDuplicate
        let isWithinReach: Bool
    }

    /// Who the person may be already; asked beside the writer.
    private static func possibleDuplicates(
        of body: IntakeBody, _ service: Service, _ call: Call
    ) async throws -> [Candidate] {
        guard body.intake.person == nil, body.identity?.isNamed == true || !body.intake.externalIDs.isEmpty else {
            return []
        }
        let (identity, birth, externalIDs) = (body.identity ?? IdentityDetails(), body.birth, body.intake.externalIDs)
        let gender = body.gender
        return try await service.store.ask { reader in
            func duplicates(may: (PersonID) throws -> Bool) throws -> [PossibleDuplicate] {
                try reader.possibleDuplicates(
                    of: identity, birth: birth, gender: gender, externalIDs: externalIDs, in: call.community.id,
                    limit: shownMax, may: may)
            }
            var candidates = try duplicates { _ in true }.map { duplicate in
                let sight = try call.sight(of: duplicate.person, reader)
                return Candidate(duplicate: duplicate, isWithinReach: sight == .everything)
            }
            // Who is not seen takes nobody's place in the answer.
            if candidates.count == shownMax, !candidates.allSatisfy(\.isWithinReach) {
                let known = Set(candidates.map(\.duplicate.person))
                candidates += try duplicates { try call.sight(of: $0, reader) == .everything }
                    .filter { !known.contains($0.person) }
                    .map { Candidate(duplicate: $0, isWithinReach: true) }
            }
            return candidates
        }
    }

    private static func answer(
        _ admitted: Admitted, _ duplicates: [PossibleDuplicate], _ ids: PublicIDs
    ) -> AnsweredOnce {
        var writer = JSONWriter(bytesExpected: 400)
        writer.object { object in
            object.field("person", ids.text(of: admitted.person))
            object.field("is_new_person", admitted.isNewPerson)
            object.field("status", admitted.status.code)
            object.field("facts", admitted.facts.map { ids.text(of: $0) })
            object.array("possible_duplicates") { array in
                for duplicate in duplicates {
                    array.object { entry in
                        entry.field("person", ids.text(of: duplicate.person))
                        entry.field("reasons", duplicate.reasons.map(\.code))
                    }
                }
            }
        }
        return AnsweredOnce(
            status: 201, body: writer.bytes, people: [admitted.person] + duplicates.map(\.person),
            isAboutNewPerson: admitted.isNewPerson)
    }
}

extension PossibleDuplicate {
    /// Why a coordinator should look at the two; `nil` where that is left on the list already, by their numbers.
    fileprivate var worklistReason: WorklistItem.Reason? {
        if reasons.contains(.sameName) || reasons.contains(.nickname) { return .sameIdentity }
        if reasons.contains(.firstLetters) { return .sameLetters }
        return reasons.contains(.initials) ? .sameInitials : nil
    }
}
