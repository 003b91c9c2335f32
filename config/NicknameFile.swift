package import ByNameList
import JSON

/// The shipped file of names and their forms.
package enum NicknameFile {
    /// The names of the file, read once.
    package static let nicknames: Nicknames = {
        guard case .object(let members)? = try? JSONValue(PackageResources.nicknames_json) else {
            // The program's own file, which a test reads: no user's text comes here.
            preconditionFailure("nicknames.json cannot be read")
        }
        return Nicknames(members.map { (name: $0.key, forms: NicknameFile.texts($0.value)) })
    }()

    private static func texts(_ value: JSONValue) -> [String] {
        guard case .array(let elements) = value else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
