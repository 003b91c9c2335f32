import CLinux
import Glibc
import HTTP
import Threads

/// One thread with its own listener, its connections and their tasks.
///
/// `@unchecked Sendable`: `inbox` is guarded and may be touched by any thread; the descriptors never change while the
/// thread runs; everything else is touched on the loop's own thread only, by `run` and by the tasks that it runs.
final class Loop: TaskExecutor, @unchecked Sendable {
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var drainDeadline: UInt64?
    }

    let number: Int
    let limits: ServerLimits
    let handler: any Handler
    let gate: Gate
    let poll: Int32
    private let waker: Int32
    private let inbox = Guarded(Inbox())

    // From here on: the loop's thread only.
    var listener: Int32
    /// Held in reserve: given up for a moment when the system has no other descriptor left.
    var reserve: Int32
    var acceptsAgainAt: UInt64?
    /// When the loop last woke, on the clock that never goes back, in nanoseconds.
    private(set) var now: UInt64 = 0
    private(set) var secondsSinceEpoch: Int64 = 0
    /// Since when the loop has been draining; `nil` as long as it takes in whoever comes.
    private(set) var drainBegan: UInt64?
    var isDraining: Bool { drainBegan != nil }
    var encoder = ResponseEncoder()
    private var drainDeadline = UInt64.max
    private var thread = pthread_t()
    private var jobs: [UnownedJob] = []
    private var spareJobs: [UnownedJob] = []
    private var connections: [Connection?] = []
    private(set) var connectionCount = 0
    private var nextScan: UInt64 = 0
    private var unsent: [Connection] = []
    private var spareBuffers: [Buffers] = []
    private var nextRequestID: UInt64
    private let requestIDStep: UInt64

    init(
        number: Int, of count: Int, listener: Int32, limits: ServerLimits, handler: any Handler, gate: Gate
    ) throws(StartError) {
        self.number = number
        self.limits = limits
        self.handler = handler
        self.gate = gate
        self.listener = listener
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        waker = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
        // Ids of one run follow those of the run before: a second has room for far more than it can answer.
        nextRequestID = UInt64(Clock.secondsSinceEpoch()) << 28 + UInt64(number)
        requestIDStep = UInt64(count)
        guard poll >= 0, waker >= 0, reserve >= 0 else { throw StartError("epoll") }
        watch(waker, EPOLLIN.rawValue)
        watch(listener, EPOLLIN.rawValue)
    }

    deinit {
        close(poll)
        close(waker)
        if reserve >= 0 { close(reserve) }
        if listener >= 0 { close(listener) }
    }

    // Never inlined: a task that moved between threads must not be asked with the thread that it came from.
    @inline(never)
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if pthread_equal(pthread_self(), thread) != 0 {
            jobs.append(job)
            return
        }
        let isFirst = inbox.with { inbox in
            inbox.jobs.append(job)
            return inbox.jobs.count == 1
        }
        if isFirst { wake() }
    }

    /// Called from any thread: answer what is there, take nothing new, end by then.
    func drain(deadline: UInt64) {
        inbox.with { $0.drainDeadline = deadline }
        wake()
    }

    private func wake() {
        var one: UInt64 = 1
        // A wake that is lost is an answer that never leaves; a full counter (EAGAIN) wakes as well.
        for _ in 0..<3 where write(waker, &one, MemoryLayout<UInt64>.size) >= 0 || errno == EAGAIN { return }
    }

    func watch(_ descriptor: Int32, _ events: UInt32) {
        var event = epoll_event()
        event.events = events
        event.data.fd = descriptor
        _ = epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
    }

    func unwatch(_ descriptor: Int32) {
        var event = epoll_event()
        _ = epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, &event)
    }
}

extension Loop {
    private static let eventsMax = 256
    /// More than any queue of callers holds (listen(2)).
    private static let queueMax = 65_536
    /// Rounds of tasks that wake each other before the sockets are asked again.
    private static let roundsMax = 8
    private static let roundsNanoseconds: UInt64 = 1_000_000

