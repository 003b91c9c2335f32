import App
import ArgumentParser
import ByNameList
import CivilTime
import JSON
import Store
import Views

struct PersonCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract:
            "A person's timeline in words: which fact, which rule, which date. Showing it is logged.",
        discussion: """
            EXAMPLE
              bnl person p_0123456789ABC --community sample
              bnl person --external-id 656389 --community sample --known-at 2024-04-10T00:00:00Z
            """)

    @OptionGroup var community: CommunityOptions
    @Argument(help: "The person's id, as p_0123456789ABC.") var id: String?
    @Option(help: "The number that another system has for the person.") var externalID: String?
    @Option(help: "As it was known at this instant.") var knownAt: Instant?
    @Option(help: "What the page is needed for, as the access log keeps it.") var purpose = "timeline"
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (id == nil) != (externalID == nil) else { throw ValidationError("name an id or an --external-id") }
        guard id.map(PublicIDs.isForm) ?? true else {
            throw ValidationError("an id is p_ and thirteen letters and digits, as bnl list shows it")
        }
    }

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let found = try workspace.community(community.community)
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        let disclosure = try workspace.disclosure(in: found, user: console.user, fields: "page", purpose: purpose)
        let person = try person(workspace, found, ids)
        let page = try workspace.store.release(
            workspace.store.read { reader in try reader.page(of: person, in: found.id, knownAt: knownAt) },
            to: disclosure)
        let answer = PersonAnswer(page, ids)
        console.say(json ? answer.json : Array(answer.text.utf8))
    }

    private func person(_ workspace: Workspace, _ found: Community, _ ids: PublicIDs) throws -> PersonID {
        if let id {
            guard let person = ids.person(id) else { throw StoreError.notFound("there is no person \(id)") }
            return person
        }
        let number = externalID ?? ""
        let people = try workspace.store.read { reader in
            try reader.person(system: nil, externalID: number, in: found.id)
        }
        guard let person = people.first, people.count == 1 else {
            throw StoreError.notFound(
                people.isEmpty
                    ? "nobody has the external id \(number) in \(found.code)"
                    : "several systems have the number \(number): name the person by id")
        }
        return person
    }
}
