import ArgumentParser
import Threads

struct MixedBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mixed", abstract: "10,000 polls a second of a cached report, alone and beside what no cache has.")

    @OptionGroup var options: HTTPOptions
    @Option(help: "Polls a second.") var polls = 10_000

    func run() throws {
        let sample = try ServedSample(options)
        let server = try sample.serve()
        defer { server.stop() }
        _ = try tried(sample.report(), on: server, expecting: 200)
        let others: [(name: String, request: LoadRequest)] = [
            ("a report of a past state", sample.uncachedReport()), ("a page of the list", sample.list()),
        ]
        for other in others { _ = try tried(other.request, on: server, expecting: 200) }
        var ratios: [String: [Double]] = [:]
        print(
            "\(polls) polls/s of a cached report over \(options.connections) connections, one loop of another request")
        for round in 1...options.rounds {
            let alone = try polled(server, sample)
            print("round \(round), alone: \(words(alone))")
            for other in others {
                let slow = Load(
                    port: server.port, request: other.request, connections: 1, seconds: options.seconds)
                let answer = Promise<Load.Result?>()
                let thread = Thread { answer.keep(try? slow.run()) }
                let beside = try polled(server, sample)
                thread.join()
                guard let slowResult = answer.wait(), slowResult.complaint.isEmpty else {
                    throw BenchProblem("\(other.name) was not answered")
                }
                ratios[other.name, default: []].append(
                    beside.latencies.percentile(0.99) / alone.latencies.percentile(0.99))
                print(
                    "round \(round), beside \(other.name) (\(Int(slowResult.perSecond))/s, "
                        + "p50 \(Int(slowResult.latencies.percentile(0.5))) us): \(words(beside))")
            }
        }
        for other in others {
            let ratio = median(ratios[other.name] ?? [])
            print("polls beside \(other.name): p99 \(rounded(ratio)) x that of polls alone, target at most 2")
        }
    }

    private func polled(_ server: ServerProcess, _ sample: ServedSample) throws -> Load.Result {
        let result = try Load(
            port: server.port, request: sample.report(), connections: options.connections, seconds: options.seconds,
            perSecond: polls
        ).run()
        guard result.complaint.isEmpty else { throw BenchProblem("polls\(result.complaint)") }
        return result
    }

    private func words(_ result: Load.Result) -> String {
        "\(Int(result.perSecond)) polls/s, p50 \(Int(result.latencies.percentile(0.5))) us, "
            + "p99 \(Int(result.latencies.percentile(0.99))) us, max \(Int(result.latencies.longest)) us"
    }
}
