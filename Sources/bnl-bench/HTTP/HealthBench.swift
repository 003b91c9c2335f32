import ArgumentParser

struct HealthBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "GET /healthz, the server on one core, the client on the other.")

    @OptionGroup var options: HTTPOptions

    func run() throws {
        let (server, client): (Cores, Cores) = Cores.areSeveral ? (.first, .second) : (.all, .all)
        let sample = try ServedSample(options)
        let scratch = ScratchFolder()
        let servers = [
            try sample.serve(cores: server),
            try Rivals.nginx(in: scratch.path, cores: server),
            try Rivals.hummingbird(options.hummingbird, in: scratch.path, cores: server),
        ].compactMap { $0 }
        defer { servers.forEach { $0.stop() } }
        let contest = try Contest(
            servers.map { server in
                Contest.Contender(
                    name: server.name, server: server,
                    load: Load(
                        port: server.port, request: ServedSample.healthz, connections: options.connections,
                        seconds: options.seconds, cores: client))
            }, rounds: options.rounds)
        print("GET /healthz, \(options.connections) connections, one core each; raised: \(ServedSample.raised)")
        print(contest.table)
        if let nginx = contest.place(of: "nginx") {
            print("healthz: \(rounded(contest.ratio(0, to: nginx, \.perSecond))) x nginx, target at least 0.95 or")
        }
        if let hummingbird = contest.place(of: "Hummingbird 2") {
            print(
                "healthz: \(rounded(contest.ratio(0, to: hummingbird, \.perSecond))) x Hummingbird 2, target at least 3"
            )
        }
        print("healthz: \(rounded(contest.middle(0, \.processor))) us of CPU, target under 8")
    }
}
