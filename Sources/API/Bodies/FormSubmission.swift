import Crypto
import JSON

/// What a form tool sends of one filled-in form: its fields under flat names, and what the tool calls it.
struct FormSubmission: Sendable {
    /// Groups within groups have one name with slashes, however the tool writes them.
    let fields: [(name: String, value: JSONValue)]
    /// By it a repeat is known for one; `nil` if the tool does not say.
    let key: String?

    /// Names that say what the submission is called.
    static let keys = ["meta/instanceID", "_uuid"]

    /// `nil` of what is no object.
    init?(_ value: JSONValue) {
        guard case .object(let members) = value else { return nil }
        var fields: [(name: String, value: JSONValue)] = []
        FormSubmission.flatten(members, under: "", into: &fields)
        self.fields = fields
        key =
            FormSubmission.keys.lazy.compactMap { name in
                fields.first { $0.name == name }.flatMap { FormSubmission.key($0.value) }
            }.first
    }

    private static func flatten(
        _ members: [JSONValue.Member], under group: String, into fields: inout [(name: String, value: JSONValue)]
    ) {
        for member in members {
            let name = group.isEmpty ? member.key : group + "/" + member.key
            if case .object(let inner) = member.value, !inner.isEmpty {
                flatten(inner, under: name, into: &fields)
            } else {
                fields.append((name, member.value))
            }
        }
    }

    private static func key(_ value: JSONValue) -> String? {
        guard case .string(let text) = value, (8...200).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return text
    }

    /// The hash of what was answered: what the tool adds (when it sent it, where files lie) may differ in a repeat.
    var hash: [UInt8] {
        let answers = fields.filter { !FormSubmission.isOfTool($0.name) }.sorted { $0.name < $1.name }
        return Array(
            SHA256.hash(
                data: JSONWriter.bytes(of: JSONValue.object(answers.map { JSONValue.Member($0.name, $0.value) }))))
    }

    private static func isOfTool(_ name: String) -> Bool {
        name.hasPrefix("_") || name.hasPrefix("meta/") || name.hasPrefix("formhub/")
    }
}
