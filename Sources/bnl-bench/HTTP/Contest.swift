import Glibc
import Views

/// What one round says of one contender.
struct Measured {
    let perSecond: Double
    let p50: Double
    let p99: Double
    let longest: Double
    /// Microseconds of the processors for each answer.
    let user: Double
    let system: Double

    var processor: Double { user + system }

    /// Loads the server, after a moment to get warm.
    init(_ load: Load, on server: ServerProcess) throws {
        var warmUp = load
        warmUp.seconds = min(0.3, load.seconds)
        _ = try warmUp.run()
        let before = server.process.processorMicroseconds
        let result = try load.run()
        let after = server.process.processorMicroseconds
        guard result.complaint.isEmpty, result.latencies.total > 0 else {
            throw BenchProblem("\(server.name): \(result.latencies.total) answers\(result.complaint)")
        }
        perSecond = result.perSecond
        p50 = result.latencies.percentile(0.5)
        p99 = result.latencies.percentile(0.99)
        longest = result.latencies.longest
        user = (after.user - before.user) / Double(result.latencies.total)
        system = (after.system - before.system) / Double(result.latencies.total)
    }
}

/// Contenders in turn, round by round, so that a machine that slows down slows all of them.
struct Contest {
    struct Contender {
        let name: String
        let server: ServerProcess
        let load: Load
    }

    private let contenders: [Contender]
    /// By contender, then by round.
    private(set) var rounds: [[Measured]]

    init(_ contenders: [Contender], rounds count: Int) throws {
        self.contenders = contenders
        rounds = contenders.map { _ in [] }
        for _ in 0..<count {
            for (index, contender) in contenders.enumerated() {
                rounds[index].append(try Measured(contender.load, on: contender.server))
            }
        }
    }

    /// The median over the rounds.
    func middle(_ contender: Int, _ figure: (Measured) -> Double) -> Double { median(rounds[contender].map(figure)) }

    /// The median of the rounds' ratios between two contenders.
    func ratio(_ one: Int, to other: Int, _ figure: (Measured) -> Double) -> Double {
        median(zip(rounds[one], rounds[other]).map { figure($0) / figure($1) })
    }

    func place(of name: String) -> Int? { contenders.firstIndex { $0.name == name } }

    var table: String {
        var table = TextTable()
        table.row(["", "answers/s", "p50 us", "p99 us", "max us", "CPU us each", "user", "system"])
        table.rule()
        for (index, contender) in contenders.enumerated() {
            table.row([
                contender.name, "\(Int(middle(index, \.perSecond)))", "\(Int(middle(index, \.p50)))",
                "\(Int(middle(index, \.p99)))", "\(Int(middle(index, \.longest)))",
                rounded(middle(index, \.processor)), rounded(middle(index, \.user)), rounded(middle(index, \.system)),
            ])
        }
        return table.rendered()
    }
}
