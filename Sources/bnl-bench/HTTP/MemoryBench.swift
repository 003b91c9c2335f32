import ArgumentParser
import Glibc

struct MemoryBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Resident memory at the start, and of each idle connection.")

    @OptionGroup var options: HTTPOptions
    @Option(help: "Idle connections.") var idle = 5_000

    func run() throws {
        try raiseFileLimit()
        let sample = try ServedSample(options)
        let server = try sample.serve()
        defer { server.stop() }
        usleep(300_000)
        let atStart = server.process.residentKiB
        var lines: [Line] = []
        for _ in 0..<idle {
            guard let line = Line(port: server.port) else { throw BenchProblem("no connection \(lines.count + 1)") }
            // Each has had an answer: an idle client, not a caller who says nothing.
            guard line.exchange(ServedSample.healthz)?.status == 200 else { throw BenchProblem("no answer") }
            lines.append(line)
        }
        usleep(300_000)
        let withIdle = server.process.residentKiB
        let alive = lines.filter { $0.exchange(ServedSample.healthz)?.status == 200 }
        let each = Double(withIdle - atStart) / Double(idle)
        let megabytes = Double(atStart) * 1_024 / 1_000_000
        print("memory at start, \(options.people) people: \(rounded(megabytes)) MB resident, target under 25")
        print("memory of \(idle) idle connections: \(rounded(each)) KiB each, target at most 8")
        print("all its memory over them: \(rounded(Double(withIdle) / Double(idle))) KiB each")
        print("\(alive.count) of \(idle) connections still answered")
        guard alive.count == idle else { throw BenchProblem("\(idle - alive.count) connections got no answer") }
    }

    private func raiseFileLimit() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur > idle + 100 else {
            throw BenchProblem("the system allows \(limit.rlim_cur) open files only: lower --idle")
        }
    }
}
