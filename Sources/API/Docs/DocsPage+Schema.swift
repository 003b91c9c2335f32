import JSON

extension DocsPage {
    func schema(_ schema: JSONValue.Member, _ html: inout HTML) {
        html.element("section", id: "schema-\(schema.key)") { section in
            section.element("h3") { $0.element("a", link: "#schema-\(schema.key)", schema.key) }
            if let words = schema.value["description"]?.text { section.element("p") { $0.prose(words) } }
            if schema.value["properties"] == nil {
                section.element("p") { form(of: schema.value, &$0) }
            }
            members(of: schema.value, &section)
        }
    }

    /// In a few words what a value looks like; what has a name of its own is a link.
    func form(of schema: JSONValue, _ html: inout HTML) {
        if let name = schema["$ref"]?.text?.split(separator: "/").last {
            return html.element("a", link: "#schema-\(name)", String(name))
        }
        if let only = schema["const"] { return html.element("code", DocsPage.code(only)) }
        if let codes = schema["enum"]?.elements {
            return join(codes, with: ", ", &html) { $1.element("code", DocsPage.code($0)) }
        }
        for (name, word) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
            guard let parts = schema[name]?.elements, schema["properties"] == nil else { continue }
            return join(parts, with: word, &html) { form(of: $0, &$1) }
        }
        let types = schema["type"].map { $0.text.map { [$0] } ?? $0.elements.compactMap(\.text) } ?? []
        html.text(types.joined(separator: " or "))
        if let items = schema["items"] {
            html.text(" of ")
            form(of: items, &html)
        }
        limits(of: schema, &html)
    }

    private func limits(of schema: JSONValue, _ html: inout HTML) {
        for (name, words) in DocsPage.limits {
            guard let value = schema[name] else { continue }
            html.text(", \(words) ")
            html.element("code", DocsPage.code(value))
        }
    }

    private static let limits = [
        ("format", "format"), ("pattern", "pattern"), ("minimum", "at least"), ("maximum", "at most"),
        ("minLength", "characters at least"), ("maxLength", "characters at most"), ("minItems", "items at least"),
        ("maxItems", "items at most"), ("default", "else"), ("x-unit", "counts"),
    ]

    /// The members of an object, and of those inside it that have no name of their own.
    private func members(of schema: JSONValue, _ html: inout HTML) {
        guard let properties = schema["properties"]?.members else {
            if let items = schema["items"] { members(of: items, &html) }
            return
        }
        let required = schema["required"]?.elements.compactMap(\.text) ?? []
        html.table(["member", "what", ""]) { table in
            for property in properties {
                table.element("tr") { row in
                    row.element("td") { cell in
                        cell.element("code", property.key)
                        if required.contains(property.key) { cell.text(", always") }
                    }
                    row.element("td") { form(of: property.value, &$0) }
                    row.element("td") { cell in
                        cell.prose(property.value["description"]?.text ?? "")
                        members(of: property.value, &cell)
                    }
                }
            }
        }
    }

    private func join(
        _ parts: [JSONValue], with word: String, _ html: inout HTML, _ write: (JSONValue, inout HTML) -> Void
    ) {
        for (place, part) in parts.enumerated() {
            if place > 0 { html.text(word) }
            write(part, &html)
        }
    }

    private static func code(_ value: JSONValue) -> String {
        value.text ?? String(decoding: JSONWriter.bytes(of: value), as: UTF8.self)
    }
}
