import ByNameList
import HTTP
import JSON
import Store

/// Facts about somebody known: added, and said to be wrong.
enum FactsEndpoint {
    static func add(_ service: Service, _ call: Call) async throws -> Response {
        let person = try call.person()
        let body = try call.body { value, problems in
            FactsBody.read(value, ids: call.ids, today: call.today, into: problems)
        }
        let (drafts, pointers) = (body.drafts, body.pointers)
        return try await service.once(call) { ledger in
            try checkPreconditions(person, call, ledger)
            let add = AddFacts(caller: call.grant.caller, relation: call.relation)
            let (facts, status) = try translating(pointers) { try add(drafts, about: person, in: ledger) }
            return answer(try ledger.person(of: person), facts, status, call.ids)
        }
    }

    /// In the change itself, so that nothing comes between; of whom the caller may not read there is nothing to tell.
    private static func checkPreconditions(_ person: PersonID, _ call: Call, _ ledger: CommunityLedger) throws {
        guard call.request.isConditional else { return }
        let sight = call.sight(of: try ledger.reach(of: person))
        guard sight > .nothing else { return }
        try ledger.page(of: person).seen(sight).rendered { PersonEndpoint.facts(of: $0, call).body }
            .held(against: { try Preconditions.check(call.request, etag: EntityTags.of($0)) })
    }

    static func void(_ service: Service, _ call: Call) async throws -> Response {
        guard call.captures.count > 1, let fact = call.ids.fact(call.captures[1]) else { throw Problem(.noSuchFact) }
        let note = try call.body { value, problems in
            problems.object(value) { fields in Note(text: fields.optionalString("note", bytesMax: 10_000)) }
        }
        return try await service.once(call) { ledger in
            let void = VoidFact(caller: call.grant.caller, relation: call.relation)
            let done = try translating([]) { try void(fact, note: note.text, in: ledger) }
            return answer(done.person, [done.void], done.status, call.ids)
        }
    }

    private struct Note {
        let text: String?
    }

    /// What an operation refuses, in words that name the field.
    static func translating<Answer>(_ pointers: [DraftPointer], _ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let refusal as OperationRefusal {
            throw Problem(refusal, pointers: pointers)
        }
    }

    private static func answer(
        _ person: PersonID, _ facts: [FactID], _ status: ListStatus, _ ids: PublicIDs
    ) -> AnsweredOnce {
        var writer = JSONWriter()
        writer.object { object in
            object.field("person", ids.text(of: person))
            object.field("status", status.code)
            object.field("facts", facts.map { ids.text(of: $0) })
        }
        return AnsweredOnce(status: 201, body: writer.bytes, people: [person])
    }
}
