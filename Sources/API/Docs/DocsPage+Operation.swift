import JSON

extension DocsPage {
    func operation(_ operation: Operation, _ html: inout HTML) {
        html.element("section", id: operation.id) { section in
            section.element("h3") { heading in
                heading.element("a", link: "#\(operation.id)", operation.summary)
            }
            section.element("p", kind: "path") { line in
                line.element("code", kind: "method", operation.method)
                line.text(" ")
                line.element("code", operation.path)
            }
            if let words = operation.value["description"]?.text { section.element("p") { $0.prose(words) } }
            parameters(operation, &section)
            body(operation, &section)
            answers(operation, &section)
        }
    }

    private func parameters(_ operation: Operation, _ html: inout HTML) {
        guard !operation.parameters.isEmpty else { return }
        html.element("h4", "Parameters")
        html.table(["name", "where", "what", ""]) { table in
            for parameter in operation.parameters {
                let isRequired = parameter["required"] == .bool(true)
                table.element("tr") { row in
                    row.element("td") { $0.element("code", parameter["name"]?.text ?? "") }
                    row.element("td", (parameter["in"]?.text ?? "") + (isRequired ? ", required" : ""))
                    row.element("td") { form(of: parameter["schema"] ?? .null, &$0) }
                    row.element("td") { $0.prose(parameter["description"]?.text ?? "") }
                }
            }
        }
    }

    private func body(_ operation: Operation, _ html: inout HTML) {
        guard let content = operation.value["requestBody"]?["content"]?.members else { return }
        html.element("h4", "Body")
        for media in content { self.media(media, &html) }
    }

    private func answers(_ operation: Operation, _ html: inout HTML) {
        html.element("h4", "Answers")
        html.table(["status", "what", "as"]) { table in
            for answer in operation.value["responses"]?.members ?? [] {
                let response = resolved(answer.value)
                table.element("tr") { row in
                    row.element("td") { $0.element("code", answer.key) }
                    row.element("td") { $0.prose(response["description"]?.text ?? "") }
                    row.element("td") { cell in
                        for media in response["content"]?.members ?? [] {
                            form(of: media.value["schema"] ?? .null, &cell)
                            cell.text(" ")
                        }
                    }
                }
            }
        }
        for answer in operation.value["responses"]?.members ?? [] where answer.key.hasPrefix("2") {
            for media in resolved(answer.value)["content"]?.members ?? [] { self.media(media, &html) }
        }
    }

    /// A form of a body, with its schema and its example.
    private func media(_ media: JSONValue.Member, _ html: inout HTML) {
        html.element("p") { line in
            line.element("code", media.key)
            line.text(": ")
            form(of: media.value["schema"] ?? .null, &line)
        }
        guard let example = media.value["example"] else { return }
        html.element("details") { details in
            details.element("summary", "Example")
            details.element("pre") { $0.element("code", example.text ?? DocsPage.pretty(example)) }
        }
    }

    private static func pretty(_ value: JSONValue) -> String {
        String(decoding: JSONWriter.bytes(of: value, isPretty: true), as: UTF8.self)
    }
}
