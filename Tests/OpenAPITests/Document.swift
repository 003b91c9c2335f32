import API
import JSON

/// The document as the server hands it out, for tests to look into.
struct Document {
    let root: JSONValue

    init() throws {
        root = try JSONValue(OpenAPI.document)
    }

    /// The value at the end of the names; a `$ref` is followed.
    func at(_ names: String..., in start: JSONValue? = nil) -> JSONValue? {
        names.reduce(start ?? root) { value, name in value.map(resolved)?[name] }.map(resolved)
    }

    func schema(_ name: String) -> JSONValue? { at("components", "schemas", name) }

    func resolved(_ value: JSONValue) -> JSONValue {
        guard let path = value["$ref"]?.text, path.hasPrefix("#/") else { return value }
        return path.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? .null }
    }

    /// Every method of every path.
    var operations: [Operation] {
        (root["paths"]?.members ?? []).flatMap { path in
            path.value.members.filter { $0.key != "parameters" }.map {
                Operation(name: "\($0.key.uppercased()) \(path.key)", path: path.key, value: $0.value)
            }
        }
    }

    /// Every value anywhere, from the outside in.
    static func walk(_ value: JSONValue, _ visit: (JSONValue) -> Void) {
        visit(value)
        for member in value.members { walk(member.value, visit) }
        for element in value.elements { walk(element, visit) }
    }
}

/// One thing that can be asked.
struct Operation {
    /// As `GET /healthz`.
    let name: String
    let path: String
    let value: JSONValue

    /// The codes of its answers, `default` among them.
    var answers: [JSONValue.Member] { value["responses"]?.members ?? [] }

    var description: String { value["description"]?.text ?? "" }

    var body: JSONValue? { value["requestBody"]?["content"]?["application/json"] }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }

    var members: [Member] { if case .object(let members) = self { members } else { [] } }

    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The texts of an array.
    var texts: [String] { elements.compactMap(\.text) }
}
