import App
import ArgumentParser
import JSON
import Store

struct RebuildCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Build the projections anew from the journal, beside the live ones, and switch when they are whole.",
        discussion: """
            EXAMPLE
              bnl rebuild --community sample
              bnl rebuild --community sample --policy ontario
            """)

    @OptionGroup var community: CommunityOptions
    @Option(help: "Project with this policy from now on: a template or the path of a policy file.") var policy: String?
    @Flag(help: "Print JSON.") var json = false

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let document = try policy.map { try PolicySource($0, in: console.directory).document() }
        var bar = ProgressBar("rebuild", on: console)
        var people = 0
        try workspace.store.rebuild(community: community.community, policy: document) { done, total in
            people = total
            bar.show(done, of: total)
        }
        if json {
            var writer = JSONWriter()
            writer.object { object in
                object.field("community", community.community)
                object.field("records", people)
            }
            console.say(writer.bytes)
        } else {
            console.say("rebuilt \(community.community) from \(people) records")
        }
    }
}
