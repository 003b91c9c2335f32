import JSON

/// Holds values against the document's schemas: as much of JSON Schema as the document uses.
struct SchemaCheck {
    let document: Document

    /// What does not fit, each with its place; empty if everything does.
    func findings(_ value: JSONValue, _ schema: JSONValue, at path: String = "") -> [String] {
        let schema = document.resolved(schema)
        var found: [String] = []
        let types = schema["type"].map { $0.text.map { [$0] } ?? $0.texts } ?? []
        if !types.isEmpty, types.allSatisfy({ !SchemaCheck.isOf($0, value) }) {
            return ["\(path): is no \(types.joined(separator: " or "))"]
        }
        if let codes = schema["enum"]?.elements, !codes.contains(value) { found.append("\(path): not in the list") }
        if let only = schema["const"], only != value { found.append("\(path): not the constant") }
        if let choices = schema["oneOf"]?.elements {
            let fits = choices.filter { findings(value, $0).isEmpty }.count
            if fits != 1 { found.append("\(path): \(fits) of oneOf fit") }
        }
        if let choices = schema["anyOf"]?.elements, choices.allSatisfy({ !findings(value, $0).isEmpty }) {
            found.append("\(path): none of anyOf fits")
        }
        if let other = schema["not"], findings(value, other).isEmpty { found.append("\(path): fits what it must not") }
        return found + members(value, schema, path) + elements(value, schema, path)
    }

    private func members(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard case .object(let members) = value else { return [] }
        let missing = (schema["required"]?.texts ?? []).filter { value[$0] == nil }.map { "\(path)/\($0): is missing" }
        let known = schema["properties"]?.members ?? []
        return missing
            + members.flatMap { member -> [String] in
                if let known = known.first(where: { $0.key == member.key }) {
                    return findings(member.value, known.value, at: "\(path)/\(member.key)")
                }
                // Answers are not closed for clients, but what the server adds belongs into the document.
                let isFree = known.isEmpty || schema["additionalProperties"]?["type"] != nil
                return isFree ? [] : ["\(path)/\(member.key): stands nowhere in the document"]
            }
    }

    private func elements(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard case .array(let elements) = value, let schema = schema["items"] else { return [] }
        return zip(0..., elements).flatMap { findings($1, schema, at: "\(path)/\($0)") }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("string", .string), ("array", .array), ("object", .object):
            true
        default: false
        }
    }
}
