import App
import ArgumentParser
import Store

struct IntakeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "POST an intake on its complete path, against the store's own changes.")

    @OptionGroup var options: HTTPOptions

    func run() throws {
        let sample = try ServedSample(options)
        let server = try sample.serve()
        defer { server.stop() }
        let request = sample.intake()
        _ = try tried(request, on: server, expecting: 201)
        let scratch = ScratchFolder()
        let bench = try BenchStore(path: scratch.path)
        defer { bench.workspace.store.close() }
        try bench.fill(options.people, months: 36)
        let own = ClientLoad(store: bench.workspace.store, origin: bench.origin)
        let rival = try Rivals.hummingbird(options.hummingbird, in: sample.scratch.path, cores: .all)
        defer { rival?.stop() }
        var ratios: [Double] = []
        print("POST an intake, \(request.bytes.count) bytes with its head, \(options.connections) connections")
        for round in 1...options.rounds {
            let load = load(request, on: server)
            let measured = try Measured(load, on: server)
            let changes = max(100, Int(measured.perSecond * options.seconds))
            let before = processorMicroseconds()
            let seconds = timed { own.run(changes: changes, clients: options.connections) { _ in } }
            let each = (processorMicroseconds() - before) / Double(changes)
            let perSecond = Double(changes) / seconds
            ratios.append(measured.perSecond / perSecond)
            print(
                "round \(round): \(words(measured)); store alone \(Int(perSecond)) changes/s, "
                    + "CPU \(rounded(each)) us each")
            guard let rival else { continue }
            let other = try Measured(self.load(sample.rivalIntake(), on: rival), on: rival)
            print("round \(round), for orientation: \(rival.name), one row each: \(words(other))")
        }
        print("intake: \(rounded(median(ratios))) x the store's own changes, target at least 0.75")
    }

    private func load(_ request: LoadRequest, on server: ServerProcess) -> Load {
        Load(port: server.port, request: request, connections: options.connections, seconds: options.seconds)
    }

    private func words(_ measured: Measured) -> String {
        "\(Int(measured.perSecond)) intakes/s, p50 \(Int(measured.p50)) us, p99 \(Int(measured.p99)) us, "
            + "CPU \(rounded(measured.processor)) us each (user \(rounded(measured.user)))"
    }
}
