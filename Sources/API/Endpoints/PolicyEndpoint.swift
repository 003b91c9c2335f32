import HTTP
import JSON
import Store

/// The community's policy, as it is recorded.
enum PolicyEndpoint {
    static func policy(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (version, document) = try await service.store.ask { reader in
            try reader.policyDocument(of: try reader.community(call.community.code))
        }
        guard let policy = try? JSONValue(Array(document.utf8)) else { throw Problem(.unavailable) }
        return Answers.json { object in
            object.field("version", version)
            object.field("rules", ruleVersion)
            object.field("policy", policy)
        }
    }
}
