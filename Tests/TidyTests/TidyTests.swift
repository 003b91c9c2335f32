import Foundation
import Testing

@Suite struct `The package` {
    let files: [SourceFile]

    init() throws {
        files = try SourceTree.files()
        try #require(files.count > 20)
    }

    private func findings(in suffixes: [String], _ check: (SourceFile) -> [Finding]) -> String {
        files.filter { file in suffixes.contains { file.path.hasSuffix($0) } }.flatMap(check).joined(separator: "\n")
    }

    @Test func `imports only what each layer may`() {
        #expect(findings(in: [".swift"], Checks.imports) == "")
    }

    @Test func `has lines of a screen's width`() {
        #expect(findings(in: [".swift", ".sql", ".h"], Checks.lineLength) == "")
    }

    @Test func `has files of one thing each`() {
        #expect(findings(in: [".swift", ".sql", ".h"], Checks.fileLength) == "")
    }

    @Test func `has functions that can be seen whole`() {
        #expect(findings(in: [".swift"], Checks.functionLength) == "")
    }

    @Test func `leaves no unfinished work marked`() {
        #expect(findings(in: [".swift", ".sql", ".h", ".md", ".json"], Checks.unfinished) == "")
    }

    @Test func `says why wherever a safeguard is off`() {
        #expect(findings(in: [".swift"], Checks.unexplained) == "")
    }

    @Test func `shows at the top what it promises and nothing else`() throws {
        #expect(try Checks.layout(SourceTree.visibleEntries()) == [])
    }

    @Test func `syncs whatever it is built or told, but for the build that shows what is lost without`() throws {
        let flag = "BNL_POWER_CUT_RIG" + "_MUST_FAIL"
        let shipped = files.filter { $0.isSwift && !$0.path.hasPrefix("Tests/") }
        let configuration = shipped.filter { $0.path == "Sources/SQLite/Connection+Configuration.swift" }
        let others = shipped.filter { $0.path != "Sources/SQLite/Connection+Configuration.swift" }
        // The rows of an export while it is read: a file without a name, and no record.
        let records = others.filter { $0.path != "Sources/Store/ScratchRows.swift" }
        let suspects = records.filter { $0.text.contains(flag) || $0.text.lowercased().contains("pragma synchronous") }
        #expect(suspects.isEmpty)
        #expect(try !SourceTree.manifest().contains(flag))
        let lines = configuration.flatMap(\.lines).map { $0.drop(while: \.isWhitespace) }
        #expect(lines.filter { $0.contains(flag) } == ["#if \(flag)"])
        #expect(
            lines.filter { $0.contains("synchronous") } == [
                "private static let synchronous: Int64 = 1", "private static let synchronous: Int64 = 2",
                #"("synchronous", synchronous),"#,
            ])
    }

    @Test func `numbers each decision once`() {
        let pages = files.filter { $0.path.hasPrefix("Sources/Documentation.docc/Decisions/") }
        #expect(!pages.isEmpty)
        #expect(Checks.decisions(pages) == [])
    }

    @Test func `builds every folder of its sources`() throws {
        #expect(try Checks.targets(SourceTree.entries(of: "Sources"), manifest: SourceTree.manifest()) == [])
    }
}

@Suite struct `A check of the package` {
    private func file(_ text: String, path: String = "Sources/JSON/A.swift") -> SourceFile {
        SourceFile(path: path, text: text)
    }

    @Test(arguments: [
        "import Foundation", "internal import Glibc", "@testable import ByNameList", "package import struct SQLite.Row",
        "  import  CivilTime // why", "@preconcurrency internal import Foundation", "import Glibc;",
    ])
    func `finds an import that the layer may not have`(line: String) {
        #expect(Checks.imports(file("/// Words.\n\(line)\n")).count == 1)
        #expect(Checks.imports(file(line, path: "Tests/JSONTests/A.swift")).isEmpty)
    }

    @Test func `lets a layer have its own imports and no word that looks like one`() {
        #expect(Checks.imports(file("internal import CivilTime", path: "Sources/ByNameList/A/B.swift")).isEmpty)
        #expect(Checks.imports(file("// import Foundation\nlet a = \"\nimport Foundation\"")).isEmpty)
        #expect(Checks.imports(file("func important() { importAll(import: 1) }")).isEmpty)
        #expect(Checks.imports(file("", path: "Sources/Unheard/A.swift")).count == 1)
        #expect(Checks.imports(file("import Foundation", path: "Migrations/A.swift")).count == 1)
        #expect(Checks.mayImport.allSatisfy { !$0.value.contains("Foundation") })
    }

