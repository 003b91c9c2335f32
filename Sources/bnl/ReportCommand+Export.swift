import App
import ArgumentParser
import ByNameList
import CivilTime
import Store
import Views

extension ReportCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A month in the layout in which others take it.",
            discussion: """
                EXAMPLE
                  bnl report export --community sample --month 2024-03 --format built-for-zero-us
                  bnl report export --community sample --month 2024-03 --format caeh > caeh-2024-03.csv
                """)

        enum Format: String, CaseIterable, ExpressibleByArgument {
            case builtForZeroUS = "built-for-zero-us"
            case caeh
            case csv
        }

        @OptionGroup var community: CommunityOptions
        @Option(help: "The month; else the last that is over.") var month: Month?
        @Option(help: "Whose layout: a JSON array for Built for Zero (US), CSV for the others.") var format: Format
        @Option(help: "As it was known at this instant, as 2024-04-10T00:00:00Z.") var knownAt: Instant?

        func run() throws {
            let workspace = try community.data.open(.reading)
            defer { workspace.store.close() }
            let found = try workspace.community(community.community)
            let today = knownAt.map { workspace.date(of: $0, in: found) } ?? workspace.today(in: found)
            let last = month ?? today.month.previous
            guard last < today.month else {
                throw ValidationError("\(last) has not ended: take \(today.month.previous) or an earlier --month")
            }
            let question = ExportQuestion(month: last, knownAt: knownAt, now: Workspace.now())
            let calendar = workspace.store.calendar
            let bytes = try workspace.store.read { [format] reader in
                try Export.answer(question, in: format, reader, try reader.community(found.code), calendar)
            }
            Console.own.write(bytes)
        }

        private static func answer(
            _ question: ExportQuestion, in format: Format, _ reader: Reader, _ community: Community,
            _ calendar: Calendar
        ) throws -> [UInt8] {
            switch format {
            case .builtForZeroUS:
                try question.builtForZero(reader, community: community, calendar: calendar) + Array("\n".utf8)
            case .caeh: Array(try question.caeh(reader, community: community, calendar: calendar).csv.utf8)
            case .csv: Array(try question.csv(reader, community: community, calendar: calendar).utf8)
            }
        }
    }
}
