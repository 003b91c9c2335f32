import API
import App
import Foundation
import JSON
import Testing

@Suite struct `A page` {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8).components(separatedBy: "\n")
    }

    @Test func `of problems has an entry for every type, under its status`() throws {
        let lines = try lines("Sources/Documentation.docc/Guides/Problems.md")
        let headings = lines.filter { $0.hasPrefix("### ") }
        #expect(headings == ProblemType.allCases.map { "### \($0.rawValue) (\($0.status))" })
        for (number, line) in zip(0..., lines) where line.hasPrefix("### ") {
            // A blank line, and then what it means and what to do.
            #expect(lines[number + 2].count > 40, "\(line)")
        }
    }

    @Test func `of problems says the same as the document`() throws {
        let meanings = try Document().schema("ProblemType")?["x-enum-descriptions"]?.members ?? []
        let lines = try lines("Sources/Documentation.docc/Guides/Problems.md")
        for type in ProblemType.allCases {
            let start = try #require(lines.firstIndex(of: "### \(type.rawValue) (\(type.status))"))
            let words = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.filter { !$0.isEmpty }
            let meaning = meanings.first { $0.key == "/problems/\(type.rawValue)" }?.value.text
            #expect(meaning == words.joined(separator: " "), "\(type.rawValue)")
        }
        #expect(meanings.count == ProblemType.allCases.count)
    }

    @Test func `of settings has every setting with its unit, default, variable and meaning`() throws {
        let lines = try lines("config/README.md")
        let heading = "| name | unit | default | variable | meaning |"
        let start = try #require(lines.firstIndex(of: heading))
        let rows = lines[(start + 2)...].prefix { $0.hasPrefix("|") }
        let expected = Setting.all.map { setting in
            let value = setting.defaultValue.isEmpty ? "" : "`\(setting.defaultValue)`"
            return "| `\(setting.name)` | \(setting.unit) | \(value) | `\(setting.variable)` | \(setting.meaning) |"
        }
        #expect(Array(rows) == expected)
    }
}
