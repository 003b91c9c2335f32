/// Takes a body out of its chunks as the bytes come (RFC 9112 §7.1).
///
/// Lines end in CRLF only, extensions are read and forgotten, trailers are checked and thrown away.
package struct ChunkedBody {
    /// How far the body is read.
    package enum Progress: Equatable {
        case more
        case complete
        case refused(Fault)
    }

    private enum State {
        case firstDigit, size
        // RFC 9112 §7.1.1: *( BWS ";" BWS name [ BWS "=" BWS value ] ).
        case beforeSemicolon, beforeName, name, afterName, beforeValue, value, quoted, escaped, afterQuoted
        case sizeLineFeed, data, dataReturn, dataLineFeed, trailer, complete
    }

    private let limits: RequestLimits
    private let bodyBytesMax: Int
    private var state = State.firstDigit
    private var digits = 0
    /// Of the chunk whose size was read last.
    private var size: UInt64 = 0
    private var left = 0
    private var received = 0
    private var overhead = 0
    private var extensionBytes = 0
    private var extensionsBytes = 0
    private var scanner: FieldScanner
    private var trailer: [UInt8] = []
    private var trailerPosition = 0

    package init(limits: RequestLimits, bodyBytesMax: Int) {
        self.limits = limits
        self.bodyBytesMax = bodyBytesMax
        scanner = FieldScanner(limits: limits, start: 0)
    }

    /// Whether the body, so far as its chunks have announced it, is longer than that.
    package func announcesMore(than bytes: Int) -> Bool {
        guard let room = UInt64(exactly: bytes - received) else { return true }
        return size > room
    }

    /// Reads on and adds what is inside the chunks to `body`; `position` ends after the last byte that was read.
    package mutating func read(
        _ bytes: Span<UInt8>, at position: inout Int, into body: inout [UInt8]
    ) -> Progress {
        while position < bytes.count {
            switch state {
            case .data: takeData(bytes, at: &position, into: &body)
            case .trailer: return readTrailer(bytes, at: &position)
            case .complete: return .complete
            default:
                if let fault = step(bytes[position]) { return .refused(fault) }
                overhead += 1
                position += 1
            }
        }
        return state == .complete ? .complete : .more
    }

    private mutating func takeData(_ bytes: Span<UInt8>, at position: inout Int, into body: inout [UInt8]) {
        let count = min(left, bytes.count - position)
        bytes.extracting(position..<(position + count)).withUnsafeBufferPointer { body.append(contentsOf: $0) }
        position += count
        left -= count
        if left == 0 { state = .dataReturn }
    }

    /// Kept only to look at the names: a trailer that pretends to frame or to route is an attack (RFC 9110 §6.5.1).
    private mutating func readTrailer(_ bytes: Span<UInt8>, at position: inout Int) -> Progress {
        bytes.extracting(position..<bytes.count).withUnsafeBufferPointer { trailer.append(contentsOf: $0) }
        position = bytes.count
        let held = trailer
        while true {
            switch scanner.next(held.span, at: &trailerPosition, base: 0) {
            case .more: return .more
            case .field(let field):
                let forbidden: [StaticString] = ["content-length", "host", "transfer-encoding"]
                if forbidden.contains(where: { held.span.matches(field.name, $0) }) {
                    return .refused(Fault(400, "a trailer that may not be one"))
                }
            case .refused(let fault): return .refused(fault)
            case .end:
                // What came after the trailer is the next request's.
                position -= trailer.count - trailerPosition
                state = .complete
                return .complete
            }
        }
    }

    private mutating func step(_ byte: UInt8) -> Fault? {
        switch state {
        case .firstDigit, .size: return stepSize(byte)
        case .sizeLineFeed: return byte == .lineFeed ? endSizeLine() : Fault(400, "a chunk size without CRLF")
        case .dataReturn:
            state = .dataLineFeed
            return byte == .carriageReturn ? nil : Fault(400, "a chunk longer than its size")
        case .dataLineFeed:
            state = .firstDigit
            return byte == .lineFeed ? nil : Fault(400, "a chunk without CRLF at its end")
        default: return stepExtension(byte)
        }
    }

    private mutating func stepSize(_ byte: UInt8) -> Fault? {
        if let digit = byte.hexadecimalValue {
            // Sixteen digits fill the number: a seventeenth would push the first one out.
            guard digits < 16 else { return Fault(400, "a chunk size beyond any body") }
            digits += 1
            size = size &<< 4 | UInt64(digit)
            state = .size
            return nil
        }
        guard state == .size else { return Fault(400, "a chunk without a size") }
        state = .beforeSemicolon
        if byte == .carriageReturn {
            state = .sizeLineFeed
            return nil
        }
        return stepExtension(byte)
    }

    private mutating func endSizeLine() -> Fault? {
        guard let room = UInt64(exactly: bodyBytesMax - received), size <= room else {
            return Fault(413, "the body is too large")
        }
        let (allowed, isPlenty) = (received + Int(size)).multipliedReportingOverflow(by: 16)
        if !isPlenty, overhead - limits.chunkOverheadBytesMax > allowed {
            return Fault(400, "more chunk sizes than body")
        }
        state = size == 0 ? .trailer : .data
        left = Int(size)
        received += left
        size = 0
        digits = 0
        extensionBytes = 0
        return nil
    }

    private mutating func stepExtension(_ byte: UInt8) -> Fault? {
        if byte == .carriageReturn, state == .name || state == .value || state == .afterQuoted {
            state = .sizeLineFeed
            return nil
        }
        extensionBytes += 1
        extensionsBytes += 1
        guard extensionBytes <= limits.chunkExtensionBytesMax, extensionsBytes <= limits.chunkExtensionsBytesMax else {
            return Fault(400, "too many bytes of chunk extensions")
        }
        guard let next = stateAfter(byte) else { return Fault(400, "a chunk extension that is none") }
        state = next
        return nil
    }

    private func stateAfter(_ byte: UInt8) -> State? {
        let isToken = OctetSet.token.contains(byte)
        switch state {
        case .beforeSemicolon: return byte == UInt8(ascii: ";") ? .beforeName : byte.isBlank ? .beforeSemicolon : nil
        case .beforeName: return isToken ? .name : byte.isBlank ? .beforeName : nil
        case .name where isToken: return .name
        case .name, .afterName:
            switch byte {
            case UInt8(ascii: ";"): return .beforeName
            case UInt8(ascii: "="): return .beforeValue
            default: return byte.isBlank ? .afterName : nil
            }
        case .beforeValue:
            return isToken ? .value : byte == UInt8(ascii: "\"") ? .quoted : byte.isBlank ? .beforeValue : nil
        case .value where isToken: return .value
        case .value, .afterQuoted:
            return byte == UInt8(ascii: ";") ? .beforeName : byte.isBlank ? .beforeSemicolon : nil
        case .quoted:
            if byte == UInt8(ascii: "\"") { return .afterQuoted }
            if byte == UInt8(ascii: "\\") { return .escaped }
            return OctetSet.printable.contains(byte) || byte >= 0x80 ? .quoted : nil
        case .escaped: return OctetSet.printable.contains(byte) || byte >= 0x80 ? .quoted : nil
        default: return nil
        }
    }
}
