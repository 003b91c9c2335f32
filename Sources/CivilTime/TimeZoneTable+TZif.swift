/// Why the bytes of a zone are not read (RFC 8536).
package enum TimeZoneProblem: Error, Hashable, Sendable {
    case notTZif
    case unknownVersion(UInt8)
    case endsEarly
    /// Counts or indices that contradict one another.
    case inconsistent
    /// The zone counts leap seconds, which our instants do not.
    case leapSeconds
    /// The rule for the time after the last transition cannot be read.
    case footer
}

extension TimeZoneTable {
    /// Reads the bytes of a TZif file, version 1 to 4 (RFC 8536 and 9636); of any other bytes it says what is wrong.
    package init(tzif bytes: [UInt8]) throws(TimeZoneProblem) {
        var reader = TZifReader(bytes)
        let first = try reader.header()
        guard first.version >= 2 else {
            self = try reader.block(first, timeBytes: 4).table(rule: nil)
            return
        }
        // The first block is for readers of before 2005; what counts is the second, which reaches further.
        try reader.skip(first.blockBytes(timeBytes: 4))
        let second = try reader.header()
        guard second.version == first.version else { throw .inconsistent }
        let block = try reader.block(second, timeBytes: 8)
        let footer = try reader.footer()
        guard !footer.isEmpty else {
            self = block.table(rule: nil)
            return
        }
        guard let rule = ZoneRule(footer) else { throw .footer }
        self = block.table(rule: rule)
    }
}

/// RFC 8536 section 3.1.
private struct TZifHeader {
    let version: Int
    let utcMarks: Int
    let standardMarks: Int
    let leaps: Int
    let transitions: Int
    let types: Int
    let nameBytes: Int

    // Counts have 32 bits and are multiplied by 13 at most: nothing here overflows.
    func blockBytes(timeBytes: Int) -> Int {
        transitions * (timeBytes + 1) + types * 6 + nameBytes + leaps * (timeBytes + 4) + standardMarks + utcMarks
    }

    var isConsistent: Bool {
        types > 0 && nameBytes > 0 && (utcMarks == 0 || utcMarks == types)
            && (standardMarks == 0 || standardMarks == types)
    }
}

/// RFC 8536 section 3.2, as far as offsets go.
private struct TZifBlock {
    let transitions: [Int64]
    let typeOffsets: [Int32]
    let transitionTypes: [Int]

    func table(rule: ZoneRule?) -> TimeZoneTable {
        TimeZoneTable(
            transitions: transitions, offsets: transitionTypes.map { typeOffsets[$0] }, firstOffset: typeOffsets[0],
            rule: rule)
    }
}

private struct TZifReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func header() throws(TimeZoneProblem) -> TZifHeader {
        let start = position
        try skip(44)
        guard bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { throw .notTZif }
        let version: Int
        switch bytes[start + 4] {
        case 0: version = 1
        case UInt8(ascii: "2")...UInt8(ascii: "4"): version = Int(bytes[start + 4] - 48)
        default: throw .unknownVersion(bytes[start + 4])
        }
        let counts = (0..<6).map { Int(truncatingIfNeeded: number(at: start + 20 + 4 * $0, bytes: 4)) & 0xFFFF_FFFF }
        return TZifHeader(
            version: version, utcMarks: counts[0], standardMarks: counts[1], leaps: counts[2],
            transitions: counts[3], types: counts[4], nameBytes: counts[5])
    }

    mutating func block(_ header: TZifHeader, timeBytes: Int) throws(TimeZoneProblem) -> TZifBlock {
        guard header.isConsistent else { throw .inconsistent }
        guard header.leaps == 0 else { throw .leapSeconds }
        let start = position
        // Checked once for the whole block: from here on every index lies within the bytes.
        try skip(header.blockBytes(timeBytes: timeBytes))
        let typesStart = start + header.transitions * timeBytes
        let recordsStart = typesStart + header.transitions
        let transitions = (0..<header.transitions).map { number(at: start + $0 * timeBytes, bytes: timeBytes) }
        let transitionTypes = (0..<header.transitions).map { Int(bytes[typesStart + $0]) }
        let offsets = (0..<header.types).map { number(at: recordsStart + 6 * $0, bytes: 4) }
        guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }),
            transitionTypes.allSatisfy({ $0 < header.types }),
            offsets.allSatisfy({ abs($0) <= 26 * 3_600 })
        else { throw .inconsistent }
        return TZifBlock(
            transitions: transitions, typeOffsets: offsets.map { Int32($0) }, transitionTypes: transitionTypes)
    }

    /// RFC 8536 section 3.3: a text between two line ends.
    mutating func footer() throws(TimeZoneProblem) -> ArraySlice<UInt8> {
        let start = position + 1
        try skip(1)
        guard bytes[start - 1] == 10 else { throw .footer }
        guard let end = bytes[start...].firstIndex(of: 10) else { throw .endsEarly }
        return bytes[start..<end]
    }

    mutating func skip(_ count: Int) throws(TimeZoneProblem) {
        guard count <= bytes.count - position else { throw .endsEarly }
        position += count
    }

    private func number(at start: Int, bytes count: Int) -> Int64 {
        let unsigned = bytes[start..<(start + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return count == 8 ? Int64(bitPattern: unsigned) : Int64(Int32(truncatingIfNeeded: unsigned))
    }
}
