import CLinux
import Glibc
import HTTP

/// One client: reads its requests, one after the other, and writes the answers in that order.
///
/// `@unchecked Sendable`: lives on its loop's thread. The task that runs `serve` prefers that loop as its executor,
/// and whoever else touches a connection is the loop itself.
final class Connection: @unchecked Sendable {
    private enum Received {
        case bytes(Int)
        /// The client sends nothing more.
        case ended
        /// The phase has lasted too long.
        case late
    }

    private enum Step {
        case wait, yield, flush, readBody
        case answer(Request)
        case refuse(Fault)
        /// Says goodbye, then closes.
        case end
        case close
    }

    private enum Sent {
        case all
        /// The client does not take more for now.
        case blocked
        case gone
    }

    private enum Body {
        case whole
        /// What is left of it is not worth the reading.
        case leftUnread
        case refused(Fault)
        case gone
    }

    let descriptor: Int32
    let address: Address
    private let loop: Loop
    private var patience: Patience
    private var waiter: UnsafeContinuation<Void, Never>?
    private var buffers: Buffers?
    // Readiness is told once, at the edge, and remembered until the socket is found empty.
    private var isReadable = false
    private var hasHungUp = false
    private var isLate = false
    private var turnBytes = 0
    private var requests = 0
    private var requestStart: UInt64 = 0

    init(_ descriptor: Int32, _ address: Address, loop: Loop) {
        self.descriptor = descriptor
        self.address = address
        self.loop = loop
        patience = Patience(phase: .idle, since: loop.now)
    }

    /// The connection's whole life.
    ///
    /// What needs no waiting is done in plain functions: each call of an asynchronous one asks the runtime twice
    /// where to go on, and that costs more than the parsing.
    func serve() async {
        var goesOn = true
        while goesOn {
            switch nextStep() {
            case .wait: await withUnsafeContinuation { waiter = $0 }
            case .yield: await Task.yield()
            case .answer(let request):
                goesOn = conclude(await loop.handler.answer(request), leavesBody: false)
                if !goesOn { await end() }
            case .readBody: goesOn = await answerWithBody()
            case .flush: goesOn = await flush()
            case .refuse(let fault):
                refuse(fault)
                await end()
                goesOn = false
            case .end:
                await end()
                goesOn = false
            case .close: goesOn = false
            }
        }
        if let buffers { loop.takeBack(buffers) }
        buffers = nil
        loop.forget(self)
    }

    /// The loop has news of the socket.
    func wake(_ events: UInt32) {
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
            isReadable = true
        }
        if events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { hasHungUp = true }
        resume()
    }

    /// The loop looks at the deadlines.
    func expire(at now: UInt64) {
        guard waiter != nil, patience.isOver(at: now, loop.limits, isDraining: loop.isDraining) else { return }
        isLate = true
        resume()
    }

    /// The loop ends, whatever the task waits for.
    func abandon() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        loop.gate.leave(address)
    }

    private func resume() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }

    private func enter(_ phase: Phase) {
        patience = Patience(phase: phase, since: loop.now)
        isLate = false
    }

    private func ownBuffers() -> Buffers {
        if let buffers { return buffers }
        let lent = loop.lendBuffers()
        buffers = lent
        return lent
    }
}

extension Connection {
    /// Goes as far as it can without waiting.
    private func nextStep() -> Step {
        while true {
            if let buffers, let step = nextStep(buffers) { return step }
            // An idle client whose request has just come is not late.
            if isLate, patience.phase != .idle { return .refuse(Fault(408, "the request took too long")) }
            if isLate, !isReadable { return .close }
            switch receiveNow() {
            case .bytes: if patience.phase == .idle { requestStart = loop.now }
            case .ended, .late: return .close
            case .none:
                let hasHadItsTurn = isReadable
                turnBytes = 0
                return hasHadItsTurn ? .yield : .wait
            }
        }
    }

    /// What the bytes that are there ask for; `nil` for more of them.
    private func nextStep(_ buffers: Buffers) -> Step? {
        if buffers.output.count >= loop.limits.batchBytesMax, let step = stepToSend(buffers) { return step }
        switch buffers.readHead() {
        case .complete:
            buffers.parser.request.id = loop.requestID()
            if buffers.parser.framing != .length(0) || buffers.parser.expectation != .nothing { return .readBody }
            enter(.handling)
            return .answer(buffers.parser.request)
        case .refused(let fault): return .refuse(fault)
        case .more: break
        }
        // What came together is answered together: only now is there nothing left to answer.
        if !buffers.output.isEmpty, let step = stepToSend(buffers) { return step }
        if buffers.input.isEmpty, !buffers.parser.hasBegun {
            if loop.isDraining, requests > 0 { return .end }
            self.buffers = nil
            loop.takeBack(buffers)
            if patience.phase != .idle { enter(.idle) }
        } else if patience.phase != .head {
            requestStart = loop.now
            enter(.head)
        }
        return nil
    }

