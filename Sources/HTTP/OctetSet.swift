/// A set of ASCII bytes: two words of bits, so that asking is two shifts and no table can be read past its end.
struct OctetSet: Sendable {
    /// Bits for 0x00 to 0x3F.
    let low: UInt64
    /// Bits for 0x40 to 0x7F.
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte < 0x40 ? low : byte < 0x80 ? high : 0
        return (word &>> UInt64(byte & 0x3F)) & 1 == 1
    }

    /// RFC 9110 §5.6.2: letters, digits and `!#$%&'*+-.^_`|~`.
    static let token = OctetSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    /// RFC 3986 §3.3 and §3.4: pchar, `/`, `?`, and `%` whose digits are checked apart.
    static let pathAndQuery = OctetSet(low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    /// The same and the brackets that an IPv6 address needs in an absolute target.
    static let target = OctetSet(low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_AFFF_FFFF)
    /// RFC 3986 §3.2.2, without the comma: a list of hosts is no host.
    static let regName = OctetSet(low: 0x2BFF_6FF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// What stands between the brackets of an IPv6 address: hexadecimal digits, `:` and `.`.
    static let addressLiteral = OctetSet(low: 0x07FF_4000_0000_0000, high: 0x0000_007E_0000_007E)
    /// RFC 9110 §5.6.4: what a backslash or a quoted string may hold besides obs-text.
    static let printable = OctetSet(low: 0xFFFF_FFFF_0000_0200, high: 0x7FFF_FFFF_FFFF_FFFF)
}

extension UInt8 {
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let tab: UInt8 = 0x09

    @inline(__always)
    var isBlank: Bool { self == .space || self == .tab }

    @inline(__always)
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    @inline(__always)
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// The same letter in lower case; every other byte as it is.
    @inline(__always)
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// What the byte counts as a hexadecimal digit.
    @inline(__always)
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether it begins with that text in whatever case; `text` is lower case.
    package func begins(with text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard count >= wanted.count else { return false }
        for place in wanted.indices where self[startIndex + place].lowercased != wanted[place] { return false }
        return true
    }
}

extension Span<UInt8> {
    /// Whether the eight bytes from there on are all visible ones: no blank and no control character among them.
    ///
    /// All at once: of the differences from a byte its highest bit tells whether one has gone below zero.
    package func areVisible(eightFrom index: Int) -> Bool {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let delete = word ^ (0x7F * ones)
        return (((word &- 0x21 * ones) & ~word) | ((delete &- ones) & ~delete)) & highs == 0
    }

    /// Whether these bytes are that text in whatever case; `text` is lower case.
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= count else {
            return false
        }
        return range.allSatisfy { self[$0].lowercased == text.utf8Start[$0 - range.lowerBound] }
    }

    /// The range without the blanks at both its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// What stands between the commas of a list, without blanks, empty elements too (RFC 9110 §5.6.1).
    func elements(of range: Range<Int>) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where self[index] == UInt8(ascii: ",") {
            elements.append(trimmed(start..<index))
            start = index + 1
        }
        elements.append(trimmed(start..<range.upperBound))
        return elements
    }
}
