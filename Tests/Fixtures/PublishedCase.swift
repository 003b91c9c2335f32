import Foundation
package import JSON

/// A case of chronic homelessness with its answer, from the file of those that are published.
package struct PublishedCase: Sendable {
    /// As it stands in the file, the answer included.
    package let value: JSONValue
    package let id: String
    private let expected: [JSONValue.Member]

    private init?(_ value: JSONValue) {
        guard case .string(let id) = value["id"], case .object(let expected) = value["expect"] else { return nil }
        self.value = value
        self.id = id
        // Another count of the same nights, which no verdict has.
        self.expected = expected.filter { $0.key != "lsa_like" }
    }

    /// One line of JSON.
    package var line: [UInt8] { JSONWriter.bytes(of: value) }

    /// What comes out otherwise than it is expected, each member by its own name.
    package func misses(in answer: JSONValue) -> [String] {
        expected.filter { answer[$0.key] != $0.value }.map {
            "\(id) \($0.key): \(answer[$0.key].map { "\($0)" } ?? "absent") in place of \($0.value)"
        }
    }

    /// How many members are compared.
    package var checks: Int { expected.count }

    /// All of the file.
    package static func all() throws -> [PublishedCase] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = try Data(contentsOf: tests.appendingPathComponent("AppTests/Vectors/chronic-cases.json"))
        guard case .array(let values) = try JSONValue([UInt8](file)) else { return [] }
        return values.compactMap { PublishedCase($0) }
    }
}
