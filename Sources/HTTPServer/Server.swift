import CLinux
import Glibc
package import HTTP
import Threads

/// Where a server listens, and how it treats its clients.
package struct ServerConfiguration: Sendable {
    /// An address as a literal, IPv4 or IPv6.
    package var address: String
    /// Nought for any that is free.
    package var port: UInt16
    /// Threads that serve; one per core by default.
    package var loops: Int
    package var limits = ServerLimits()

    package init(address: String = "127.0.0.1", port: UInt16, loops: Int? = nil) {
        self.address = address
        self.port = port
        self.loops = max(1, loops ?? Int(bnl_cores()))
    }
}

/// A server that listens from its start until it is drained.
package struct Server: Sendable {
    /// The port on which it listens.
    package let port: UInt16
    /// Connections at once: what was asked for, or what the system's limit on open files allows.
    package let connectionsMax: Int

    private let loops: [Loop]
    private let threads: [Thread]

    package init(_ configuration: ServerConfiguration, _ handler: any Handler) throws(StartError) {
        let limits = configuration.limits
        connectionsMax = min(limits.connectionsMax, Self.raisedFileLimit() - 64)
        let gate = Gate(limits, connectionsMax: connectionsMax)
        let count = configuration.loops
        let listeners = try Listeners.open(configuration.address, port: configuration.port, count: count)
        port = listeners.port
        var loops: [Loop] = []
        for (number, listener) in listeners.descriptors.enumerated() {
            loops.append(
                try Loop(number: number, of: count, listener: listener, limits: limits, handler: handler, gate: gate))
        }
        self.loops = loops
        threads = loops.map { loop in Thread { loop.run() } }
    }

    /// Takes in nobody new, answers who is in, closes idle connections; ends all the rest after that time.
    package func drain(deadlineSeconds: Int = 25) {
        let deadline = Clock.nanoseconds() + UInt64(max(0, deadlineSeconds)) * 1_000_000_000
        for loop in loops { loop.drain(deadline: deadline) }
    }

    /// Returns once all loops have ended; call it once.
    package func wait() {
        for thread in threads { thread.join() }
    }

    /// Raises the limit on open files as far as it goes; what it is then.
    private static func raisedFileLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}
