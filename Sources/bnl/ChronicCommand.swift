import ArgumentParser

struct ChronicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chronic",
        abstract: "Chronic homelessness: judge stays by the three rules. Nothing is kept.",
        subcommands: [ChronicEvaluateCommand.self])
}
