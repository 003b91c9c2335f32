import API
import App
import Foundation
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
