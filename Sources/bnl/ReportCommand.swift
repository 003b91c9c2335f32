import App
import ArgumentParser
import ByNameList
import CivilTime
import JSON
import Store
import Views

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports of the list.",
        discussion: "EXAMPLE\n  bnl report monthly --community sample --month 2024-03",
        subcommands: [
            Monthly.self, ReportSubmitCommand.self, ReportCompareCommand.self, Export.self, Target.self,
        ])

    struct Monthly: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The monthly report: who was active, who came in, who went out; with its balance.",
            discussion: """
                EXAMPLE
                  bnl report monthly --community sample --month 2024-03
                  bnl report monthly --community sample --month 2024-03 --population chronic --unit households --json
                  bnl report monthly --community sample --month 2024-03 --known-at 2024-04-10T00:00:00Z --csv
                """)

        @OptionGroup var community: CommunityOptions
        @Option(help: "The month; else the last that is over.") var month: Month?
        @Option(help: "Months to report, ending with --month.") var months = 1
        @Option(help: "One population; else all of them.") var population: String?
        @Option(help: "Whom the figures count; else persons.") var unit: CountingUnit?
        @Option(help: "Report up to the end of this day.") var asOf: CivilDate?
        @Option(help: "As it was known at this instant, as 2024-04-10T00:00:00Z.") var knownAt: Instant?
        @Flag(help: "Print JSON.") var json = false
        @Flag(help: "Print CSV.") var csv = false

        func validate() throws {
            guard !(json && csv) else { throw ValidationError("choose --json or --csv") }
            guard (1...600).contains(months) else { throw ValidationError("--months must be 1 to 600") }
        }

        func run() throws {
            let workspace = try community.data.open(.reading)
            defer { workspace.store.close() }
            let found = try workspace.community(community.community)
            let today = knownAt.map { workspace.date(of: $0, in: found) } ?? workspace.today(in: found)
            let last = month ?? today.month.previous
            let day = min(asOf ?? today, today)
            guard last.firstDay <= day else {
                throw ValidationError("\(last) begins after \(day), up to which is reported: take an earlier --month")
            }
            let asked = ReportQuestion(
                months: (0..<months).reversed().map { last.adding(months: -$0) },
                population: population, unit: unit ?? .persons, asOf: day, knownAt: knownAt, now: Workspace.now())
            let answer = try asked.answer(from: workspace.store, community: community.community)
            if json { return Console.own.say(answer.json) }
            if csv { return Console.own.say(Array(answer.csv.utf8)) }
            let reliability = try reliability(of: last, workspace, found, asOf: day)
            Console.own.say(Array((answer.table + "\n\n" + reliability).utf8))
        }

        /// Whether the month balances against what was submitted, and as it is known.
        private func reliability(
            of month: Month, _ workspace: Workspace, _ found: Community, asOf day: CivilDate
        ) throws -> String {
            let question = ReliabilityQuestion(
                months: [month], population: population, unit: unit ?? .persons, asOf: day, knownAt: knownAt,
                now: Workspace.now())
            let calendar = workspace.store.calendar
            let rows = try workspace.store.read { reader in
                try question.rows(reader, community: try reader.community(found.code), calendar: calendar)
            }
            func lines(_ field: String) -> [String] { rows.compactMap { $0.text(field) }.map { "  " + $0 } }
            return
                (["Data reliability of \(month), against what was submitted"] + lines("in_words_submitted") + [
                    "", "The same against the figures as they are known",
                ] + lines("in_words_restated")).joined(separator: "\n")
        }
    }
}
