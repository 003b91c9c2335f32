import App
import ArgumentParser
import JSON
import Store

struct RebuildCommand: ParsableCommand {
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

    func run() throws {
        let workspace = try community.data.open(.writing)
        defer { workspace.store.close() }
        let document = try policy.map { try PolicySource($0).document() }
        var bar = ProgressBar("rebuild")
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
            Console.say(writer.bytes)
        } else {
            print("rebuilt \(community.community) from \(people) records")
        }
    }
}
