package import ByNameList

extension IdentityDetails {
    /// The name as a list shows it, or how staff tell the person apart.
    package var shown: String {
        let name = [givenName, middleName, familyName, nameSuffix].compactMap { $0 }.joined(separator: " ")
        if !name.isEmpty { return name }
        return description.map { "unnamed: \($0)" } ?? "unnamed"
    }
}
