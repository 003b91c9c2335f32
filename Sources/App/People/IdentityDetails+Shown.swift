package import Store

extension IdentityDetails {
    /// The name as a list shows it, or how staff tell the person apart.
    package var shown: String {
        let name = [givenName, middleName, familyName, nameSuffix].compactMap { $0 }.joined(separator: " ")
        if !name.isEmpty { return name }
        return description.map { "unnamed: \($0)" } ?? "unnamed"
    }
}

extension Workspace {
    /// Permission to show people of the community to the user of this command.
    package func disclosure(in community: Community, fields: String, purpose: String) throws -> Disclosure {
        let actor = try store.change { transaction in
            try transaction.origin(
                community: community.id, agency: "operator", actor: Workspace.userName, source: "command line",
                isImport: false
            ).actor
        }
        return Disclosure(actor: actor, community: community.id, fields: fields, purpose: purpose)
    }
}
