import ArgumentParser

struct ChronicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chronic", abstract: "Who is chronically homeless, and by which count. Nothing is kept.",
        discussion: """
            EXAMPLE
              bnl chronic evaluate cases.jsonl
              bnl chronic lsa ./export --report-start 2025-10-01 --report-end 2026-09-30 --coc XX-501
            """,
        subcommands: [ChronicEvaluateCommand.self, ChronicLSACommand.self])
}
