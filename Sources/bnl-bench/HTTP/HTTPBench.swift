import ArgumentParser

struct HTTPBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "Measures bnl serve over HTTP, with its shipped settings and its log, on this machine only.",
        subcommands: [
            HealthBench.self, ReportLoadBench.self, IntakeBench.self, MixedBench.self, MemoryBench.self,
            StartBench.self, ImportBench.self,
        ])
}
