import App
import ArgumentParser
import CivilTime
import HMIS
import LSA

struct ChronicLSACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsa",
        abstract: "CHTime and CHTimeStatus of HUD's Longitudinal System Analysis, from a HMIS CSV export.",
        discussion: """
            One line of CSV for everybody who was active in the report period: how long the person was homeless in \
            three years, and in which pattern. With --episodes instead the runs of nights that were counted.

            EXAMPLE
              bnl chronic lsa ./export --report-start 2025-10-01 --report-end 2026-09-30 --coc XX-501
              bnl chronic lsa ./export --report-start 2025-10-01 --report-end 2026-09-30 --coc XX-501 --episodes
            """)

    @Argument(help: "The folder with Enrollment.csv, Exit.csv, Services.csv and the rest (HMIS CSV FY2024, FY2026).")
    var folder: String
    @Option(help: "The first day of the report period, as 2025-10-01.") var reportStart: CivilDate
    @Option(help: "The last day of the report period, as 2026-09-30.") var reportEnd: CivilDate
    @Option(help: "The code of the continuum of care, as XX-501.") var coc: String
    @Flag(help: "Print the episodes.") var episodes = false

    func run() throws {
        guard let parameters = ReportParameters(start: reportStart, end: reportEnd, continuum: coc) else {
            throw ValidationError("--report-end \(reportEnd) lies before --report-start \(reportStart)")
        }
        let report = try LSAReport(DirectoryFolder(Console.own.path(folder)), parameters)
        for (file, rows) in report.unusedRows.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Console.own.complain("\(file.rawValue).csv: rows that cannot be read or say too little to count: \(rows)")
        }
        if report.people.isEmpty {
            Console.own.complain("nobody was active in \(coc) from \(reportStart) to \(reportEnd): look at --coc")
        }
        Console.own.say((episodes ? report.episodeLines : report.personLines).joined(separator: "\n"))
    }
}
