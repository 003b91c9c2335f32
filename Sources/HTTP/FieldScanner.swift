/// Delimits field lines as their bytes come, in a head or in a trailer (RFC 9112 §5).
///
/// Strict: no bare line feed, no folded line, no blank before the colon, no control character.
struct FieldScanner {
    enum Step {
        /// All bytes are read and the section has not ended.
        case more
        case field(Request.Field)
        /// The empty line is read.
        case end
        case refused(Fault)
    }

    private enum State {
        case lineStart, name, valueStart, value, lineFeed, lastLineFeed
    }

    private let limits: RequestLimits
    private var state = State.lineStart
    // Places count from the first byte of the message part, whichever piece of it is being read.
    private var sectionStart: Int
    private var lineStart: Int
    private var nameEnd = 0
    private var valueStart = 0
    private var valueEnd = 0
    private var count = 0

    init(limits: RequestLimits, start: Int) {
        self.limits = limits
        sectionStart = start
        lineStart = start
    }

    /// Reads on from `position`; `base` is the place of the first of the bytes.
    mutating func next(_ bytes: Span<UInt8>, at position: inout Int, base: Int) -> Step {
        let lineLimit = limits.fieldLineBytesMax
        let sectionLimit = limits.fieldSectionBytesMax
        while position < bytes.count {
            let place = base + position
            if place - sectionStart >= sectionLimit { return .refused(Fault(431, "too many bytes of fields")) }
            if place - lineStart >= lineLimit, state != .lineFeed, bytes[position] != .carriageReturn {
                return .refused(Fault(431, "a field line is too long"))
            }
            // No run of bytes passes a limit, so that the verdict is the same however they are cut.
            let room = min(lineLimit - (place - lineStart), sectionLimit - (place - sectionStart))
            let stop = min(bytes.count, position + room)
            if let step = scan(bytes, at: &position, to: max(stop, position + 1), base: base) { return step }
        }
        return .more
    }

    /// One state's run of bytes; `nil` if the scan goes on.
    private mutating func scan(_ bytes: Span<UInt8>, at position: inout Int, to stop: Int, base: Int) -> Step? {
        switch state {
        case .lineStart: return startLine(bytes[position], at: &position, base: base)
        case .name: return scanName(bytes, at: &position, to: stop, base: base)
        case .valueStart:
            while position < stop, bytes[position].isBlank { position += 1 }
            guard position < stop else { return nil }
            valueStart = base + position
            valueEnd = valueStart
            state = .value
            return nil
        case .value: return scanValue(bytes, at: &position, to: stop, base: base)
        case .lineFeed:
            guard bytes[position] == .lineFeed else { return .refused(Fault(400, "a bare CR in a field")) }
            position += 1
            state = .lineStart
            let field = Request.Field(name: lineStart..<nameEnd, value: valueStart..<valueEnd)
            lineStart = base + position
            return .field(field)
        case .lastLineFeed:
            guard bytes[position] == .lineFeed else { return .refused(Fault(400, "a bare CR among the fields")) }
            position += 1
            return .end
        }
    }

    private mutating func startLine(_ byte: UInt8, at position: inout Int, base: Int) -> Step? {
        if byte == .carriageReturn {
            position += 1
            state = .lastLineFeed
            return nil
        }
        guard OctetSet.token.contains(byte) else {
            return .refused(Fault(400, byte.isBlank ? "a folded field line" : "a field line without a name"))
        }
        guard count < limits.fieldsMax else { return .refused(Fault(431, "too many fields")) }
        count += 1
        state = .name
        return nil
    }

    private mutating func scanName(_ bytes: Span<UInt8>, at position: inout Int, to stop: Int, base: Int) -> Step? {
        var index = position
        while index < stop, OctetSet.token.contains(bytes[index]) { index += 1 }
        position = index
        guard index < stop else { return nil }
        guard bytes[index] == UInt8(ascii: ":") else {
            return .refused(Fault(400, "a field name that is no token, or a field line without a colon"))
        }
        nameEnd = base + index
        position = index + 1
        state = .valueStart
        return nil
    }

    private mutating func scanValue(_ bytes: Span<UInt8>, at position: inout Int, to stop: Int, base: Int) -> Step? {
        var index = position
        var end = valueEnd
        defer {
            position = index
            valueEnd = end
        }
        while index < stop {
            if stop - index >= 8, bytes.areVisible(eightFrom: index) {
                index += 8
                end = base + index
                continue
            }
            let byte = bytes[index]
            index += 1
            // Visible ASCII, or bytes that are none of ours to read (obs-text).
            if byte > .space, byte != 0x7F {
                end = base + index
            } else if byte == .carriageReturn {
                state = .lineFeed
                return nil
            } else if !byte.isBlank {
                index -= 1
                return .refused(
                    Fault(400, byte == .lineFeed ? "a bare LF in a field" : "a control character in a field"))
            }
        }
        return nil
    }
}
