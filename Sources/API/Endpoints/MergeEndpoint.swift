import ByNameList
import HTTP
import JSON
import Store

/// Two records that are one person's, and that are not after all.
enum MergeEndpoint {
    static func merge(_ service: Service, _ call: Call) async throws -> Response {
        let person = try call.person()
        let other = try call.body { value, problems in
            problems.object(value) { fields in
                fields.text("same_as", must: "be a person's id, as p_0123456789ABC") { call.ids.person($0) }
            }
        }
        return try await service.once(call) { ledger in
            let merge = MergePeople(caller: call.grant.caller, relation: call.relation)
            let done = try FactsEndpoint.translating([]) { try merge.merge(person, with: other, in: ledger) }
            return answer("merge", done, call.ids)
        }
    }

    static func undo(_ service: Service, _ call: Call) async throws -> Response {
        guard call.captures.count > 1, let fact = call.ids.fact(call.captures[1]) else { throw Problem(.noSuchFact) }
        _ = try call.body { value, problems in problems.object(value) { _ in true } }
        return try await service.once(call) { ledger in
            let merge = MergePeople(caller: call.grant.caller, relation: call.relation)
            let done = try FactsEndpoint.translating([]) { try merge.undo(fact, in: ledger) }
            return answer("void", done, call.ids)
        }
    }

    private static func answer(_ name: String, _ done: MergePeople.Outcome, _ ids: PublicIDs) -> AnsweredOnce {
        var writer = JSONWriter()
        writer.object { object in
            object.field(name, ids.text(of: done.fact))
            object.array("people") { array in
                for person in done.people {
                    array.object { entry in
                        entry.field("person", ids.text(of: person.person))
                        entry.field("records", person.records.map { ids.text(of: $0) })
                        entry.field("status", person.status.code)
                    }
                }
            }
        }
        return AnsweredOnce(status: 201, body: writer.bytes, people: done.people.map(\.person))
    }
}
