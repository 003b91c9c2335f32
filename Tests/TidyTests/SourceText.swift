/// Swift text without what is not code.
///
/// Knows comments, strings with their hashes and interpolations, and raw identifiers; not regex literals.
struct SourceText {
    private let bytes: [UInt8]
    private var place = 0
    private var code: [UInt8] = []

    static func codeOnly(_ text: String) -> String {
        var source = SourceText(bytes: Array(text.utf8))
        source.readCode(untilClosingParenthesis: false)
        return String(decoding: source.code, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func readCode(untilClosingParenthesis: Bool) {
        var depth = 0
        while place < bytes.count {
            let hashes = hashesBeforeQuote()
            if isAt("//") {
                while place < bytes.count, bytes[place] != 10 { blank() }
            } else if isAt("/*") {
                readBlockComment()
            } else if let hashes {
                readString(hashes: hashes)
            } else if isAt("`") {
                blank()
                while place < bytes.count, bytes[place] != 10, !isAt("`") { blank() }
                blank()
            } else {
                if isAt("(") { depth += 1 }
                if isAt(")") { depth -= 1 }
                if untilClosingParenthesis { blank() } else { keep() }
                if untilClosingParenthesis, depth == 0 { return }
            }
        }
    }

    private mutating func readBlockComment() {
        var depth = 0
        while place < bytes.count {
            if isAt("/*") { depth += 1 }
            let isEnd = isAt("*/")
            blank()
            guard isEnd else { continue }
            blank()
            depth -= 1
            if depth == 0 { return }
        }
    }

    private mutating func readString(hashes: Int) {
        blank(hashes)
        let quote = isAt("\"\"\"") ? "\"\"\"" : "\""
        let marks = String(repeating: "#", count: hashes)
        blank(quote.utf8.count)
        while place < bytes.count {
            if isAt(quote + marks) {
                blank(quote.utf8.count + hashes)
                return
            }
            if isAt("\\" + marks + "(") {
                blank(1 + hashes)
                readCode(untilClosingParenthesis: true)
            } else if isAt("\\" + marks) {
                blank(2 + hashes)
            } else {
                blank()
            }
        }
    }

    private func hashesBeforeQuote() -> Int? {
        let hashes = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = place + hashes
        return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    private func isAt(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private mutating func keep() {
        code.append(bytes[place])
        place += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where place < bytes.count {
            code.append(bytes[place] == 10 ? 10 : 32)
            place += 1
        }
    }
}
