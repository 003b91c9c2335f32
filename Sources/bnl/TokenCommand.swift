import API
import App
import ArgumentParser
import ByNameList
import CivilTime
import JSON
import Store
import Views

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Let people and programs in, and end that.",
        discussion: "EXAMPLE\n  bnl token create --community sample --agency City --user ana --role coordinator",
        subcommands: [Create.self, Revoke.self, List.self])

    struct Create: RecordCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. It is shown once: only its hash is kept.",
            discussion: """
                EXAMPLE
                  bnl token create --community sample --agency "Harbour Street Shelter" --user ana --role outreach
                  bnl token create --community sample --agency "City" --user board --role dashboard --days 30 --json
                  bnl token create --community north --with south --agency Region --user eva --role collaborative
                """)

        @OptionGroup var community: CommunityOptions
        @Option(help: "The agency on whose behalf the bearer reads and writes.") var agency: String
        @Option(help: "Who bears it, as every fact records it.") var user: String
        @Option(help: "What the bearer may do.") var role: Role
        @Option(help: "Another community whose figures a collaborative's token shows; may be given again.")
        var with: [String] = []
        @Option(help: "Days until it expires.") var days = 365
        @Flag(help: "Print JSON.") var json = false

        var data: DataOptions { community.data }

        func validate() throws {
            let isName = { (text: String) in (1...100).contains(text.utf8.count) }
            guard isName(agency), isName(user) else {
                throw ValidationError("--agency and --user must be texts of 1 to 100 bytes")
            }
            guard (1...3_650).contains(days) else { throw ValidationError("--days must be 1 to 3650") }
        }

        func perform(in workspace: Workspace, _ console: Console) throws {
            let found = try workspace.community(community.community)
            let others = try with.map { try workspace.community($0) }
            let made = try workspace.makeToken(
                in: found, with: others, agency: agency, user: user, role: role, days: days)
            guard json else {
                return console.say(made.token)
            }
            var writer = JSONWriter()
            writer.object { object in
                object.field("id", made.id)
                object.field("token", made.token)
            }
            console.say(writer.bytes)
        }
    }

    struct Revoke: RecordCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a token at once.", discussion: "EXAMPLE\n  bnl token revoke 3 --community sample")

        @OptionGroup var community: CommunityOptions
        @Argument(help: "The token's number, as bnl token list shows it.") var id: Int64

        var data: DataOptions { community.data }

        func perform(in workspace: Workspace, _ console: Console) throws {
            let found = try workspace.community(community.community)
            let isDone = try workspace.store.change { [id] transaction in
                try transaction.revokeToken(id, in: found.id)
            }
            guard isDone else { throw StoreError.notFound("\(found.code) has no token \(id) that is not revoked yet") }
            console.say("revoked \(id)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who may come in. The tokens themselves are not kept and cannot be shown.",
            discussion: "EXAMPLE\n  bnl token list --community sample --json")

        @OptionGroup var community: CommunityOptions
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let workspace = try community.data.open(.reading)
            defer { workspace.store.close() }
            let found = try workspace.community(community.community)
            let tokens = try workspace.store.read { reader in try reader.tokens(of: found.id) }
            json ? printJSON(tokens) : printTable(tokens)
        }

        private func printTable(_ tokens: [TokenGrant]) {
            var table = TextTable()
            table.row(["id", "role", "agency", "user", "expires", "last used", "revoked"])
            table.rule()
            for token in tokens {
                table.row([
                    "\(token.id)", token.caller.role.code, token.caller.agency, token.user, "\(token.expires)",
                    token.lastUsed.map { "\($0)" } ?? "-", token.revoked.map { "\($0)" } ?? "-",
                ])
            }
            Console.own.say(table.rendered())
        }

        private func printJSON(_ tokens: [TokenGrant]) {
            var writer = JSONWriter(isPretty: true)
            writer.array { array in
                for token in tokens {
                    array.object { object in
                        object.field("id", token.id)
                        object.field("role", token.caller.role.code)
                        object.field("agency", token.caller.agency)
                        object.field("user", token.user)
                        object.field("created", "\(token.created)")
                        object.field("expires", "\(token.expires)")
                        object.field("last_used", token.lastUsed.map { "\($0)" })
                        object.field("revoked", token.revoked.map { "\($0)" })
                    }
                }
            }
            Console.own.say(writer.bytes)
        }
    }
}

extension Role: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) {
        guard let found = Role.allCases.first(where: { $0.code == argument }) else { return nil }
        self = found
    }

    /// What help shows as possible.
    public static var allValueStrings: [String] { allCases.map(\.code) }
}
