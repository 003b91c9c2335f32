import ArgumentParser
import Glibc

/// What the benchmarks over HTTP share.
struct HTTPOptions: ParsableArguments {
    @Option(help: "The program to measure; by default the one beside this one.") var bnl: String?
    @Option(help: "People in the sample community.") var people = 2_000
    @Option(help: "Seconds of each measurement.") var seconds = 3.0
    @Option(help: "Rounds, rivals in turn; what counts is the median of the rounds' ratios.") var rounds = 3
    @Option(help: "Connections at once.") var connections = 32
    @Option(help: "The Hummingbird rival's program.")
    var hummingbird = ".bench/rival/.build/release/rival"

    func validate() throws {
        guard (0.1...60).contains(seconds), (1...20).contains(rounds), (1...10_000).contains(connections) else {
            throw ValidationError("--seconds must be 0.1 to 60, --rounds 1 to 20, --connections 1 to 10000")
        }
    }

    func program() throws -> String {
        if let bnl { return bnl }
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let beside = own.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/bnl"
        guard access(beside, X_OK) == 0 else { throw BenchProblem("there is no \(beside): name it with --bnl") }
        return beside
    }
}
