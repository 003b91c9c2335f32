import App
import ArgumentParser
import HMIS
import Store
import Views

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take records of other systems into the list.",
        discussion: "EXAMPLE\n  bnl import hmis ./export --community sample", subcommands: [Hmis.self])

    struct Hmis: RecordCommand {
        static let configuration = CommandConfiguration(
            commandName: "hmis", abstract: "Import a HUD HMIS CSV export (FY2022, FY2024, FY2026).",
            discussion: """
                The same export twice changes nothing; a later export adds, replaces and voids facts.

                EXAMPLE
                  bnl import hmis ./export --community sample --dry-run
                  bnl import hmis ./export --community sample --json
                """)

        @OptionGroup var community: CommunityOptions
        @Argument(help: "The folder with Export.csv, Client.csv, Enrollment.csv, Project.csv and the rest.")
        var folder: String
        @Option(help: "The agency on whose behalf the facts are written.") var agency = "HMIS"
        @Flag(help: "Read and check everything, write nothing.") var dryRun = false
        @Flag(help: "Print JSON.") var json = false

        var data: DataOptions { community.data }

        func perform(in workspace: Workspace, _ console: Console) throws {
            _ = try workspace.community(community.community)
            var reading = ProgressBar("reading", on: console)
            var writing = ProgressCount("people", on: console)
            let order = ImportOrder(
                community: community.community, agency: agency, actor: console.user, isDryRun: dryRun)
            let outcome = try workspace.store.importHMIS(
                try DirectoryFolder(console.path(folder)), order,
                onProgress: { progress in
                    if progress.personsDone == 0 {
                        reading.show(progress.bytesRead, of: progress.bytesTotal)
                    } else {
                        writing.show(progress.personsDone)
                    }
                })
            let answer = ImportAnswer(outcome, isDryRun: dryRun)
            console.say(json ? answer.json : Array(answer.table.utf8))
        }
    }
}
