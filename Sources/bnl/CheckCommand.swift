import App
import ArgumentParser
import JSON
import Store

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Check the file, projections against facts, counts against people, and every month's balance.",
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
        json ? printJSON(reports) : printText(reports)
        if reports.contains(where: { !$0.report.problems.isEmpty }) { throw ExitCode(1) }
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

    private func printJSON(_ reports: [(code: String, report: CheckReport)]) {
        var writer = JSONWriter(isPretty: true)
        writer.array { array in
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
        Console.own.say(writer.bytes)
    }
}
