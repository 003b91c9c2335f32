import Foundation

/// A file of the package as text; the path begins at the package's root.
struct SourceFile {
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The same lines with strings and comments blanked out, so that braces and words in them do not count.
    var codeLines: [String] { SourceText.codeOnly(text).components(separatedBy: "\n") }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The folder that is a target of its own: `Sources/JSON`, `Migrations`, `Tests/JSONTests`.
    var targetFolder: String {
        let steps = path.split(separator: "/").dropLast()
        let isGrouped = steps.first == "Sources" || steps.first == "Tests"
        return steps.prefix(isGrouped ? 2 : 1).joined(separator: "/")
    }
}

/// The package as it lies on the disk.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every text under the folders that hold our work.
    static func files() throws -> [SourceFile] {
        try ["Migrations", "Sources", "Tests", "config"].flatMap { folder in
            let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
            return try (paths?.compactMap { $0 as? String } ?? []).sorted().compactMap { try file("\(folder)/\($0)") }
        }
    }

    static func manifest() throws -> String {
        try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    }

    /// What a visitor sees at the top.
    static func visibleEntries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path).filter { !$0.hasPrefix(".") }.sorted()
    }

    static func entries(of folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
    }

    private static func file(_ path: String) throws -> SourceFile? {
        guard ["swift", "sql", "h", "md", "json"].contains(URL(fileURLWithPath: path).pathExtension) else { return nil }
        return SourceFile(path: path, text: try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
    }
}
