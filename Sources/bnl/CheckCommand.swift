import App
import ArgumentParser
import JSON
import Store

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Check file, projections against facts, counts against people, every month's balance, and the access log.",
        discussion: "EXAMPLE\n  bnl check\n  bnl check --community sample --json")

    @OptionGroup var data: DataOptions
    @Option(help: "One community; else all of them.") var community: String?
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let workspace = try data.open(.reading)
        defer { workspace.store.close() }
        let all = try workspace.store.read { reader in try reader.communities() }
        let wanted = try community.map { [try workspace.community($0)] } ?? all
        var reports: [(code: String, report: CheckReport)] = []
        for community in wanted {
            let report = try workspace.store.read { reader in
                try reader.check(community) { people in
                    if Console.own.isWatched { Console.own.complain("\(community.code): \(people) people folded") }
                }
            }
            reports.append((community.code, report))
        }
        let accesses = try checkAccesses(workspace)
        if json {
            printJSON(reports, accesses)
        } else {
            printText(reports)
            printText(accesses)
        }
        if reports.contains(where: { !$0.report.problems.isEmpty }) || !accesses.problems.isEmpty { throw ExitCode(1) }
    }

    /// Held against its own chain, and against how it ended in each backup.
    private func checkAccesses(_ workspace: Workspace) throws -> AccessCheck {
        let folder = workspace.store.folder
        return try workspace.store.read { reader in
            try reader.checkAccesses(in: folder, against: folder.accessHeads)
        }
    }

    private func printText(_ accesses: AccessCheck) {
        print(
            "access log: \(accesses.rows) rows in \(accesses.head.link) links, up to \(accesses.head.text): "
                + (accesses.problems.isEmpty ? "all is well" : "\(accesses.problems.count) problems"))
        for line in accesses.problems + accesses.notes { print("  \(line)") }
    }

    private func printText(_ reports: [(code: String, report: CheckReport)]) {
        for (code, report) in reports {
            print(
                "\(code): \(report.people) people folded, \(report.spells) spells, \(report.countsCompared) counts "
                    + "and \(report.stocksRecounted) month-ends compared: "
                    + (report.problems.isEmpty ? "all is well" : "\(report.problems.count) problems"))
            for problem in report.problems { print("  \(problem)") }
        }
        if reports.contains(where: { !$0.report.problems.isEmpty }) {
            Console.own.complain(
                "run bnl rebuild, then bnl check again; if the file itself is damaged, restore a backup")
        }
    }

    private func printJSON(_ reports: [(code: String, report: CheckReport)], _ accesses: AccessCheck) {
        var writer = JSONWriter(isPretty: true)
        writer.object { whole in
            whole.array("communities") { array in
                for (code, report) in reports {
                    array.object { object in
                        object.field("community", code)
                        object.field("people", report.people)
                        object.field("spells", report.spells)
                        object.field("counts_compared", report.countsCompared)
                        object.field("month_ends_compared", report.stocksRecounted)
                        object.field("problems", report.problems)
                    }
                }
            }
            whole.object("access_log") { log in
                log.field("rows", accesses.rows)
                log.field("head", accesses.head.text)
                log.field("problems", accesses.problems)
                log.field("notes", accesses.notes)
            }
        }
        Console.own.say(writer.bytes)
    }
}
