import App
import ArgumentParser
import Glibc

@main
struct ByNameListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bnl",
        abstract: "A by-name list: everybody experiencing homelessness, by name, true every day.",
        discussion: """
            EXAMPLE
              bnl community create sample --name "Sample" --zone America/Toronto --policy ca_bfz
              bnl import hmis ./export --community sample
              bnl report monthly --community sample --month 2024-03

            Exit status: 0 done, 1 something is wrong and said on standard error, 2 the command line is wrong.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, AgencyCommand.self, TokenCommand.self,
            CommunityCommand.self, ImportCommand.self, ReportCommand.self, ListCommand.self, PersonCommand.self,
            ChronicCommand.self, VerifyCommand.self, CheckCommand.self, RebuildCommand.self, BackupCommand.self,
            RestoreCommand.self, EraseCommand.self, MergeCommand.self, UnmergeCommand.self, DemoCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(error)
        }
    }

    /// Help goes to standard output with status 0; a wrong command line ends with 2, anything else with 1.
    private static func end(_ error: any Error) -> Never {
        switch exitCode(for: error) {
        case .success:
            print(fullMessage(for: error))
            Glibc.exit(0)
        case .validationFailure:
            Console.own.complain(fullMessage(for: error))
            Glibc.exit(2)
        default:
            if let code = error as? ExitCode { Glibc.exit(code.rawValue) }
            Console.own.complain("bnl: \(Explanation.of(error))")
            Glibc.exit(1)
        }
    }
}
