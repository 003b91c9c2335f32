import App
import ArgumentParser
import ByNameList
import Store

struct EraseCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase who somebody is, at their request; what they count in stays.",
        discussion: """
            Names, descriptions, birth date, notes and the numbers of other systems are gone for good, but for backups
            that were made before: those forget as they are replaced, and whatever restores one erases anew.

            EXAMPLE
              bnl erase p_0123456789ABC --community sample
            """)

    @OptionGroup var community: CommunityOptions
    @Argument(help: "The person's id, as p_0123456789ABC.") var id: String

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let found = try workspace.community(community.community)
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        let today = workspace.today(in: found)
        guard let person = ids.person(id),
            try workspace.store.read({ reader in try reader.reach(of: person, in: found.id, on: today) }) != nil
        else { throw StoreError.notFound("there is no person \(id)") }
        let user = console.user
        try workspace.store.change(usesReserve: true) { transaction in
            let origin = try transaction.origin(
                community: found.id, agency: "operator", actor: user, source: "command line", isImport: false)
            try transaction.erase(person, for: .request, from: origin)
        }
        console.say("erased \(id)")
    }
}
