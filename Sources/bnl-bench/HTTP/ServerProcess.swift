import Glibc

/// Why something could not be measured.
struct BenchProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A program that runs beside this one, on cores of its own; ended with this value.
final class ChildProcess {
    let id: pid_t
    private var endedWell: Bool?

    /// - Parameter log: the file that takes what it prints.
    init(_ program: String, _ arguments: [String], cores: Cores = .all, log: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        let names: [String] = ["PATH", "HOME", "LD_LIBRARY_PATH"]
        var environment = names.compactMap { name in getenv(name).map { strdup("\(name)=\(String(cString: $0))") } }
        environment.append(nil)
        defer { (words + environment).forEach { free($0) } }
        var id = pid_t()
        let failure = cores.keeping { posix_spawn(&id, program, &actions, nil, &words, &environment) }
        guard failure == 0 else { throw BenchProblem("\(program): \(String(cString: strerror(failure)))") }
        self.id = id
    }

    deinit { stop() }

    /// Whether the process of that number, a child of this one, has ended; it is still to be waited for.
    static func hasEnded(_ id: pid_t) -> Bool {
        var news = siginfo_t()
        return waitid(P_PID, id_t(id), &news, WEXITED | WNOHANG | WNOWAIT) != 0 || news.si_signo != 0
    }

    /// Asks it to end, and ends it if it does not; whether it ended well.
    @discardableResult
    func stop() -> Bool {
        if let endedWell { return endedWell }
        if !ChildProcess.hasEnded(id) { kill(id, SIGTERM) }
        for _ in 0..<500 where !ChildProcess.hasEnded(id) { usleep(10_000) }
        if !ChildProcess.hasEnded(id) { kill(id, SIGKILL) }
        var status: Int32 = 0
        let isKnown = waitpid(id, &status, 0) == id
        endedWell = isKnown && status == 0
        return isKnown && status == 0
    }

    /// What it has used of the processors, in microseconds; ten milliseconds are the finest that the system tells.
    var processorMicroseconds: (user: Double, system: Double) {
        let text = FileText.read("/proc/\(id)/stat")
        // The name in parentheses may hold anything, blanks too.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return (0, 0) }
        let tick = 1_000_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
        return (user * tick, system * tick)
    }

    var residentKiB: Int {
        let line = FileText.read("/proc/\(id)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    }
}

/// A server under measurement and the port on which it answers.
final class ServerProcess {
    let name: String
    let port: UInt16
    let process: ChildProcess
    /// From the moment before it was started to its first answer.
    let startMilliseconds: Double

    /// Returns once it answers.
    init(
        _ name: String, _ program: String, _ arguments: [String], port: UInt16, cores: Cores = .all, log: String
    ) throws {
        self.name = name
        self.port = port
        let start = monotonicSeconds()
        process = try ChildProcess(program, arguments, cores: cores, log: log)
        while !ServerProcess.answers(port) {
            guard monotonicSeconds() - start < 10, !ChildProcess.hasEnded(process.id) else {
                throw BenchProblem("\(name) does not answer: \(FileText.read(log).suffix(500))")
            }
            usleep(200)
        }
        startMilliseconds = (monotonicSeconds() - start) * 1_000
    }

    func stop() { process.stop() }

    private static func answers(_ port: UInt16) -> Bool {
        guard let line = Line(port: port) else { return false }
        return line.exchange(LoadRequest("GET", "/healthz"))?.status == 200
    }

    /// A port that nobody listens on for now.
    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = address.withSocketAddress { address in
            bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
        guard isBound else { throw BenchProblem("there is no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// Whole files as text.
enum FileText {
    /// Empty if it cannot be read.
    static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece.prefix(count)
        }
    }

    static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchProblem("\(path) cannot be written") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw BenchProblem("\(path) cannot be written") }
            rest = rest.dropFirst(count)
        }
    }
}