    private func stepToSend(_ buffers: Buffers) -> Step? {
        switch sendNow(buffers) {
        case .all: nil
        case .blocked: .flush
        case .gone: .close
        }
    }

    /// What the socket has; `nil` if it is empty or another client should have its turn.
    private func receiveNow() -> Received? {
        while isReadable, turnBytes < loop.limits.turnBytesMax {
            let (count, hadMoreRoom) = ownBuffers().input.receive(descriptor, bytesMax: loop.limits.turnBytesMax)
            if count > 0 {
                turnBytes += count
                // A short read has emptied the socket; the end of the stream, if it was told, is still to be read.
                if hadMoreRoom, !hasHungUp { isReadable = false }
                return .bytes(count)
            }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: isReadable = false
            default: return .ended
            }
        }
        return nil
    }

    private func receive() async -> Received {
        while true {
            if isLate { return .late }
            if let received = receiveNow() { return received }
            turnBytes = 0
            if isReadable { await Task.yield() } else { await withUnsafeContinuation { waiter = $0 } }
        }
    }
}

extension Connection {
    private func answerWithBody() async -> Bool {
        let leavesBody: Bool
        switch await readBody() {
        case .whole: leavesBody = false
        case .leftUnread: leavesBody = true
        case .gone: return false
        case .refused(let fault):
            refuse(fault)
            await end()
            return false
        }
        enter(.handling)
        let goesOn = conclude(await loop.handler.answer(ownBuffers().parser.request), leavesBody: leavesBody)
        if !goesOn { await end() }
        return goesOn
    }

    private func readBody() async -> Body {
        let buffers = ownBuffers()
        let framing = buffers.parser.framing
        if buffers.parser.expectation == .unknown {
            return .refused(Fault(417, "an expectation that is not known"))
        }
        if framing == .length(0) { return .whole }
        var bytesMax = loop.limits.discardedBodyBytesMax
        let isNeeded = buffers.parser.request.method.takesContent
        if isNeeded {
            switch loop.handler.admit(buffers.parser.request) {
            case .accepted(let bodyBytesMax): bytesMax = bodyBytesMax
            case .refused(let response):
                write(response, closes: true)
                await end()
                return .gone
            }
        }
        if case .length(let length) = framing, length > bytesMax {
            return isNeeded ? .refused(Fault(413, "the body is too large")) : .leftUnread
        }
        if buffers.parser.expectation == .goAhead {
            ResponseEncoder.appendGoAhead(to: &buffers.output)
            guard await flush() else { return .gone }
        }
        enter(.body)
        switch framing {
        case .length(let length): return await readBody(length: length, isNeeded: isNeeded, buffers)
        case .chunked: return await readChunks(bytesMax: bytesMax, isNeeded: isNeeded, buffers)
        }
    }

    private func readBody(length: Int, isNeeded: Bool, _ buffers: Buffers) async -> Body {
        var left = length
        // Memory for what was announced is given only as it comes.
        if isNeeded { buffers.parser.request.body.reserveCapacity(min(length, Buffers.keptBytesMax)) }
        while true {
            left -= buffers.takeBody(atMost: left)
            if !isNeeded { buffers.parser.request.body.removeAll(keepingCapacity: true) }
            if left == 0 { return .whole }
            if let end = await receiveBody() { return end }
        }
    }

    private func readChunks(bytesMax: Int, isNeeded: Bool, _ buffers: Buffers) async -> Body {
        var decoder = ChunkedBody(limits: loop.limits.request, bodyBytesMax: bytesMax)
        while true {
            let progress = buffers.takeChunks(&decoder)
            if !isNeeded { buffers.parser.request.body.removeAll(keepingCapacity: true) }
            switch progress {
            case .complete: return .whole
            case .refused(let fault): return fault.status == 413 && !isNeeded ? .leftUnread : .refused(fault)
            case .more: if let end = await receiveBody() { return end }
            }
        }
    }

