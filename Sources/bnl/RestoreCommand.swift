import App
import ArgumentParser
import JSON
import Store

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Check a backup against its manifest and put it in the place of the record.",
        discussion: """
            Everything is checked before anything is replaced: the file's bytes, its pages, indexes and references, the
            access log, and the contents of every table. Whoever was erased since is erased again. Stop the server
            first. Nothing is deleted: a record that is there has to be moved aside.

            EXAMPLE
              bnl restore /mnt/copies/2026-11-22T11-20-00.sqlite3 --data ./list --dry-run
              bnl restore /mnt/copies/2026-11-22T11-20-00.sqlite3.age --data ./list --identity key.txt --move-aside
            """)

    @Argument(help: "The backup: its file or its manifest.") var backup: String
    @OptionGroup var data: DataOptions
    @Option(help: "The file of the age key that opens an encrypted backup.") var identity: String?
    @Flag(help: "Move a record that is in the folder into a folder of its own.") var moveAside = false
    @Flag(help: "Check everything and change nothing.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let start = ContinuousClock.now
        let restore = Restore(backup, into: try DataFolder(path: data.path), identity: identity)
        let report = try restore.run(at: Workspace.now(), isTrial: dryRun, movesAside: moveAside) {
            try ErasuresAgain.run(in: $0, lists: $1)
        }
        let seconds = ((ContinuousClock.now - start) / .milliseconds(100)).rounded(.up) / 10
        json ? printJSON(report, seconds) : printText(report, seconds)
    }

    private func printText(_ report: Restore.Report, _ seconds: Double) {
        let manifest = report.manifest
        let rows = manifest.contents.tables.reduce(0) { $0 + $1.rows }
        print(
            "\(dryRun ? "checked, not restored" : "restored"): the record as it was at \(manifest.made), "
                + "\(rows) rows in \(manifest.contents.tables.count) tables, each as its manifest says; "
                + "\(report.erasures) people erased again; \(seconds) s")
        if let former = report.former { print("the record that was there is in \(former)") }
    }

    private func printJSON(_ report: Restore.Report, _ seconds: Double) {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("restored", !dryRun)
            object.field("made", "\(report.manifest.made)")
            object.field("last_change", report.manifest.contents.lastChange.map { "\($0)" })
            object.field("rows", report.manifest.contents.tables.reduce(0) { $0 + $1.rows })
            object.field("erased_again", report.erasures)
            object.field("moved_to", report.former)
            object.field("seconds", seconds)
        }
        Console.own.say(writer.bytes)
    }
}
