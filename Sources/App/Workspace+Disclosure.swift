package import Store

extension Workspace {
    /// Permission to show people of the community to the user of this command.
    package func disclosure(in community: Community, user: String, fields: String, purpose: String) throws -> Disclosure
    {
        let actor = try store.change { transaction in
            try transaction.origin(
                community: community.id, agency: "operator", actor: user, source: "command line",
                isImport: false
            ).actor
        }
        return Disclosure(actor: actor, community: community.id, fields: fields, purpose: purpose)
    }
}
