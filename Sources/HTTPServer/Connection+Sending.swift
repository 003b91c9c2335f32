import CLinux
import Glibc
import HTTP

// The answers: written one behind the other, and seen to arrive.

extension Connection {
    /// Writes the answer; whether the connection goes on.
    func conclude(_ response: Response, leavesBody: Bool) -> Bool {
        requests += 1
        turnAnswers += 1
        let isLast = requests >= loop.limits.requestsPerConnectionMax || loop.isDraining
        if write(response, closes: leavesBody || isLast) { return false }
        ownBuffers().parser.reset()
        requestStart = loop.now
        return true
    }

    func refuse(_ fault: Fault) {
        ownBuffers().parser.request.id = loop.requestID()
        write(loop.handler.refusal(fault.status, reason: fault.reason), closes: true, isRefusal: true)
    }

    /// Sends what is left to send, and sees to it that it arrives.
    func end() async {
        if await flush() { await linger() }
    }

    /// Puts the answer behind those that have not left; whether it is the connection's last.
    @discardableResult
    func write(_ response: Response, closes: Bool, isRefusal: Bool = false) -> Bool {
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
    func flush() async -> Bool {
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

    func sendNow(_ buffers: Buffers) -> Sent {
        while buffers.sent < buffers.output.count {
            let sent = buffers.sent
            let count = buffers.output.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                buffers.sent += count
                delivery.note(sent: count, at: loop.now)
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

    func report(_ buffers: Buffers) {
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
    func reset() {
        var hard = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// Says that we are done and waits for the client to be: a close with bytes unread is a reset, and a reset can
    /// take the last answer with it (RFC 9112 §9.6).
    func linger() async {
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