    /// The thread's whole life.
    func run() {
        thread = pthread_self()
        // What has come is answered in microseconds: it is not to wait until another thread's turn is over.
        Thread.shortenTurns()
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Self.eventsMax)
        defer { events.deallocate() }
        tick()
        nextScan = now + limits.scanMilliseconds * 1_000_000
        while !isOver {
            let count = epoll_wait(poll, events, Int32(Self.eventsMax), timeout)
            tick()
            for index in 0..<Int(max(0, count)) { take(events[index]) }
            runJobs()
            sendWhatWaits()
            if now >= nextScan { scan() }
        }
        for connection in connections { connection?.abandon() }
    }

    private var isOver: Bool {
        isDraining && (connectionCount == 0 || now >= drainDeadline)
    }

    private var timeout: Int32 {
        if !jobs.isEmpty { return 0 }
        if connectionCount == 0, acceptsAgainAt == nil, !isDraining { return -1 }
        let next = min(nextScan, acceptsAgainAt ?? .max, drainDeadline)
        return next <= now ? 0 : Int32(clamping: (next - now) / 1_000_000 + 1)
    }

    private func tick() {
        now = Clock.nanoseconds()
        secondsSinceEpoch = Clock.secondsSinceEpoch()
        if let time = acceptsAgainAt, now >= time {
            acceptsAgainAt = nil
            if listener >= 0 { watch(listener, EPOLLIN.rawValue) }
        }
    }

    private func take(_ event: epoll_event) {
        let descriptor = event.data.fd
        if descriptor == waker {
            readInbox()
        } else if descriptor == listener {
            acceptCalls(atMost: 64)
        } else if let connection = connection(descriptor) {
            connection.wake(event.events)
        }
    }

    private func readInbox() {
        var count: UInt64 = 0
        _ = read(waker, &count, MemoryLayout<UInt64>.size)
        let (arrived, deadline) = inbox.with { inbox in
            defer { inbox.jobs.removeAll(keepingCapacity: true) }
            return (inbox.jobs, inbox.drainDeadline)
        }
        jobs.append(contentsOf: arrived)
        if let deadline { beginDrain(deadline) }
    }

    func noteUnsent(_ connection: Connection) { unsent.append(connection) }

    private func sendWhatWaits() {
        guard !unsent.isEmpty else { return }
        for connection in unsent { connection.sendWhatWaits() }
        unsent.removeAll(keepingCapacity: true)
    }

    private func runJobs() {
        var rounds = 0
        // Tasks that have their turns one after another do not keep the sockets waiting.
        while !jobs.isEmpty, rounds < Self.roundsMax, rounds == 0 || Clock.nanoseconds() - now < Self.roundsNanoseconds
        {
            rounds += 1
            swap(&jobs, &spareJobs)
            for job in spareJobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            spareJobs.removeAll(keepingCapacity: true)
        }
    }

    private func scan() {
        let pause = isDraining ? min(limits.scanMilliseconds, 50) : limits.scanMilliseconds
        nextScan = now + pause * 1_000_000
        for connection in connections { connection?.expire(at: now) }
    }

    private func beginDrain(_ deadline: UInt64) {
        drainDeadline = min(drainDeadline, deadline)
        guard !isDraining else { return }
        // Who is in the queue was told that we listen: all of them are let in before the door closes.
        acceptCalls(atMost: Self.queueMax, isLast: true)
        drainBegan = Clock.nanoseconds()
        if listener >= 0 {
            close(listener)
            listener = -1
        }
        scan()
    }
}

extension Loop {
    private func connection(_ descriptor: Int32) -> Connection? {
        let index = Int(descriptor)
        return index < connections.count ? connections[index] : nil
    }

    func remember(_ connection: Connection) {
        let index = Int(connection.descriptor)
        while connections.count <= index { connections.append(nil) }
        connections[index] = connection
        connectionCount += 1
    }

    /// The end of a connection: its descriptor may be another's from here on.
    func forget(_ connection: Connection) {
        connections[Int(connection.descriptor)] = nil
        connectionCount -= 1
        close(connection.descriptor)
        gate.leave(connection.address)
    }

    func lendBuffers() -> Buffers {
        spareBuffers.popLast() ?? Buffers(limits.request)
    }

    func takeBack(_ buffers: Buffers) {
        if buffers.isReusable(), spareBuffers.count < 128 { spareBuffers.append(buffers) }
    }

    func requestID() -> UInt64 {
        defer { nextRequestID &+= requestIDStep }
        return nextRequestID
    }
}

/// The system's clocks.
enum Clock {
    /// Since some moment in the past; never goes back.
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func secondsSinceEpoch() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }
}
