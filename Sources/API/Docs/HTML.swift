/// HTML as it is sent: whatever goes in as text is escaped.
struct HTML {
    private(set) var markup = ""

    /// An element with what the body puts into it.
    mutating func element(
        _ name: StaticString, id: String? = nil, kind: String? = nil, link: String? = nil,
        _ body: (inout HTML) -> Void
    ) {
        markup += "<\(name)"
        for (attribute, value) in [("id", id), ("class", kind), ("href", link)] {
            guard let value else { continue }
            markup += " \(attribute)=\""
            text(value)
            markup += "\""
        }
        markup += ">"
        body(&self)
        markup += "</\(name)>"
    }

    /// An element with a text in it.
    mutating func element(
        _ name: StaticString, id: String? = nil, kind: String? = nil, link: String? = nil, _ words: String
    ) {
        element(name, id: id, kind: kind, link: link) { $0.text(words) }
    }

    mutating func text(_ words: some StringProtocol) {
        for scalar in words.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            default: markup.unicodeScalars.append(scalar)
            }
        }
    }

    /// Sentences in which what stands between backquotes is code.
    mutating func prose(_ words: String) {
        for (place, part) in words.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            if place % 2 == 1 { element("code", String(part)) } else { text(part) }
        }
    }

    /// A table with a heading for each column.
    mutating func table(_ headings: [String], _ rows: (inout HTML) -> Void) {
        element("table") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    for heading in headings { row.element("th", heading) }
                }
            }
            table.element("tbody", rows)
        }
    }
}
