import ByNameList
import HTTP
import JSON
import Store

/// Erases who somebody is, and tells whose identity was erased.
enum ErasureEndpoint {
    /// What the person counts in stays; names, birth date, notes and numbers are gone when it is answered.
    static func erase(_ service: Service, _ call: Call) async throws -> Response {
        let person = try call.person()
        _ = try call.body { value, problems in problems.object(value) { _ in true } }
        return try await service.once(call) { ledger in
            guard call.sight(of: try ledger.reach(of: person)) > .nothing else {
                throw Problem(.noSuchPerson, about: person)
            }
            try ledger.erase(person, for: .request)
            var writer = JSONWriter()
            writer.object { object in object.field("person", call.ids.text(of: person)) }
            return AnsweredOnce(status: 201, body: writer.bytes, people: [person])
        }
    }

    static func list(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let erasures = try await service.store.ask { reader in try reader.erasures(of: call.community.id) }
        return Answers.json { object in
            object.array("erasures") { array in
                for erasure in erasures {
                    array.object { entry in
                        entry.field("person", call.ids.text(of: erasure.person))
                        entry.field("recorded", "\(erasure.recorded)")
                        entry.field("reason", erasure.reason.code)
                    }
                }
            }
        }
    }
}
