import ArgumentParser

@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bnl-bench",
        abstract: "Measures the record: ratios against a rival in the same run count, lone times are for orientation.",
        subcommands: [
            FoldBench.self, ChronicBench.self, ChangeBench.self, ReportBench.self, FigureBench.self, KnownBench.self,
            RebuildBench.self, HTTPBench.self, WriteCommand.self,
        ])
}
