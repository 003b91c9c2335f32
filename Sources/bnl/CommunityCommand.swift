import App
import ArgumentParser
import Glibc
import JSON
import Store

struct CommunityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "community", abstract: "Create and name the communities of a record.",
        discussion: "EXAMPLE\n  bnl community create river --name \"River\" --zone America/Toronto --policy ca_bfz",
        subcommands: [Create.self, List.self])

    struct Create: RecordCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a community with a copy of a policy.",
            discussion: """
                EXAMPLE
                  bnl community create peterborough --name "Peterborough" --zone America/Toronto --policy ca_bfz
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "A short code, used in every other command.") var code: String
        @Option(help: "The name, as people say it.") var name: String
        @Option(help: "The time zone, as America/Toronto.") var zone: String
        @Option(help: "A template (us_bfz, ca_bfz, ontario) or the path of a policy file.") var policy: String
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            let isCode = (2...40).contains(code.utf8.count) && code.utf8.allSatisfy { $0 > 32 && $0 < 127 }
            guard isCode else { throw ValidationError("the code must be 2 to 40 visible ASCII characters") }
        }

        func perform(in workspace: Workspace, _ console: Console) throws {
            let document = try PolicySource(policy, in: console.directory).document()
            try workspace.createCommunity(code: code, name: name, zone: zone, policy: document)
            if json {
                var writer = JSONWriter()
                writer.object { object in
                    object.field("community", code)
                    object.field("name", name)
                    object.field("zone", zone)
                }
                console.say(writer.bytes)
            } else {
                console.say("created the community \(code) in \(data.path)")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name the communities.", discussion: "EXAMPLE\n  bnl community list --json")

        @OptionGroup var data: DataOptions
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let workspace = try data.open(.reading)
            defer { workspace.store.close() }
            let communities = try workspace.store.read { reader in try reader.communities() }
            guard json else {
                for community in communities { print("\(community.code)\t\(community.name)\t\(community.zone)") }
                return
            }
            var writer = JSONWriter(isPretty: true)
            writer.array { array in
                for community in communities {
                    array.object { object in
                        object.field("community", community.code)
                        object.field("name", community.name)
                        object.field("zone", community.zone)
                        object.field("generation", community.generation)
                    }
                }
            }
            Console.own.say(writer.bytes)
        }
    }
}
