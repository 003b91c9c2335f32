import HTTP

// The body of a request: read by whoever needs it, thrown away where nobody does.

extension Connection {
    func answerWithBody() async -> Bool {
        let goesOn: Bool
        switch await readBody() {
        case .whole: goesOn = await answer(leavesBody: false)
        case .leftUnread: goesOn = await answer(leavesBody: true)
        case .unwanted(let response, let leftUnread): goesOn = conclude(response, leavesBody: leftUnread)
        case .gone: return false
        case .refused(let fault):
            refuse(fault)
            goesOn = false
        }
        if !goesOn { await end() }
        return goesOn
    }

    func answer(leavesBody: Bool) async -> Bool {
        enterHandling()
        return conclude(await loop.handler.answer(ownBuffers().parser.request), leavesBody: leavesBody)
    }

    func readBody() async -> Body {
        let buffers = ownBuffers()
        let framing = buffers.parser.framing
        if buffers.parser.expectation == .unknown {
            return .refused(Fault(417, "an expectation that is not known"))
        }
        if framing == .length(0) { return .whole }
        if case .length(let length) = framing, length > loop.handler.bodyBytesMax {
            return .refused(Fault(413, "the body is too large"))
        }
        guard buffers.parser.request.method.takesContent else {
            return await readBody(framing, bytesMax: loop.limits.discardedBodyBytesMax, isNeeded: false)
        }
        switch loop.handler.admit(buffers.parser.request) {
        case .accepted(let bytesMax): return await readBody(framing, bytesMax: bytesMax, isNeeded: true)
        case .refused(let response): return await readUnwanted(framing, response)
        }
    }

    func readUnwanted(_ framing: RequestParser.Framing, _ response: Response) async -> Body {
        if ownBuffers().parser.expectation == .goAhead { return .unwanted(response, leftUnread: true) }
        switch await readBody(framing, bytesMax: loop.limits.discardedBodyBytesMax, isNeeded: false) {
        case .whole: return .unwanted(response, leftUnread: false)
        case .leftUnread: return .unwanted(response, leftUnread: true)
        case let other: return other
        }
    }

    func readBody(_ framing: RequestParser.Framing, bytesMax: Int, isNeeded: Bool) async -> Body {
        let buffers = ownBuffers()
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

    func readBody(length: Int, isNeeded: Bool, _ buffers: Buffers) async -> Body {
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

    func readChunks(bytesMax: Int, isNeeded: Bool, _ buffers: Buffers) async -> Body {
        var decoder = ChunkedBody(limits: loop.limits.request, bodyBytesMax: bytesMax)
        while true {
            let progress = buffers.takeChunks(&decoder)
            if !isNeeded { buffers.parser.request.body.removeAll(keepingCapacity: true) }
            switch progress {
            case .complete: return .whole
            case .refused(let fault):
                let isTakenBySome = !decoder.announcesMore(than: loop.handler.bodyBytesMax)
                return fault.status == 413 && !isNeeded && isTakenBySome ? .leftUnread : .refused(fault)
            case .more: if let end = await receiveBody() { return end }
            }
        }
    }

    /// Waits for more of the body; how it ends if there is none.
    func receiveBody() async -> Body? {
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

extension Method {
    /// Whether a body means something to it (RFC 9110 §9.3).
    fileprivate var takesContent: Bool {
        switch self {
        case .post, .put, .patch, .query: true
        case .get, .head, .delete, .options, .trace, .connect: false
        }
    }
}
