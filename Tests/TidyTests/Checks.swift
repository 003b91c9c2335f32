/// What is held against a file, as `path:line: what`.
typealias Finding = String

/// The rules that a compiler does not know; each takes text and gives what is held against it.
enum Checks {
    static let columnsMax = 120
    static let fileLinesMax = 450
    static let functionLinesMax = 60

    static func lineLength(_ file: SourceFile) -> [Finding] {
        zip(1..., file.lines).filter { $1.count > columnsMax }
            .map { "\(file.path):\($0): \($1.count) columns, at most \(columnsMax)" }
    }

    static func fileLength(_ file: SourceFile) -> [Finding] {
        let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
        return count > fileLinesMax ? ["\(file.path): \(count) lines, at most \(fileLinesMax)"] : []
    }

    /// Written in two halves, so that this file does not find itself.
    static let unfinishedMarks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]

    static func unfinished(_ file: SourceFile) -> [Finding] {
        zip(1..., file.lines).flatMap { number, line in
            let words = line.split { !$0.isLetter }
            return unfinishedMarks.filter { mark in words.contains { $0 == mark } }
                .map { "\(file.path):\(number): \($0)" }
        }
    }

    static let dangers = ["try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)"]

    /// What switches a safeguard off has to say why, on its line or on the line above.
    static func unexplained(_ file: SourceFile) -> [Finding] {
        let lines = file.lines
        return zip(0..., file.codeLines).flatMap { index, code -> [Finding] in
            let isExplained =
                lines[index].contains("//")
                || (index > 0 && lines[index - 1].drop(while: \.isWhitespace).hasPrefix("//"))
            guard !isExplained else { return [] }
            return dangers.filter { stands($0, in: code) }.map { "\(file.path):\(index + 1): \($0) without a reason" }
        }
    }

    /// Whether the words stand there on their own: `as!` is not in `has!`.
    private static func stands(_ words: String, in code: String) -> Bool {
        guard let range = code.firstRange(of: words) else { return false }
        guard let before = code[..<range.lowerBound].last else { return true }
        return !before.isLetter && before != "_"
    }
}

extension Checks {
    /// What each layer may import; what is not in the table may not be there.
    static let mayImport: [String: Set<String>] = [
        "Sources/CivilTime": [],
        "Sources/ByNameList": ["CivilTime"],
        "Sources/JSON": [],
        "Sources/HMIS": ["ByNameList", "CivilTime", "Glibc"],
        "Sources/LSA": ["CivilTime", "HMIS"],
        "Sources/Threads": ["CLinux", "Glibc"],
        "Sources/HTTP": [],
        "Sources/HTTPServer": ["CLinux", "Glibc", "HTTP", "Threads"],
        "Sources/SQLite": ["CSQLite", "Glibc"],
        "Sources/Store": [
            "ByNameList", "CivilTime", "Crypto", "Glibc", "HMIS", "JSON", "Migrations", "SQLite", "ShippedConfig",
            "Synchronization", "Threads",
        ],
        "Sources/Views": ["ByNameList", "CivilTime", "HMIS", "JSON", "ShippedConfig", "Store"],
        "Sources/API": [
            "ByNameList", "CivilTime", "Crypto", "Glibc", "HTTP", "JSON", "ShippedConfig", "Store", "Threads", "Views",
        ],
        "Sources/App": [
            "API", "CBuild", "CLinux", "HTTP", "HTTPServer", "Views", "ByNameList", "CivilTime", "FoundationEssentials",
            "Glibc", "HMIS",
            "JSON", "Migrations", "ShippedConfig",
            "Store", "Synchronization", "Threads",
        ],
        "Sources/bnl": [
            "API", "App", "ArgumentParser", "ByNameList", "CivilTime", "Glibc", "HMIS", "JSON", "LSA", "Store",
            "Views",
        ],
        "Sources/bnl-bench": [
            "App", "ArgumentParser", "ByNameList", "CivilTime", "CLinux", "CRowLoop", "Dispatch", "Glibc",
            "ShippedConfig", "Store", "Threads", "Views",
        ],
        "Migrations": [],
        "config": ["ByNameList", "CivilTime", "JSON"],
    ]

    static func imports(_ file: SourceFile) -> [Finding] {
        let isTest = file.path.hasPrefix("Tests/")
        guard file.isSwift, !isTest else { return [] }
        guard let allowed = mayImport[file.targetFolder] else {
            return ["\(file.path): the layer \(file.targetFolder) stands in no row of the table of imports"]
        }
        return zip(1..., file.codeLines).compactMap { number, code in
            guard let module = importedModule(code), !allowed.contains(String(module)) else { return nil }
            return "\(file.path):\(number): \(file.targetFolder) may not import \(module)"
        }
    }