    /// Waits for more of the body; how it ends if there is none.
    private func receiveBody() async -> Body? {
        // Answers to what came before must not wait for a slow body.
        if let buffers, !buffers.output.isEmpty {
            let body = patience
            guard await flush() else { return .gone }
            patience = body
        }
        switch await receive() {
        case .bytes(let count):
            patience.bodyBytes += count
            return nil
        case .ended: return .gone
        case .late: return .refused(Fault(408, "the body took too long"))
        }
    }
}

extension Connection {
    /// Writes the answer; whether the connection goes on.
    private func conclude(_ response: Response, leavesBody: Bool) -> Bool {
        requests += 1
        let isLast = requests >= loop.limits.requestsPerConnectionMax || loop.isDraining
        if write(response, closes: leavesBody || isLast) { return false }
        ownBuffers().parser.reset()
        requestStart = loop.now
        return true
    }

    private func refuse(_ fault: Fault) {
        ownBuffers().parser.request.id = loop.requestID()
        write(loop.handler.refusal(fault.status, reason: fault.reason), closes: true, isRefusal: true)
    }

    /// Sends what is left to send, and sees to it that it arrives.
    private func end() async {
        if await flush() { await linger() }
    }

    /// Puts the answer behind those that have not left; whether it is the connection's last.
    @discardableResult
    private func write(_ response: Response, closes: Bool, isRefusal: Bool = false) -> Bool {
        let buffers = ownBuffers()
        let closes = closes || response.closes || !buffers.parser.keepsAlive
        let start = buffers.output.count
        let isHead = isRefusal ? buffers.parser.asksForHead : buffers.parser.request.method == .head
        loop.encoder.append(
            response, to: &buffers.output,
            persistence: closes ? .closes : buffers.parser.request.isHTTP10 ? .keepsAliveHTTP10 : .keepsAlive,
            omitsContent: isHead, secondsSinceEpoch: loop.secondsSinceEpoch)
        buffers.unreported.append(
            Buffers.Unreported(
                requestID: buffers.parser.request.id, method: isRefusal ? nil : buffers.parser.request.method,
                route: response.route,
                status: response.status, bytes: buffers.output.count - start, start: requestStart))
        return closes
    }

    /// Sends all that is written, and waits as long as the client takes it; false if it does not.
    private func flush() async -> Bool {
        let buffers = ownBuffers()
        while true {
            switch sendNow(buffers) {
            case .all: return true
            case .gone: return false
            case .blocked:
                if patience.phase != .writing { enter(.writing) }
                await withUnsafeContinuation { waiter = $0 }
                if isLate {
                    reset()
                    return false
                }
            }
        }
    }

    private func sendNow(_ buffers: Buffers) -> Sent {
        while buffers.sent < buffers.output.count {
            let sent = buffers.sent
            let count = buffers.output.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                buffers.sent += count
                if patience.phase == .writing { patience.since = loop.now }
            } else if errno == EAGAIN {
                return .blocked
            } else if errno != EINTR {
                return .gone
            }
        }
        report(buffers)
        buffers.output.removeAll(keepingCapacity: buffers.output.capacity <= Buffers.keptBytesMax)
        buffers.sent = 0
        return .all
    }

    private func report(_ buffers: Buffers) {
        guard !buffers.unreported.isEmpty else { return }
        let now = Clock.nanoseconds()
        for answer in buffers.unreported {
            loop.handler.finished(
                Exchange(
                    requestID: answer.requestID, method: answer.method, route: answer.route, status: answer.status,
                    bytes: answer.bytes, nanoseconds: now > answer.start ? now - answer.start : 0),
                onLoop: loop.number)
        }
        buffers.unreported.removeAll(keepingCapacity: true)
    }

    /// The client does not take its answer: nothing that is queued for it will be kept.
    private func reset() {
        var hard = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// Says that we are done and waits for the client to be: a close with bytes unread is a reset, and a reset can
    /// take the last answer with it (RFC 9112 §9.6).
    private func linger() async {
        shutdown(descriptor, Int32(SHUT_WR))
        enter(.lingering)
        var left = loop.limits.lingerBytesMax
        while left > 0 {
            ownBuffers().input.clear()
            guard case .bytes(let count) = await receive() else { return }
            left -= count
        }
    }
}

extension Method {
    /// Whether a body means something to it (RFC 9110 §9.3).
    fileprivate var takesContent: Bool {
        switch self {
        case .post, .put, .patch: true
        case .get, .head, .delete, .options, .trace, .connect: false
        }
    }
}
