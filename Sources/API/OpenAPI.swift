import JSON

/// What this server answers, for programs (OpenAPI 3.1).
package enum OpenAPI {
    /// `openapi.json`, without its blanks.
    package static let document = JSONWriter.bytes(of: value)

    static let value: JSONValue = {
        guard let document = try? JSONValue(PackageResources.openapi_json) else {
            // The program's own file, which a test reads: no user's text comes here.
            preconditionFailure("openapi.json cannot be read")
        }
        return document
    }()

    /// What facts are called in bodies and answers, so that a test can hold the document against it.
    package static var factKinds: [String] { FactFields.Kind.allCases.map(\.rawValue) }
}
