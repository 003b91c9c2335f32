import ArgumentParser

struct ImportBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Intakes beside an import over the control socket, against intakes alone.")

    @OptionGroup var options: HTTPOptions
    @Option(help: "Clients in the export.") var clients = 50_000
    @Option(help: "Intakes a second, of those that come when they come.") var paced = 200

    func run() throws {
        print("intakes beside an import of \(clients) clients")
        try measure("\(options.connections) connections in a closed loop", perSecond: nil)
        try measure("\(paced)/s over \(options.connections) connections", perSecond: paced)
    }

    private func measure(_ name: String, perSecond: Int?) throws {
        let sample = try ServedSample(options)
        let export = ScratchFolder()
        try BenchExport(clients: clients).write(to: export.path)
        let server = try sample.serve()
        defer { server.stop() }
        var load = Load(
            port: server.port, request: sample.intake(), connections: options.connections, seconds: options.seconds,
            perSecond: perSecond)
        let alone = try load.run()
        let before = monotonicSeconds()
        let importing = try sample.command(["import", "hmis", export.path, "--community", "sample"])
        load.seconds = 120
        load.goesOn = { [id = importing.id] in !ChildProcess.hasEnded(id) }
        let beside = try load.run()
        let seconds = monotonicSeconds() - before
        guard importing.stop() else { throw BenchProblem("the import failed: \(sample.commandOutput)") }
        guard alone.complaint.isEmpty, beside.complaint.isEmpty else {
            throw BenchProblem("intakes\(alone.complaint)\(beside.complaint)")
        }
        print("\(name), alone: \(words(alone))")
        print("\(name), beside the import, which took \(rounded(seconds)) s: \(words(beside))")
        let ratio = beside.latencies.percentile(0.99) / alone.latencies.percentile(0.99)
        print("\(name): p99 \(rounded(ratio)) x that of intakes alone, target at most 5")
    }

    private func words(_ result: Load.Result) -> String {
        "\(Int(result.perSecond))/s, p50 \(Int(result.latencies.percentile(0.5))) us, "
            + "p99 \(Int(result.latencies.percentile(0.99))) us, max \(Int(result.latencies.longest)) us"
    }
}
