import HTTP
import JSON
import ShippedConfig
import Store

/// The community's policy, as it is recorded.
enum PolicyEndpoint {
    static func policy(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (version, document) = try await service.store.ask { reader in
            try reader.policyDocument(of: try reader.community(call.community.code))
        }
        return try answer(version, document)
    }

    /// Records another policy and makes every figure anew with it, beside the ones in force, before it answers.
    ///
    /// If-Match is required (RFC 6585 §3): of two who change it at once, one is told so.
    static func replace(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let code = call.community.code
        let document = try call.body { value, problems in
            problems.object(value) { fields in Self.document(&fields, problems) }
        }
        let held = try await service.store.ask { reader in
            try reader.policyDocument(of: try reader.community(code))
        }
        let shown = try answer(held.version, held.document)
        // A retry of what was done: the state that it asks for is the state that there is (RFC 9110 §13.1.1).
        if call.request.count("if-match") > 0, held.document == document.text { return shown }
        try Preconditions.checkReplacement(call.request, etag: EntityTags.of(shown.body))
        do {
            try await service.store.rebuildAside(community: code, policy: document.text, replacing: held.version)
        } catch StoreError.alreadyExists {
            throw Problem(.preconditionFailed, "Another policy was recorded meanwhile: read it again.")
        }
        return try await policy(service, call)
    }

    private struct Document {
        let text: String
    }

    private static func document(_ fields: inout JSONFields, _ problems: FieldProblems) -> Document? {
        guard let value = fields.value("policy") else {
            fields.refuse("policy", "is missing: it must be a policy, as GET shows it")
            return nil
        }
        let text = String(decoding: JSONWriter.bytes(of: value, isPretty: true), as: UTF8.self)
        do throws(PolicyProblems) {
            _ = try PolicyDocument.policy(from: text)
        } catch {
            for problem in error.problems { problems.add("/policy" + problem.pointer, problem.reason) }
        }
        return Document(text: text)
    }

    private static func answer(_ version: Int, _ document: String) throws -> Response {
        guard let policy = try? JSONValue(Array(document.utf8)) else { throw Problem(.unavailable) }
        return Answers.json { object in
            object.field("version", version)
            object.field("rules", ruleVersion)
            object.field("policy", policy)
        }
    }
}
