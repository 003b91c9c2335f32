extension JSONReader {
    /// RFC 8259 section 7; stricter in that a zero character and half a surrogate pair are refused.
    mutating func string() throws(JSONProblem) -> String {
        let opening = position
        position += 1
        let start = position
        var seen: UInt8 = 0
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let run = UnsafeBufferPointer(rebasing: bytes[start..<position])
                position += 1
                // Most texts are ASCII, in which there is nothing to repair.
                if seen < 0x80 { return String(decoding: run, as: UTF8.self) }
                guard let text = String(validating: run, as: UTF8.self) else { throw problem(.notUTF8, at: opening) }
                return text
            }
            if byte == UInt8(ascii: "\\") { return try stringWithEscapes(opening: opening) }
            guard byte >= 0x20 else { throw problem(.control) }
            seen |= byte
            position += 1
        }
        throw problem(.endsEarly)
    }

    private mutating func stringWithEscapes(opening: Int) throws(JSONProblem) -> String {
        var text = Array(bytes[(opening + 1)..<position])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw problem(.notUTF8, at: opening) }
                position += 1
                return text
            case UInt8(ascii: "\\"): try escape(onto: &text)
            case 0..<0x20: throw problem(.control)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw problem(.endsEarly)
    }

    private mutating func escape(onto text: inout [UInt8]) throws(JSONProblem) {
        let start = position
        position += 1
        guard let letter = current else { throw problem(.endsEarly) }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            text.append(contentsOf: UTF8.encode(try scalar(start: start)) ?? UTF8.encodedReplacementCharacter)
        default: throw problem(.escape, at: start)
        }
    }

    private mutating func scalar(start: Int) throws(JSONProblem) -> Unicode.Scalar {
        let first = try fourHexDigits(start: start)
        guard first != 0 else { throw problem(.zero, at: start) }
        if let scalar = Unicode.Scalar(first) { return scalar }
        // What is no scalar of its own is half a pair; the first half is the higher.
        guard (0xD800...0xDBFF).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw problem(atEnd ? .endsEarly : .surrogate, at: start)
        }
        let second = try fourHexDigits(start: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw problem(.surrogate, at: start) }
        return scalar
    }

    private mutating func fourHexDigits(start: Int) throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw problem(.endsEarly) }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 48)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 87)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 55)
            default: throw problem(.escape, at: start)
            }
            position += 1
        }
        return value
    }
}
