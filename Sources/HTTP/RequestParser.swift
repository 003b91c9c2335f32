/// Reads the head of one request as its bytes come.
///
/// The verdict falls at the same byte however the bytes are cut, and no bytes can stop the program: every place is
/// found by walking, none is computed from what a client wrote. Strict by choice: a message that two servers could
/// read in two ways is refused (RFC 9112 §11).
package struct RequestParser: ~Copyable {
    /// How far the head is read.
    package enum Progress: Equatable {
        /// The bytes so far begin a request.
        case more
        /// The head is whole: so many bytes of the buffer belong to it.
        case complete(length: Int)
        /// These bytes are no request; nothing that follows can be trusted.
        case refused(Fault)
    }

    /// How the body is delimited.
    package enum Framing: Hashable, Sendable {
        /// By its length in bytes, which may be nought.
        case length(Int)
        case chunked
    }

    /// What the client waits for before it sends the body.
    package enum Expectation: Hashable, Sendable {
        case nothing
        case goAhead
        /// Something that this server does not know.
        case unknown
    }

    enum State {
        case emptyLines, emptyLineFeed, method, target, version, fields
    }

    /// The request as far as it is read; whole, without its body, once the head is.
    package var request = Request(.get)
    package var framing: Framing { isChunked ? .chunked : .length(contentLength ?? 0) }
    package internal(set) var expectation = Expectation.nothing
    /// Whether bytes of a request were seen, and not only empty lines before one.
    package var hasBegun: Bool { state != .emptyLines && state != .emptyLineFeed }
    /// Whether nothing was read since it was reset.
    package var isFresh: Bool { position == 0 }
    /// Whether the answer to what was refused must do without a body.
    package var asksForHead: Bool { method == .head }

    let limits: RequestLimits
    let allowedHosts: [[UInt8]]?
    var state = State.emptyLines
    /// The next byte to look at.
    var position = 0
    /// The first byte of the method.
    var start = 0
    var emptyLines = 0
    /// The method's bytes, one after another in one word; nought if they are too many for any that is known.
    var packedMethod: UInt64 = 0
    var method: Method?
    var target = 0..<0
    var versionStart = 0
    var major: UInt8 = 0
    var minor: UInt8 = 0
    var scanner: FieldScanner
    var contentLength: Int?
    var isChunked = false
    var asksToClose = false
    var asksToKeepAlive = false
    var host: Range<Int>?
    var authority: Range<Int>?
    var singletons: Singletons = []
    var ifModifiedSince: Range<Int>?
    var deferred: Fault?

    package init(limits: RequestLimits) {
        self.limits = limits
        allowedHosts = limits.allowedHosts.map { hosts in hosts.map { Array($0.utf8) } }
        scanner = FieldScanner(limits: limits, start: 0)
    }

    /// Whether the connection may be used again after this request.
    package var keepsAlive: Bool {
        asksToClose ? false : request.isHTTP10 ? asksToKeepAlive : true
    }

    /// Forgets the request, keeps the memory.
    package mutating func reset() {
        state = .emptyLines
        position = 0
        start = 0
        emptyLines = 0
        packedMethod = 0
        method = nil
        contentLength = nil
        isChunked = false
        asksToClose = false
        asksToKeepAlive = false
        host = nil
        authority = nil
        singletons = []
        ifModifiedSince = nil
        deferred = nil
        expectation = .nothing
        request.isHTTP10 = false
        request.isConditional = false
        request.isChoosy = false
        request.head.removeAll(keepingCapacity: true)
        request.fields.removeAll(keepingCapacity: true)
        request.body.removeAll(keepingCapacity: true)
    }

    /// Reads on; `bytes` are those of before, from the first on, and more.
    package mutating func read(_ bytes: Span<UInt8>) -> Progress {
        while position < bytes.count {
            let fault: Fault?
            switch state {
            case .emptyLines: fault = skipEmptyLine(bytes[position])
            case .emptyLineFeed: fault = endEmptyLine(bytes[position])
            case .method: fault = readMethod(bytes)
            case .target: fault = readTarget(bytes)
            case .version: fault = readVersion(bytes)
            case .fields: return readFields(bytes)
            }
            if let fault { return .refused(fault) }
        }
        return .more
    }

    private mutating func skipEmptyLine(_ byte: UInt8) -> Fault? {
        if byte == .carriageReturn {
            guard emptyLines < limits.emptyLinesMax else { return Fault(400, "too many empty lines before a request") }
            emptyLines += 1
            position += 1
            state = .emptyLineFeed
            return nil
        }
        // The first byte already tells what is no HTTP: a TLS greeting, a zero.
        guard OctetSet.token.contains(byte) else { return Fault(400, "no method") }
        start = position
        state = .method
        return nil
    }

    private mutating func endEmptyLine(_ byte: UInt8) -> Fault? {
        guard byte == .lineFeed else { return Fault(400, "a bare CR before a request") }
        position += 1
        state = .emptyLines
        return nil
    }

    private mutating func readFields(_ bytes: Span<UInt8>) -> Progress {
        while true {
            switch scanner.next(bytes, at: &position, base: 0) {
            case .more: return .more
            case .refused(let fault): return .refused(fault)
            case .field(let field):
                if let fault = note(field, bytes) { return .refused(fault) }
                let name = (field.name.lowerBound - start)..<(field.name.upperBound - start)
                let value = (field.value.lowerBound - start)..<(field.value.upperBound - start)
                request.fields.append(Request.Field(name: name, value: value))
            case .end: return finish(bytes)
            }
        }
    }

    private mutating func finish(_ bytes: Span<UInt8>) -> Progress {
        if let fault = faultOfWhole(bytes) { return .refused(fault) }
        // Without a method there is a fault.
        if let method { request.method = method }
        bytes.extracting(start..<position).withUnsafeBufferPointer { request.head.append(contentsOf: $0) }
        return .complete(length: position)
    }
}
