import ByNameList
import HTTP
import JSON
import Store

/// The agencies of a community, and what they do.
enum AgenciesEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let agencies = try await service.store.ask { reader in try reader.agencies(of: call.community.id) }
        return answer(agencies)
    }

    /// A new agency, or what a known one does from now on.
    static func set(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let agency = try call.body { value, problems in
            problems.object(value) { fields in
                let name = fields.text("name", must: AgenciesEndpoint.nameWords, AgenciesEndpoint.name)
                let kind = fields.text("kind", must: AgenciesEndpoint.kindWords) { word in
                    AgencyKind.allCases.first { $0.code == word }
                }
                return name.flatMap { name in kind.map { (name: name, kind: $0) } }
            }
        }
        try await service.store.write { transaction in
            try transaction.setAgency(agency.name, kind: agency.kind, in: call.community.id)
        }
        return try await list(service, call)
    }

    static let nameWords = "be a text of 1 to 100 bytes"

    static func name(_ text: String) -> String? { (1...100).contains(text.utf8.count) ? text : nil }

    private static let kindWords = "be one of " + AgencyKind.allCases.map(\.code).joined(separator: ", ")

    private static func answer(_ agencies: [Agency]) -> Response {
        Answers.json { object in
            object.array("agencies") { array in
                for agency in agencies {
                    array.object { entry in
                        entry.field("name", agency.name)
                        entry.field("kind", agency.kind.code)
                    }
                }
            }
        }
    }
}
