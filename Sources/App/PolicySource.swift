import JSON
import ShippedConfig

/// A policy by the name of a shipped template, or by the path of a file.
package struct PolicySource {
    private let name: String
    private let directory: String?

    /// - Parameter directory: what a relative path starts from; else the process's own.
    package init(_ name: String, in directory: String? = nil) {
        self.name = name
        self.directory = directory
    }

    private var path: String { name.hasPrefix("/") ? name : directory.map { $0 + "/" + name } ?? name }

    /// The text of the policy; refuses one that cannot be read, saying all that is wrong with it.
    package func document() throws -> String {
        if let template = PolicyDocument.template(name) { return template }
        guard name.contains("/") || name.hasSuffix(".json") else {
            throw PolicySourceProblem(
                "there is no policy template \(name): take one of \(PolicyDocument.templates.joined(separator: ", ")),"
                    + " or the path of a file")
        }
        let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
        do throws(PolicyProblems) {
            _ = try PolicyDocument.policy(from: text)
        } catch {
            let problems = error.problems.map { "\($0.pointer) \($0.reason)" }
            throw PolicySourceProblem("the policy \(name) cannot be used: " + problems.joined(separator: "; "))
        }
        return text
    }
}

/// Why a policy cannot be used, and what would do.
package struct PolicySourceProblem: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
