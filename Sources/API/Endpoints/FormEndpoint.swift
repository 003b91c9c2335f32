import HTTP
import JSON
import Store

/// How the forms of a form tool are read: recorded and replaced like a policy.
enum FormEndpoint {
    static func form(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        guard let form = try await recorded(service, call) else { throw Problem(.noSuchResource) }
        return try answer(form)
    }

    /// Records a form, or another version of one, for which If-Match is required as for a policy.
    static func replace(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let code = try code(call)
        let document = try call.body { value, problems in
            problems.object(value) { fields in Self.document(&fields, call, problems) }
        }
        let held = try await recorded(service, call)
        if let held {
            let shown = try answer(held)
            // A retry of what was done: the state that it asks for is the state that there is (RFC 9110 §13.1.1).
            if call.request.count("if-match") > 0, held.document == document { return shown }
            let etag = EntityTags.of(shown.body)
            try Preconditions.check(call.request, etag: etag)
            try Preconditions.checkReplacement(call.request, etag: etag)
        } else {
            try Preconditions.check(call.request, etag: nil)
        }
        do {
            try await service.store.write { transaction in
                try transaction.recordForm(
                    code, document: document, from: call.grant.origin, replacing: held?.version ?? 0)
            }
        } catch StoreError.alreadyExists {
            throw Problem(.preconditionFailed, "Another map was recorded meanwhile: read it again.")
        }
        return try await form(service, call)
    }

    /// The newest version of the form in the path; `nil` if there is none.
    static func recorded(_ service: Service, _ call: Call) async throws -> FormVersion? {
        let code = try code(call)
        return try await service.store.ask { reader in try reader.form(code, of: call.community.id) }
    }

    /// The map of the form in the path.
    static func map(_ service: Service, _ call: Call) async throws -> FormMap {
        guard let form = try await recorded(service, call) else { throw Problem(.noSuchResource) }
        guard let value = try? JSONValue(Array(form.document.utf8)),
            let map = FormMap.read(value, at: "", into: FieldProblems())
        else { throw Problem(.internalError) }
        return map
    }

    /// As form tools call forms; one that is otherwise is none.
    private static func code(_ call: Call) throws -> String {
        guard call.captures.count > 1, (1...100).contains(call.captures[1].utf8.count),
            call.captures[1].utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            })
        else { throw Problem(.noSuchResource) }
        return call.captures[1]
    }

    private static func document(_ fields: inout JSONFields, _ call: Call, _ problems: FieldProblems) -> String? {
        guard let value = fields.value("map") else {
            fields.refuse("map", "is missing: it must be a map, as GET shows it")
            return nil
        }
        _ = FormMap.readNew(value, at: fields.path("map"), ids: call.ids, today: call.today, into: problems)
        return String(decoding: JSONWriter.bytes(of: value, isPretty: true), as: UTF8.self)
    }

    private static func answer(_ form: FormVersion) throws -> Response {
        guard let map = try? JSONValue(Array(form.document.utf8)) else { throw Problem(.unavailable) }
        return Answers.json { object in
            object.field("form", form.code)
            object.field("version", form.version)
            object.field("map", map)
        }
    }
}
