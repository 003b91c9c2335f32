/// Fields that may stand once only: of two, nobody could say which was meant (RFC 9110 §5.3).
struct Singletons: OptionSet {
    let rawValue: UInt8

    static let authorization = Singletons(rawValue: 1)
    static let contentType = Singletons(rawValue: 2)
    static let ifUnmodifiedSince = Singletons(rawValue: 4)
    static let idempotencyKey = Singletons(rawValue: 8)
}

// What the fields say of the message itself.

extension RequestParser {
    /// Takes note of a field that says how the message is read; all others are the handler's.
    mutating func note(_ field: Request.Field, _ bytes: Span<UInt8>) -> Fault? {
        let name = field.name
        switch name.count {
        case 4 where bytes.matches(name, "host"): return noteHost(field.value, bytes)
        case 6 where bytes.matches(name, "accept"): if !bytes.matches(field.value, "*/*") { request.isChoosy = true }
        case 6 where bytes.matches(name, "expect"): noteExpectation(field.value, bytes)
        case 8 where bytes.matches(name, "if-match"): request.isConditional = true
        case 10 where bytes.matches(name, "connection"): noteConnection(field.value, bytes)
        case 12 where bytes.matches(name, "content-type"): return noteOnce(.contentType, "Content-Type twice")
        case 13 where bytes.matches(name, "if-none-match"): request.isConditional = true
        case 13 where bytes.matches(name, "authorization"): return noteOnce(.authorization, "Authorization twice")
        case 14 where bytes.matches(name, "content-length"): return noteLength(field.value, bytes)
        case 15 where bytes.matches(name, "idempotency-key"): return noteOnce(.idempotencyKey, "Idempotency-Key twice")
        case 17 where bytes.matches(name, "transfer-encoding"): return noteCoding(field.value, bytes)
        case 17 where bytes.matches(name, "if-modified-since"): return noteModification(field.value, bytes)
        case 19 where bytes.matches(name, "if-unmodified-since"):
            return noteOnce(.ifUnmodifiedSince, "If-Unmodified-Since twice")
        default: break
        }
        return nil
    }

    /// What can be said only once all fields are read.
    func faultOfWhole(_ bytes: Span<UInt8>) -> Fault? {
        if host == nil, !request.isHTTP10 { return Fault(400, "no Host") }
        if isChunked, contentLength != nil { return Fault(400, "a length and chunks") }
        if isChunked, request.isHTTP10 { return Fault(400, "chunks in HTTP/1.0") }
        if let deferred { return deferred }
        guard method != nil else { return Fault(501, "the method is not known") }
        // RFC 9110 §9.3.1: content on a GET is a known way to smuggle, and an HTTP/1.0 hop may not have seen it.
        if request.isHTTP10, method == .get || method == .head, contentLength ?? 0 > 0 {
            return Fault(400, "content on a GET or HEAD of HTTP/1.0")
        }
        // A tunnel is refused wherever it should lead.
        if let allowedHosts, method != .connect, let named = authority ?? host {
            guard allowedHosts.contains(where: { isSame($0, bytes, named) }) else {
                return Fault(421, "the server is not known under that name")
            }
        }
        return nil
    }

    private func isSame(_ host: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        host.count == range.count && host.indices.allSatisfy { bytes[range.lowerBound + $0].lowercased == host[$0] }
    }

    private mutating func noteOnce(_ singleton: Singletons, _ reason: StaticString) -> Fault? {
        singletons.insert(singleton).inserted ? nil : Fault(400, reason)
    }

    /// Twice the same says what once would have said, and some clients do.
    private mutating func noteModification(_ value: Range<Int>, _ bytes: Span<UInt8>) -> Fault? {
        guard let first = ifModifiedSince else {
            ifModifiedSince = value
            return nil
        }
        let isSame = zip(first, value).allSatisfy { bytes[$0] == bytes[$1] } && first.count == value.count
        return isSame ? nil : Fault(400, "If-Modified-Since twice")
    }

    private mutating func noteHost(_ value: Range<Int>, _ bytes: Span<UInt8>) -> Fault? {
        guard host == nil else { return Fault(400, "more than one Host") }
        guard let authority = Authority(bytes, value) else { return Fault(400, "a Host that is none") }
        host = authority.host
        return nil
    }

    /// RFC 9110 §10.1.1; what an HTTP/1.0 client expects is not listened to.
    private mutating func noteExpectation(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        guard !request.isHTTP10 else { return }
        expectation = bytes.matches(value, "100-continue") && expectation != .unknown ? .goAhead : .unknown
    }

    private mutating func noteConnection(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        // What nearly every client sends, without an array of elements.
        if bytes.matches(value, "keep-alive") {
            asksToKeepAlive = true
            return
        }
        for element in bytes.elements(of: value) {
            if bytes.matches(element, "close") { asksToClose = true }
            if bytes.matches(element, "keep-alive") { asksToKeepAlive = true }
        }
    }

    /// Digits only, and one field only: RFC 9110 §8.6 would let equal ones pass, and smuggling lives from that.
    private mutating func noteLength(_ value: Range<Int>, _ bytes: Span<UInt8>) -> Fault? {
        guard contentLength == nil else { return Fault(400, "more than one Content-Length") }
        guard !value.isEmpty else { return Fault(400, "a Content-Length that is no number") }
        var length = 0
        for index in value {
            guard bytes[index].isDigit else { return Fault(400, "a Content-Length that is no number") }
            let (tens, isTooMany) = length.multipliedReportingOverflow(by: 10)
            let (sum, isTooMuch) = tens.addingReportingOverflow(Int(bytes[index] - 0x30))
            guard !isTooMany, !isTooMuch else { return Fault(400, "a Content-Length beyond any body") }
            length = sum
        }
        contentLength = length
        return nil
    }

    /// Chunks once and nothing else (RFC 9112 §6.1); other codings before the chunks are known to exist, not to us.
    private mutating func noteCoding(_ value: Range<Int>, _ bytes: Span<UInt8>) -> Fault? {
        guard !isChunked else { return Fault(400, "more than one Transfer-Encoding") }
        isChunked = true
        if bytes.matches(value, "chunked") { return nil }
        let codings = bytes.elements(of: value)
        let areTokens = codings.allSatisfy { coding in
            !coding.isEmpty && coding.allSatisfy { OctetSet.token.contains(bytes[$0]) }
        }
        let chunked = codings.filter { bytes.matches($0, "chunked") }
        let hasIdentity = codings.contains { bytes.matches($0, "identity") }
        guard areTokens, !hasIdentity, chunked.count == 1, chunked.first == codings.last else {
            return Fault(400, "a Transfer-Encoding that does not end in chunks")
        }
        deferred = Fault(501, "a transfer coding that is not known")
        return nil
    }
}
