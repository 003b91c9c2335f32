// The request line: method, target, version, with one space between (RFC 9112 §3).

extension RequestParser {
    /// Where the request line has to end: no run of bytes passes it, however they are cut.
    private func lineStop(_ bytes: Span<UInt8>) -> Int {
        min(bytes.count, start + limits.requestLineBytesMax)
    }

    mutating func readMethod(_ bytes: Span<UInt8>) -> Fault? {
        let stop = lineStop(bytes)
        // RFC 9112 §3: a method longer than any that is known is one that is not known.
        guard position < stop else { return Fault(501, "the method is not known") }
        while position < stop, OctetSet.token.contains(bytes[position]) {
            packedMethod = position - start < 8 ? packedMethod &<< 8 | UInt64(bytes[position]) : 0
            position += 1
        }
        guard position < stop else { return nil }
        guard bytes[position] == .space else { return Fault(400, "a method that is no token") }
        method = Method(packed: packedMethod)
        position += 1
        target = position..<position
        state = .target
        return nil
    }

    mutating func readTarget(_ bytes: Span<UInt8>) -> Fault? {
        let stop = lineStop(bytes)
        guard position < stop else { return Fault(414, "the request line is too long") }
        var index = position
        while index < stop, OctetSet.target.contains(bytes[index]) { index += 1 }
        position = index
        guard index < stop else { return nil }
        guard bytes[index] == .space, index > target.lowerBound else {
            return Fault(400, "a target with a byte that is none of a target's")
        }
        target = target.lowerBound..<index
        position = index + 1
        versionStart = position
        state = .version
        return placeTarget(bytes)
    }

    mutating func readVersion(_ bytes: Span<UInt8>) -> Fault? {
        let byte = bytes[position]
        let place = position - versionStart
        // The line end is not counted, and the version has one length only.
        if position - start >= limits.requestLineBytesMax, place < 8 {
            return Fault(414, "the request line is too long")
        }
        let name: StaticString = "HTTP/"
        let isRight =
            switch place {
            case 0..<5: byte == name.utf8Start[place]
            case 5, 7: byte.isDigit
            case 6: byte == UInt8(ascii: ".")
            case 8: byte == .carriageReturn
            default: byte == .lineFeed
            }
        guard isRight else { return Fault(400, "a request line without a version at its end") }
        if place == 5 { major = byte - 0x30 }
        if place == 7 { minor = byte - 0x30 }
        position += 1
        guard place == 9 else { return nil }
        // RFC 9110 §2.5 would read 1.2 as 1.1; nobody sends it but to see what happens.
        guard major == 1, minor <= 1 else { return Fault(505, "the version is neither HTTP/1.1 nor HTTP/1.0") }
        request.isHTTP10 = minor == 0
        scanner = FieldScanner(limits: limits, start: position)
        state = .fields
        return nil
    }

    /// Finds path and query in the target, by the form that the method allows (RFC 9112 §3.2).
    private mutating func placeTarget(_ bytes: Span<UInt8>) -> Fault? {
        let first = bytes[target.lowerBound]
        if method == .connect {
            guard let authority = Authority(bytes, target), authority.port?.isEmpty == false else {
                return Fault(400, "CONNECT without host and port")
            }
            self.authority = authority.host
            placePath(target, query: target.upperBound..<target.upperBound)
            return nil
        }
        if first == UInt8(ascii: "/") { return placePath(from: target.lowerBound, bytes) }
        if first == UInt8(ascii: "*") {
            guard target.count == 1, method == .options else { return Fault(400, "* without OPTIONS") }
            placePath(target, query: target.upperBound..<target.upperBound)
            return nil
        }
        return placeAbsolute(bytes)
    }

    /// `http://host/path`: the host of the target counts, not the field's (RFC 9112 §3.2.2).
    private mutating func placeAbsolute(_ bytes: Span<UInt8>) -> Fault? {
        let start = target.lowerBound
        let schemes: [StaticString] = ["http://", "https://"]
        let scheme = schemes.first { bytes.matches(start..<min(target.upperBound, start + $0.utf8CodeUnitCount), $0) }
        guard let scheme else { return Fault(400, "a target that is no path and no address") }
        let hostStart = start + scheme.utf8CodeUnitCount
        var end = hostStart
        while end < target.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
        guard let authority = Authority(bytes, hostStart..<end) else { return Fault(400, "an address without a host") }
        self.authority = authority.host
        if end < target.upperBound, bytes[end] == UInt8(ascii: "/") { return placePath(from: end, bytes) }
        // No path is the root: the last slash of the scheme stands for it.
        guard let query = checkedQuery(from: end, bytes) else { return Fault(400, "a query that cannot be read") }
        placePath((hostStart - 1)..<hostStart, query: query)
        return nil
    }

    private mutating func placePath(from pathStart: Int, _ bytes: Span<UInt8>) -> Fault? {
        var end = pathStart
        while end < target.upperBound, bytes[end] != UInt8(ascii: "?") { end += 1 }
        guard PercentEncoding.isSound(bytes, pathStart..<end), let query = checkedQuery(from: end, bytes) else {
            return Fault(400, "a target that cannot be read")
        }
        placePath(pathStart..<end, query: query)
        return nil
    }

    private func checkedQuery(from mark: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
        let query = min(mark + 1, target.upperBound)..<target.upperBound
        return PercentEncoding.isSound(bytes, query) ? query : nil
    }

    private mutating func placePath(_ path: Range<Int>, query: Range<Int>) {
        request.path = (path.lowerBound - start)..<(path.upperBound - start)
        request.query = (query.lowerBound - start)..<(query.upperBound - start)
    }
}

extension Method {
    /// The method of these letters, one after another in one word.
    init?(packed: UInt64) {
        switch packed {
        case 0x47_4554: self = .get
        case 0x4845_4144: self = .head
        case 0x504F_5354: self = .post
        case 0x50_5554: self = .put
        case 0x50_4154_4348: self = .patch
        case 0x4445_4C45_5445: self = .delete
        case 0x4F50_5449_4F4E_53: self = .options
        case 0x54_5241_4345: self = .trace
        case 0x43_4F4E_4E45_4354: self = .connect
        case 0x51_5545_5259: self = .query
        default: return nil
        }
    }
}
