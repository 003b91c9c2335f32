import CLinux
import Glibc
import Threads

/// Requests to one server from one thread, over a number of connections.
struct Load: Sendable {
    let port: UInt16
    let request: LoadRequest
    var connections = 32
    var seconds = 3.0
    /// So many requests a second, in ticks of a millisecond or more, each due at its tick whatever became of those
    /// before; `nil`: each connection sends when it has its answer.
    var perSecond: Int?
    var cores = Cores.all
    /// Ends the load early when it no longer holds.
    var goesOn: (@Sendable () -> Bool)?

    struct Result: Sendable {
        var latencies = Latencies()
        /// Neither 2xx nor 304.
        var refused = 0
        /// Connections that the server ended.
        var closed = 0
        var seconds = 0.0

        var perSecond: Double { Double(latencies.total) / seconds }
        /// Empty if nothing failed.
        var complaint: String {
            refused + closed == 0 ? "" : "; \(refused) ANSWERS NOT 2xx, \(closed) CONNECTIONS CLOSED BY THE SERVER"
        }
    }

    func run() throws -> Result {
        try cores.keeping {
            // The client is not what is measured: it goes first where it has something to do, as one elsewhere would.
            Thread.shortenTurns()
            let run = try LoadRun(self)
            return run.go()
        }
    }
}

/// A load under way.
private final class LoadRun {
    private static let eventsMax = 256

    private let load: Load
    private var request: LoadRequest
    private let poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private var timer: Int32 = -1
    /// By descriptor.
    private var lines: [Line?] = []
    private var idle: [Line] = []
    /// Requests that wait for a connection, by when they were due.
    private var waiting: [UInt64] = []
    private var waitingStart = 0
    private var nextTick: UInt64 = 0
    private var result = Load.Result()

    init(_ load: Load) throws {
        self.load = load
        request = load.request
        request.reseed()
        for _ in 0..<load.connections {
            guard let line = Line(port: load.port) else { throw BenchProblem("no connection to port \(load.port)") }
            while lines.count <= Int(line.descriptor) { lines.append(nil) }
            lines[Int(line.descriptor)] = line
            idle.append(line)
            watch(line.descriptor)
        }
    }

    deinit {
        close(poll)
        if timer >= 0 { close(timer) }
    }

    func go() -> Load.Result {
        let start = LoadRun.now()
        let end = start + UInt64(load.seconds * 1e9)
        begin(start)
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: LoadRun.eventsMax)
        defer { events.deallocate() }
        var now = start
        var nextLook = start
        while now < end, result.closed < load.connections {
            let count = epoll_wait(poll, events, Int32(LoadRun.eventsMax), 10)
            for index in 0..<Int(max(0, count)) { take(events[index].data.fd) }
            now = LoadRun.now()
            if let goesOn = load.goesOn, now >= nextLook {
                nextLook = now + 10_000_000
                if !goesOn() { break }
            }
        }
        result.seconds = Double(now - start) / 1e9
        return result
    }

    private func begin(_ start: UInt64) {
        guard let perSecond = load.perSecond else {
            for line in idle { send(line, due: LoadRun.now()) }
            idle = []
            return
        }
        let interval = LoadRun.interval(perSecond)
        nextTick = start + interval
        timer = bnl_timer(UInt(interval))
        watch(timer)
    }

    private func take(_ descriptor: Int32) {
        if descriptor == timer { return tick() }
        guard let line = lines[Int(descriptor)] else { return }
        switch line.receive() {
        case .more: return
        case .closed:
            result.closed += 1
            lines[Int(descriptor)] = nil
        case .whole:
            let now = LoadRun.now()
            result.latencies.add(nanoseconds: now - line.due)
            if !(200..<300).contains(line.status), line.status != 304 { result.refused += 1 }
            if load.perSecond == nil {
                send(line, due: now)
            } else if waitingStart < waiting.count {
                send(line, due: waiting[waitingStart])
                waitingStart += 1
            } else {
                idle.append(line)
            }
        }
    }

    private func tick() {
        var ticks: UInt64 = 0
        guard read(timer, &ticks, MemoryLayout<UInt64>.size) > 0, let perSecond = load.perSecond else { return }
        let interval = LoadRun.interval(perSecond)
        let perTick = max(1, Int(UInt64(perSecond) * interval / 1_000_000_000))
        for _ in 0..<ticks {
            for _ in 0..<perTick {
                if let line = idle.popLast() { send(line, due: nextTick) } else { waiting.append(nextTick) }
            }
            nextTick += interval
        }
        if waitingStart > 65_536 {
            waiting.removeFirst(waitingStart)
            waitingStart = 0
        }
    }

    private func send(_ line: Line, due: UInt64) {
        line.due = due
        request.renew()
        line.send(request.bytes)
    }

    private func watch(_ descriptor: Int32) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.fd = descriptor
        _ = epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
    }

    /// Nanoseconds between two ticks: the timer is not to be asked for less than a millisecond.
    private static func interval(_ perSecond: Int) -> UInt64 {
        max(1_000_000, 1_000_000_000 / UInt64(max(1, perSecond)))
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
