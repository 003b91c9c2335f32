import CivilTime
import Glibc
import HTTP
import Threads

/// One line for each request and each step of the server's life, as JSON on standard error.
///
/// Lines gather in memory, each loop's apart, and leave together a few times a second: no request waits for them.
/// Nothing personal is in them: the pattern of the route, never a path with an id.
final class RequestLog: Sendable {
    private let loops: [Guarded<Waiting>]
    private let dropped = Guarded(0)
    private let isOpen = Guarded(true)
    private let now: @Sendable () -> Instant
    /// What one loop may have waiting when nobody takes it.
    private static let bytesMax = 4 << 20
    private static let flushMilliseconds: Int32 = 200

    /// Of one loop, what nobody has taken yet.
    private struct Waiting {
        var line = LogLine()
        var bytes: [UInt8] = []
    }

    init(loops: Int, now: @escaping @Sendable () -> Instant) {
        self.loops = (0..<max(1, loops)).map { _ in Guarded(Waiting()) }
        self.now = now
    }

    /// Starts the thread that takes the lines away.
    func start() -> Thread {
        Thread { [self] in
            while isOpen.with({ $0 }) {
                poll(nil, 0, RequestLog.flushMilliseconds)
                flush()
            }
        }
    }

    func stop() {
        isOpen.with { $0 = false }
        flush()
    }

    func request(_ exchange: Exchange, loop: Int) {
        let instant = now()
        loops[loop % loops.count].with { waiting in
            guard waiting.bytes.count < RequestLog.bytesMax else {
                dropped.with { $0 += 1 }
                return
            }
            waiting.line.append(exchange, at: instant, to: &waiting.bytes)
        }
    }

    /// A step of the server's life, or a failure of ours.
    func note(_ level: StaticString, _ message: String) {
        let instant = now()
        loops[0].with { waiting in
            guard waiting.bytes.count < RequestLog.bytesMax else { return }
            LogLine.append(level: level, message, at: instant, to: &waiting.bytes)
        }
    }

    private func flush() {
        for loop in loops {
            let lines = loop.with { waiting in
                let taken = waiting.bytes
                waiting.bytes.removeAll(keepingCapacity: taken.count < 1 << 16)
                return taken
            }
            if !lines.isEmpty, !FileDescriptorWriting.offer(lines, to: STDERR_FILENO) {
                dropped.with { $0 += lines.count { $0 == 10 } }
            }
        }
        let lost = dropped.with { count in
            defer { count = 0 }
            return count
        }
        if lost > 0 { note("warning", "\(lost) lines of the log were dropped: standard error is not read fast enough") }
    }
}

/// Whole lines to a descriptor.
enum FileDescriptorWriting {
    /// Writes as long as somebody takes it; false if nobody has for a second, and the rest is lost.
    static func offer(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&state, 1, 1_000) > 0 else { return false }
            // What a pipe with room takes at once (PIPE_BUF, pipe(7)).
            let count = rest.prefix(4_096).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
