import ArgumentParser

struct ReportLoadBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "GET a monthly report from the cache, with a token, against GET /healthz.")

    @OptionGroup var options: HTTPOptions

    func run() throws {
        let (server, client): (Cores, Cores) = Cores.areSeveral ? (.first, .second) : (.all, .all)
        let sample = try ServedSample(options)
        let bnl = try sample.serve(cores: server)
        defer { bnl.stop() }
        let answer = try tried(sample.report(), on: bnl, expecting: 200)
        guard let line = answer.split(separator: "\r\n").first(where: { $0.hasPrefix("ETag: ") }) else {
            throw BenchProblem("the report has no ETag")
        }
        let known = sample.report(etag: String(line.dropFirst(6)))
        _ = try tried(known, on: bnl, expecting: 304)
        let requests = [("healthz", ServedSample.healthz), ("report", sample.report()), ("report, 304", known)]
        let contest = try Contest(
            requests.map { name, request in
                Contest.Contender(
                    name: name, server: bnl,
                    load: Load(
                        port: bnl.port, request: request, connections: options.connections, seconds: options.seconds,
                        cores: client))
            }, rounds: options.rounds)
        print("GET a report of \(answer.utf8.count) bytes, \(options.connections) connections, one core each")
        print(contest.table)
        print("report: \(rounded(contest.ratio(1, to: 0, \.perSecond))) x healthz, target at least 0.6")
        print("report: p99 \(rounded(contest.ratio(1, to: 0, \.p99))) x healthz's, target at most 2")
        print("report, 304: \(rounded(contest.ratio(2, to: 1, \.processor))) x the CPU of 200, target under 1")
    }
}
