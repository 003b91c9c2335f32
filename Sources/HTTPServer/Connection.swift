import CLinux
import Glibc
import HTTP

/// One client: reads its requests, one after the other, and writes the answers in that order.
///
/// `@unchecked Sendable`: lives on its loop's thread. The task that runs `serve` prefers that loop as its executor,
/// and whoever else touches a connection is the loop itself.
final class Connection: @unchecked Sendable {
    enum Received {
        case bytes(Int)
        /// The client sends nothing more.
        case ended
        /// The phase has lasted too long.
        case late
    }

    enum Step {
        case wait, yield, flush, readBody
        case answer(Request)
        case refuse(Fault)
        /// Says goodbye, then closes.
        case end
        case close
    }

    enum Sent {
        case all
        /// The client does not take more for now.
        case blocked
        case gone
    }

    enum Body {
        case whole
        /// What is left of it is not worth the reading.
        case leftUnread
        /// Nobody wants it: this is the answer, and `leftUnread` as above.
        case unwanted(Response, leftUnread: Bool)
        case refused(Fault)
        case gone
    }

    let descriptor: Int32
    let address: Address
    let loop: Loop
    var patience: Patience
    var waiter: UnsafeContinuation<Void, Never>?
    var buffers: Buffers?
    // Readiness is told once, at the edge, and remembered until the socket is found empty.
    var isReadable = false
    var hasHungUp = false
    var isLate = false
    var delivery = Delivery()
    var hasStalled = false
    var turnBytes = 0
    var turnAnswers = 0
    var requests = 0
    var requestStart: UInt64 = 0

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
        if hasStalled { reset() }
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
        guard waiter != nil else { return }
        if delivery.isDue(at: now, loop.limits) { lookAtDelivery(at: now) }
        guard hasStalled || patience.isOver(at: now, loop.limits, drainBegan: loop.drainBegan) else { return }
        isLate = true
        resume()
    }

    private func lookAtDelivery(at now: UInt64) {
        hasStalled = delivery.judge(untaken: Int(bnl_untaken(descriptor)), at: now, loop.limits) == .stalled
    }

    /// The loop ends, whatever the task waits for.
    func abandon() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        loop.gate.leave(address)
    }

    /// The next answer may take its time: what is written goes out before the loop waits, not behind it.
    func enterHandling() {
        enter(.handling)
        if let buffers, !buffers.output.isEmpty { loop.noteUnsent(self) }
    }

    /// The loop is about to wait.
    func sendWhatWaits() {
        guard patience.phase == .handling, let buffers, !buffers.output.isEmpty else { return }
        // What the client does not take now is seen to once the answer is there.
        _ = sendNow(buffers)
    }

    func beginTurn() {
        turnBytes = 0
        turnAnswers = 0
    }

    /// An idle client needs no memory to be read into.
    private func giveBackBuffers() {
        guard let buffers, buffers.input.isEmpty, !buffers.parser.hasBegun, buffers.output.isEmpty else { return }
        self.buffers = nil
        loop.takeBack(buffers)
    }

    func resume() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }

    func enter(_ phase: Phase) {
        patience = Patience(phase: phase, since: loop.now)
        isLate = false
    }

    func ownBuffers() -> Buffers {
        if let buffers { return buffers }
        let lent = loop.lendBuffers()
        buffers = lent
        return lent
    }
}

extension Connection {
    /// Goes as far as it can without waiting.
    func nextStep() -> Step {
        while true {
            if hasStalled { return .close }
            if turnAnswers >= loop.limits.turnAnswersMax {
                beginTurn()
                return .yield
            }
            if let buffers, let step = nextStep(buffers) { return step }
            // An idle client whose request has just come is not late.
            if isLate, patience.phase != .idle { return .refuse(Fault(408, "the request took too long")) }
            if isLate, !isReadable { return .close }
            switch receiveNow() {
            case .bytes: if patience.phase == .idle { requestStart = loop.now }
            case .ended, .late: return .close
            case .none:
                let hasHadItsTurn = isReadable
                if !hasHadItsTurn { giveBackBuffers() }
                beginTurn()
                return hasHadItsTurn ? .yield : .wait
            }
        }
    }

    /// What the bytes that are there ask for; `nil` for more of them.
    func nextStep(_ buffers: Buffers) -> Step? {
        if buffers.output.count >= loop.limits.batchBytesMax, let step = stepToSend(buffers) { return step }
        switch buffers.readHead() {
        case .complete:
            buffers.parser.request.id = loop.requestID()
            buffers.parser.request.peer = address
            if buffers.parser.framing != .length(0) || buffers.parser.expectation != .nothing { return .readBody }
            enterHandling()
            return .answer(buffers.parser.request)
        case .refused(let fault): return .refuse(fault)
        case .more: break
        }
        // What came together is answered together: only now is there nothing left to answer.
        if !buffers.output.isEmpty, let step = stepToSend(buffers) { return step }
        if buffers.input.isEmpty, !buffers.parser.hasBegun {
            if loop.isDraining, requests > 0 { return .end }
            giveBackBuffers()
            if patience.phase != .idle { enter(.idle) }
        } else if patience.phase != .head {
            requestStart = loop.now
            enter(.head)
        }
        return nil
    }

    func stepToSend(_ buffers: Buffers) -> Step? {
        switch sendNow(buffers) {
        case .all: nil
        case .blocked: .flush
        case .gone: .close
        }
    }

    /// What the socket has; `nil` if it is empty or another client should have its turn.
    func receiveNow() -> Received? {
        while isReadable, turnBytes < loop.limits.turnBytesMax {
            let (count, hadMoreRoom) = ownBuffers().input.receive(descriptor, bytesMax: loop.limits.inputBytesMax)
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

    func receive() async -> Received {
        while true {
            if isLate { return .late }
            if let received = receiveNow() { return received }
            beginTurn()
            if isReadable { await Task.yield() } else { await withUnsafeContinuation { waiter = $0 } }
        }
    }
}
