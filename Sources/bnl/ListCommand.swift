import App
import ArgumentParser
import ByNameList
import CivilTime
import JSON
import Store
import Views

struct ListCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Who is actively homeless: the list itself. Showing it is written into the access log.",
        discussion: """
            EXAMPLE
              bnl list --community sample --population veterans
              bnl list --community sample --on 2024-03-31 --json
              bnl list --community sample --known-at 2024-04-10T00:00:00Z
            """)

    @OptionGroup var community: CommunityOptions
    @Option(help: "One population; else everybody on the list.") var population: String?
    @Option(help: "At the end of this day; else today.") var on: CivilDate?
    @Option(help: "As it was known at this instant, as 2024-04-10T00:00:00Z.") var knownAt: Instant?
    @Option(help: "record, or projected_chronic: who becomes chronically homeless first if the present stay goes on.")
    var sort: ListOrder = .record
    @Option(help: "What the list is needed for, as the access log keeps it.") var purpose = "by-name list"
    @Flag(help: "Print JSON.") var json = false

    var data: DataOptions { community.data }

    func validate() throws {
        guard sort == .record || on == nil else {
            throw ValidationError("--sort projected_chronic goes without --on: it is projected from today")
        }
    }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let found = try workspace.community(community.community)
        let day = on ?? knownAt.map { workspace.date(of: $0, in: found) } ?? workspace.today(in: found)
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        let asked = try workspace.store.read { reader in
            try reader.projection(of: found).policy.populations.named(population ?? Population.all.code)
        }
        let entries = try allEntries(workspace, found, asked, day, console.user)
        console.say(json ? self.json(entries, asked, ids, day) : Array(table(entries, asked, ids, day).utf8))
    }

    private func allEntries(
        _ workspace: Workspace, _ found: Community, _ asked: Population, _ day: CivilDate, _ user: String
    ) throws -> [ListEntry] {
        let disclosure = try workspace.disclosure(in: found, user: user, fields: "list", purpose: purpose)
        var entries: [ListEntry] = []
        var next: ListPlace? = ListPlace(PersonID(0))
        while let after = next {
            let page = try workspace.store.release(
                workspace.store.read { reader in
                    guard let knownAt else {
                        return try reader.activeList(of: found, population: asked, on: day, by: sort, after: after)
                    }
                    return try reader.activeList(
                        of: found, population: asked, on: day, by: sort, after: after, knownAt: knownAt)
                }, to: disclosure)
            entries += page.entries
            next = page.next
        }
        return entries
    }

    private func table(_ entries: [ListEntry], _ asked: Population, _ ids: PublicIDs, _ day: CivilDate) -> String {
        var table = TextTable()
        table.row(["name", "id", "born", "active since", "days", "chronic from"])
        table.rule()
        for entry in entries {
            table.row([
                entry.identity.shown, ids.text(of: entry.person), entry.birth.map { "\($0.date)" } ?? "-",
                "\(entry.activeSince)", "\(day - entry.activeSince)",
                entry.projectedChronic.map { "\($0)" } ?? "-",
            ])
        }
        return table.rendered() + "\n\(entries.count) people in \(asked.name) at the end of \(day)"
    }

    private func json(_ entries: [ListEntry], _ asked: Population, _ ids: PublicIDs, _ day: CivilDate) -> [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("on", "\(day)")
            object.field("population", asked.code)
            object.array("people") { array in
                for entry in entries {
                    array.object { person in
                        person.field("id", ids.text(of: entry.person))
                        person.field("name", entry.identity.shown)
                        person.field("birth_date", entry.birth.map { "\($0.date)" })
                        person.field("active_since", "\(entry.activeSince)")
                        person.field("days_active", day - entry.activeSince)
                        person.field("projected_chronic", entry.projectedChronic.map { "\($0)" })
                    }
                }
            }
        }
        return writer.bytes
    }
}