    @Test func `finds a line that is too long, in columns and not in bytes`() {
        #expect(Checks.lineLength(file("a\n" + String(repeating: "é", count: 120))).isEmpty)
        #expect(Checks.lineLength(file("a\n" + String(repeating: "a", count: 121))).count == 1)
    }

    @Test func `finds a file that is too long`() {
        #expect(Checks.fileLength(file(String(repeating: "a\n", count: 450))).isEmpty)
        #expect(Checks.fileLength(file(String(repeating: "a\n", count: 451))).count == 1)
    }

    private func function(_ opening: String, lines: Int) -> SourceFile {
        file("struct A {\n    \(opening) {\n" + String(repeating: "        a { b }\n", count: lines - 2) + "    }\n}\n")
    }

    @Test(arguments: [
        "func a()", "package static func a<B>(_ b: B) throws(C) -> D where B: E", "private init?(a: Int)", "deinit",
        "@inline(__always) package mutating func a(then: (Int) -> Int = { $0 })", "func `does {`()",
        "@discardableResult func a(\n        b: Int\n    )",
    ])
    func `finds a function that is too long`(opening: String) {
        let openingLines = opening.split(separator: "\n").count - 1
        #expect(Checks.functionLength(function(opening, lines: 60 - openingLines)).isEmpty)
        #expect(Checks.functionLength(function(opening, lines: 61 - openingLines)).count == 1)
    }

    @Test func `takes no promise, string or comment for a function's body`() {
        let promise = "protocol A {\n    func a()\n    func b()\n}\nstruct B {\n"
        #expect(Checks.functionLength(file(promise + String(repeating: "    let a = 1\n", count: 80) + "}\n")).isEmpty)
        let quoted =
            "func a() {\n    let a = \"{ \\(b(\"{\")) {\" // {\n    /* { /* { */ */\n    let c = #\"\"{\"#\n}\n"
        #expect(Checks.functionLength(file(quoted + String(repeating: "let a = 1\n", count: 80))).isEmpty)
        let code = SourceText.codeOnly("a(\"\"\"\n  \\(b) \"c\" {\n  \"\"\") { // d\n}")
        #expect(code.filter { !$0.isWhitespace } == "a(){}")
    }

    @Test(arguments: Checks.unfinishedMarks)
    func `finds unfinished work`(mark: String) {
        #expect(Checks.unfinished(file("let a = 1\n// \(mark): later")).count == 1)
        #expect(Checks.unfinished(file("let \(mark)L = 1")).isEmpty)
    }

    @Test(arguments: Checks.dangers)
    func `finds a safeguard that is off without a reason`(danger: String) {
        #expect(Checks.unexplained(file("let b = 1\nlet a = \(danger) b")).count == 1)
        #expect(Checks.unexplained(file("// Because.\n\nlet a = \(danger) b")).count == 1)
        #expect(Checks.unexplained(file("    // Because.\n    let a = \(danger) b")).isEmpty)
        #expect(Checks.unexplained(file("let a = \(danger) b // because")).isEmpty)
        #expect(Checks.unexplained(file("let a = \"\(danger)\"")).isEmpty)
    }

    @Test func `finds what shows at the top and should not, and what should`() {
        let entries = Array(Checks.topLevel)
        #expect(Checks.layout(entries + ["Package.resolved"]).isEmpty)
        #expect(Checks.layout(entries + ["notes.txt"]).count == 1)
        #expect(Checks.layout(Array(entries.dropFirst())).count == 1)
    }

    @Test func `finds a decision without a number of its own`() {
        func page(_ name: String, _ heading: String) -> SourceFile { file("# \(heading)\n", path: "Decisions/\(name)") }
        let good = page("0001-a.md", "0001: A")
        #expect(Checks.decisions([good, page("0002-b.md", "0002: B")]).isEmpty)
        #expect(Checks.decisions([good, page("0001-b.md", "0001: B")]).count == 1)
        #expect(Checks.decisions([good, page("0002-b.md", "0003: B")]).count == 1)
        #expect(Checks.decisions([page("a.md", "0001: A")]).count == 1)
        #expect(Checks.decisions([page("00011-a.md", "0001: A")]).count == 1)
    }

    @Test func `finds a folder that nobody builds`() {
        let manifest = ".target(name: \"JSON\", swiftSettings: fences)"
        #expect(Checks.targets(["Documentation.docc", "JSON"], manifest: manifest).isEmpty)
        #expect(Checks.targets(["JSO", "JSON"], manifest: manifest).count == 1)
    }
}
