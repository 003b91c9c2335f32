import App
import ArgumentParser
import ByNameList
import JSON
import Store
import Views

struct AgencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "Say which agencies there are, and what they do.",
        discussion: """
            Before somebody of an agency can have a token the agency is written down. What a victim service provider
            sends is never personal, and whom it serves appears in counts only.

            EXAMPLE
              bnl agency set "Harbour Street Shelter" --kind shelter --community sample
            """,
        subcommands: [Set.self, List.self])

    struct Set: RecordCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write down an agency, or what it does from now on.",
            discussion: """
                EXAMPLE
                  bnl agency set "Harbour Street Shelter" --kind shelter --community sample
                  bnl agency set "Willow House" --kind victim_services --community sample
                """)

        @OptionGroup var community: CommunityOptions
        @Argument(help: "As the agency calls itself.") var name: String
        @Option(help: "What it does.") var kind: AgencyKind

        var data: DataOptions { community.data }

        func validate() throws {
            guard (1...100).contains(name.utf8.count) else {
                throw ValidationError("an agency's name must be a text of 1 to 100 bytes")
            }
        }

        func perform(in workspace: Workspace, _ console: Console) throws {
            let found = try workspace.community(community.community)
            try workspace.setAgency(name, kind: kind, in: found)
            console.say("\(name): \(kind.code)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The agencies of a community.", discussion: "EXAMPLE\n  bnl agency list --community sample --json"
        )

        @OptionGroup var community: CommunityOptions
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let workspace = try community.data.open(.reading)
            defer { workspace.store.close() }
            let found = try workspace.community(community.community)
            let agencies = try workspace.store.read { reader in try reader.agencies(of: found.id) }
            guard json else {
                var table = TextTable()
                table.row(["agency", "kind"])
                table.rule()
                for agency in agencies { table.row([agency.name, agency.kind.code]) }
                return Console.own.say(table.rendered())
            }
            var writer = JSONWriter(isPretty: true)
            writer.array { array in
                for agency in agencies {
                    array.object { object in
                        object.field("name", agency.name)
                        object.field("kind", agency.kind.code)
                    }
                }
            }
            Console.own.say(writer.bytes)
        }
    }
}

extension AgencyKind: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) {
        guard let found = AgencyKind.allCases.first(where: { $0.code == argument }) else { return nil }
        self = found
    }

    /// What help shows as possible.
    public static var allValueStrings: [String] { allCases.map(\.code) }
}
