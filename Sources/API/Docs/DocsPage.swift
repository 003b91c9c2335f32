import JSON

/// The document of the interface as a page for people: made of `openapi.json` alone, nothing loaded from elsewhere.
struct DocsPage {
    let document: JSONValue

    /// The whole of it.
    var page: String {
        DocsPage.framed("By-name list: the interface") { html in
            html.element("h1", "The interface of the by-name list")
            if let words = document["info"]?["description"]?.text { html.element("p") { $0.prose(words) } }
            html.element("p") { line in
                line.text("The same for programs: ")
                line.element("a", link: "/openapi.json", "openapi.json")
                line.text(" (OpenAPI 3.1).")
            }
            contents(&html)
            for tag in document["tags"]?.elements ?? [] { operations(of: tag, &html) }
            html.element("h2", id: "problems", "Problems")
            for type in ProblemType.allCases { problem(type, &html) }
            html.element("h2", id: "schemas", "Schemas")
            for schema in document["components"]?["schemas"]?.members ?? [] { self.schema(schema, &html) }
        }
    }

    /// One kind of problem by itself: where its `type` leads.
    func page(of type: ProblemType) -> String {
        DocsPage.framed(type.title) { html in
            problem(type, &html)
            html.element("p") { $0.element("a", link: "/docs#problems", "All problems, and the interface") }
        }
    }

    private static func framed(_ title: String, _ body: (inout HTML) -> Void) -> String {
        var head = HTML()
        head.element("title", title)
        var html = HTML()
        html.element("body", body)
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">\(head.markup)\
            <meta name="viewport" content="width=device-width, initial-scale=1">\
            <style>\(DocsStyle.text)</style></head>\(html.markup)</html>

            """
    }

    private func problem(_ type: ProblemType, _ html: inout HTML) {
        html.element("section", id: "problem-\(type.rawValue)") { section in
            section.element("h3", "\(type.status) \(type.rawValue)")
            section.element("p") { $0.element("strong", type.title + ".") }
            if let words = meaning(of: type) { section.element("p") { $0.prose(words) } }
        }
    }

    /// What it means and what to do, as the document says it.
    func meaning(of type: ProblemType) -> String? {
        document["components"]?["schemas"]?["ProblemType"]?["x-enum-descriptions"]?["/problems/\(type.rawValue)"]?.text
    }

    // MARK: Contents

    private func contents(_ html: inout HTML) {
        html.element("nav") { nav in
            for tag in document["tags"]?.elements ?? [] {
                let name = tag["name"]?.text ?? ""
                nav.element("h2", name.prefix(1).uppercased() + name.dropFirst())
                nav.element("ul") { list in
                    for operation in operations where operation.tag == name {
                        list.element("li") { item in
                            item.element("a", link: "#\(operation.id)", operation.summary)
                            item.text(" ")
                            item.element("code", "\(operation.method) \(operation.path)")
                        }
                    }
                }
            }
            nav.element("p") { line in
                line.element("a", link: "#problems", "Problems")
                line.text(", ")
                line.element("a", link: "#schemas", "schemas")
            }
        }
    }

    private func operations(of tag: JSONValue, _ html: inout HTML) {
        let name = tag["name"]?.text ?? ""
        html.element("h2", id: "tag-\(name)", name.prefix(1).uppercased() + name.dropFirst())
        if let words = tag["description"]?.text { html.element("p") { $0.prose(words) } }
        for operation in operations where operation.tag == name { self.operation(operation, &html) }
    }
}

extension DocsPage {
    /// One thing that can be asked.
    struct Operation {
        let method: String
        let path: String
        let value: JSONValue
        /// Parameters of the path and its own.
        let parameters: [JSONValue]

        var id: String { value["operationId"]?.text ?? "" }
        var summary: String { value["summary"]?.text ?? "" }
        var tag: String { value["tags"]?.elements.first?.text ?? "" }
    }

    /// All of them, in the order of the document.
    var operations: [Operation] {
        (document["paths"]?.members ?? []).flatMap { path in
            let shared = path.value["parameters"]?.elements ?? []
            return path.value.members.filter { $0.key != "parameters" }.map { member in
                let own = member.value["parameters"]?.elements ?? []
                return Operation(
                    method: member.key.uppercased(), path: path.key, value: member.value,
                    parameters: (shared + own).map(resolved))
            }
        }
    }

    /// What a reference leads to; anything else is itself.
    func resolved(_ value: JSONValue) -> JSONValue {
        guard let path = value["$ref"]?.text else { return value }
        return path.dropFirst(2).split(separator: "/").reduce(document) { $0[String($1)] ?? .null }
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// Of an array; of anything else none.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// Of an object; of anything else none.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
}