    /// The module that the line imports, whatever stands before the word; of `import struct A.B` it is `A`.
    static func importedModule(_ code: String) -> Substring? {
        let words = code.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" })
        guard let place = words.firstIndex(of: "import") else { return nil }
        let modifiers: Set<Substring> = ["package", "public", "internal", "fileprivate", "private"]
        guard words[..<place].allSatisfy({ $0.hasPrefix("@") || modifiers.contains($0) }) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        let name = words[(place + 1)...].first { !kinds.contains($0) }
        return name.flatMap { $0.split(separator: ".").first }
    }
}

extension Checks {
    /// The functions that are longer than a screen and a half, found by counting braces.
    static func functionLength(_ file: SourceFile) -> [Finding] {
        let code = file.codeLines
        return code.indices.filter { opensFunction(code[$0]) }.compactMap { start in
            guard let count = bodyLines(of: code[start...]), count > functionLinesMax else { return nil }
            return "\(file.path):\(start + 1): a function of \(count) lines, at most \(functionLinesMax)"
        }
    }

    private static let modifiers: Set<Substring> = [
        "package", "public", "internal", "fileprivate", "private", "static", "final", "override", "mutating",
        "nonmutating", "consuming", "borrowing", "convenience", "required", "isolated", "nonisolated", "indirect",
    ]

    private static func opensFunction(_ code: String) -> Bool {
        var line = code.drop(while: \.isWhitespace)
        while true {
            let word = line.prefix { $0.isLetter || $0 == "@" }
            if word == "func" || word == "init" || word == "deinit" || word == "subscript" { return true }
            guard modifiers.contains(word) || word.hasPrefix("@") else { return false }
            line = line.dropFirst(word.count)
            // The arguments of an attribute.
            if line.hasPrefix("(") { line = line.drop { $0 != ")" }.dropFirst() }
            line = line.drop(while: \.isWhitespace)
        }
    }

    /// Lines from the first one to the brace that closes the body; `nil` for a promise without a body.
    private static func bodyLines(of code: ArraySlice<String>) -> Int? {
        var braces = 0
        var parentheses = 0
        for (index, line) in zip(code.indices, code) {
            if index > code.startIndex, braces == 0, parentheses == 0, opensFunction(line) { return nil }
            for character in line {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                // A closure in the parameters is not the body.
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where parentheses == 0 || braces > 0:
                    braces -= 1
                    if braces <= 0 { return braces < 0 ? nil : index - code.startIndex + 1 }
                default: break
                }
            }
        }
        return nil
    }
}

extension Checks {
    static let topLevel: Set<String> = ["Migrations", "Package.swift", "README.md", "Sources", "Tests", "config"]

    /// The top of the package is a promise to whoever opens it first.
    static func layout(_ entries: [String]) -> [Finding] {
        // The package manager writes it where it builds; it is ignored, not kept.
        let seen = Set(entries).subtracting(["Package.resolved"])
        return seen.subtracting(topLevel).sorted().map { "\($0) does not belong at the top" }
            + topLevel.subtracting(seen).sorted().map { "\($0) is missing at the top" }
    }

    /// Pages are cited by their number: it is the name's first four digits, the heading's too, and nobody else's.
    static func decisions(_ pages: [SourceFile]) -> [Finding] {
        var seen: [String: String] = [:]
        return pages.flatMap { page -> [Finding] in
            let name = page.path.split(separator: "/").last ?? ""
            let number = String(name.prefix(4))
            guard number.count == 4, number.allSatisfy({ ("0"..."9").contains($0) }), name.dropFirst(4).hasPrefix("-")
            else { return ["\(page.path): the name does not begin with four digits and a hyphen"] }
            if let other = seen.updateValue(page.path, forKey: number) {
                return ["\(page.path): the number is that of \(other)"]
            }
            guard page.text.hasPrefix("# \(number): ") else {
                return ["\(page.path): the heading does not begin with # \(number):"]
            }
            return []
        }
    }

    /// A folder that no target names is compiled by nobody.
    static func targets(_ folders: [String], manifest: String) -> [Finding] {
        folders.filter { !$0.hasSuffix(".docc") && !$0.hasPrefix(".") && !manifest.contains("name: \"\($0)\"") }
            .map { "Sources/\($0) is no target of Package.swift" }
    }
}
