/// One pass over the bytes of a text; every look at a byte is bounded, because a trap would end the server.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private let depthMax: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, depthMax: Int) {
        self.bytes = bytes
        // Reading is recursive: however large a depth is asked for, the stack has to bear it.
        self.depthMax = min(depthMax, 256)
    }

    mutating func document() throws(JSONProblem) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { throw problem(.byteOrderMark) }
        skipBlanks()
        guard position < bytes.count else { throw problem(.empty) }
        let value = try value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw problem(.afterTheEnd) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard let first = current else { throw problem(.endsEarly) }
        switch first {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw problem(.unexpected)
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= depthMax else { throw problem(.tooDeep) }
        position += 1
        skipBlanks()
        var members: [JSONValue.Member] = []
        var names = SeenNames()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            let start = position
            guard let quote = current else { throw problem(.endsEarly) }
            guard quote == UInt8(ascii: "\"") else {
                throw problem(quote == UInt8(ascii: "}") ? .trailingComma : .unexpected)
            }
            let key = try string()
            guard names.insert(key, after: members) else { throw problem(.duplicateKey, at: start).inside(key) }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw problem(atEnd ? .endsEarly : .unexpected) }
            skipBlanks()
            do throws(JSONProblem) {
                members.append(JSONValue.Member(key, try value(depth: depth)))
            } catch {
                throw error.inside(key)
            }
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw problem(atEnd ? .endsEarly : .unexpected) }
            skipBlanks()
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= depthMax else { throw problem(.tooDeep) }
        position += 1
        skipBlanks()
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            if current == UInt8(ascii: "]") { throw problem(.trailingComma) }
            do throws(JSONProblem) {
                elements.append(try value(depth: depth))
            } catch {
                throw error.inside(String(elements.count))
            }
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw problem(atEnd ? .endsEarly : .unexpected) }
            skipBlanks()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        for place in 0..<word.utf8CodeUnitCount {
            guard let byte = current else { throw problem(.endsEarly) }
            guard byte == word.utf8Start[place] else { throw problem(.unexpected) }
            position += 1
        }
        return value
    }

    private mutating func skipBlanks() {
        while let byte = current, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
    }
}

extension JSONReader {
    /// RFC 8259 section 6, with whole numbers kept exactly or not at all.
    private mutating func number() throws(JSONProblem) -> JSONValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        var whole: Int64? = 0
        let digitsStart = position
        while let digit = digit {
            whole = whole.flatMap { JSONReader.appending(digit, to: $0, isNegative: isNegative) }
            position += 1
        }
        let digits = position - digitsStart
        guard digits > 0 else { throw problem(atEnd ? .endsEarly : .number) }
        guard digits == 1 || bytes[digitsStart] != UInt8(ascii: "0") else { throw problem(.number, at: start) }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try someDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try someDigits()
        }
        if isWhole {
            guard let whole else { throw problem(.numberOutOfRange, at: start) }
            return .integer(whole)
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw problem(.numberOutOfRange, at: start) }
        return .number(value)
    }

    private mutating func someDigits() throws(JSONProblem) {
        guard digit != nil else { throw problem(atEnd ? .endsEarly : .number) }
        while digit != nil { position += 1 }
    }

    // Negative numbers grow downwards: the least of them has no positive twin.
    private static func appending(_ digit: Int64, to whole: Int64, isNegative: Bool) -> Int64? {
        let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        let (sum, isOver) =
            isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        return isOver ? nil : sum
    }

    private var digit: Int64? {
        guard let byte = current, byte >= 48, byte <= 57 else { return nil }
        return Int64(byte - 48)
    }
}

extension JSONReader {
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    var atEnd: Bool { position >= bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    func problem(_ reason: JSONProblem.Reason, at offset: Int? = nil) -> JSONProblem {
        JSONProblem(offset: offset ?? position, pointer: "", reason: reason)
    }
}

/// The names that an object has had so far.
///
/// Names are compared as Swift compares texts: two that differ only in how an accent is composed count as one,
/// because whoever looks a name up later could not tell them apart.
private struct SeenNames {
    private var names: Set<String> = []

    /// False if the name has been there before.
    mutating func insert(_ key: String, after members: [JSONValue.Member]) -> Bool {
        // Objects are small: comparing a few names is quicker than hashing them.
        guard members.count >= 12 else { return !members.contains { $0.key == key } }
        if names.isEmpty { names = Set(members.map(\.key)) }
        return names.insert(key).inserted
    }
}
