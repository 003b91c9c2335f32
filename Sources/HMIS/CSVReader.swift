/// Reads the rows of a CSV file out of chunks of bytes (RFC 4180), forgiving what real exports contain.
///
/// CR, LF and CRLF all end a row, also mixed in one file; a UTF-8 byte order mark is skipped; quoted fields may hold
/// line ends and doubled quotes. A row is never longer than `rowBytesMax`: after one that is, or whose quote
/// is never closed, reading goes on at the next line, so that one bad byte does not cost the rest of the file.
package struct CSVReader {
    /// What the reader found at the next place of the file.
    package enum Outcome: Hashable, Sendable {
        /// A row; its fields are in the reader until the next call.
        case row
        /// A row in which text follows a closing quote; it was kept as part of the field.
        case rowWithTextAfterQuote
        /// More bytes than a row may have; its first line was skipped.
        case tooLong
        /// A quote that is never closed; its first line was skipped.
        case unclosedQuote
    }

    /// The most bytes that one row may have.
    package static let rowBytesMax = 1 << 20
    private static let chunkBytes = 1 << 18

    private let read: (UnsafeMutableRawBufferPointer) throws -> Int
    private var buffer: [UInt8]
    private var start = 0
    private var end = 0
    private var atEnd = false
    private var begun = false
    private var nextLine = 1
    private var scan = RowScan()

    /// The line of the file, from 1, on which the last outcome begins.
    package private(set) var line = 1
    /// The bytes taken from the source so far.
    package private(set) var bytesRead = 0

    /// A reader over bytes that `read` puts into the buffer it is given; 0 means that there are no more.
    package init(read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.read = read
        buffer = [UInt8](repeating: 0, count: CSVReader.chunkBytes)
    }

    /// The number of fields of the row.
    package var fieldCount: Int { scan.fields.count }

    /// The next outcome, or `nil` at the end; empty lines are passed over.
    package mutating func next() throws -> Outcome? {
        if !begun { try begin() }
        while true {
            if start == end {
                guard try fill() else { return nil }
            }
            line = nextLine
            let tooLong = end - start > CSVReader.rowBytesMax
            switch scanRow() {
            case .needsMore:
                if tooLong { return skipLine(as: .tooLong) }
                _ = try fill()
            case .unclosedQuote:
                return skipLine(as: tooLong ? .tooLong : .unclosedQuote)
            case .complete:
                if scan.end - start > CSVReader.rowBytesMax { return skipLine(as: .tooLong) }
                start = scan.next
                nextLine += scan.lines
                if scan.isEmpty { continue }
                return scan.textAfterQuote ? .rowWithTextAfterQuote : .row
            }
        }
    }

    /// The bytes of a field, quotes taken off and spaces around it trimmed, put at the end of `bytes`.
    package func appendField(_ index: Int, to bytes: inout [UInt8]) {
        guard index >= 0, index < scan.fields.count else { return }
        let field = scan.fields[index]
        guard field.quoted else {
            bytes.append(contentsOf: trimmed(buffer[field.start..<field.end]))
            return
        }
        guard field.escaped else {
            bytes.append(contentsOf: trimmed(buffer[(field.start + 1)..<(field.end - 1)]))
            return
        }
        bytes.append(contentsOf: trimmed(unquoted(field)[...]))
    }

    /// The text of a field.
    package func text(_ index: Int) -> String {
        var bytes: [UInt8] = []
        appendField(index, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the field is absent, empty or blank.
    package func isBlank(_ index: Int) -> Bool {
        guard index >= 0, index < scan.fields.count else { return true }
        let field = scan.fields[index]
        if field.start == field.end { return true }
        var bytes: [UInt8] = []
        appendField(index, to: &bytes)
        return bytes.isEmpty
    }

    private mutating func begin() throws {
        begun = true
        while end - start < 3, try fill() {}
        if end - start >= 3, buffer[start] == 0xEF, buffer[start + 1] == 0xBB, buffer[start + 2] == 0xBF { start += 3 }
    }

    private mutating func scanRow() -> RowScan.End {
        let (from, to, final) = (start, end, atEnd)
        return buffer.withUnsafeBufferPointer { bytes in
            scan.run(bytes, from: from, to: to, final: final)
        }
    }

    /// Takes more bytes in, what is not yet read moved to the front; `false` if there were none.
    private mutating func fill() throws -> Bool {
        guard !atEnd else { return false }
        if start > 0 {
            buffer.withUnsafeMutableBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                UnsafeMutableRawBufferPointer(rebasing: bytes[0..<(end - start)]).copyMemory(from: rest)
            }
            end -= start
            start = 0
        }
        if buffer.count - end < CSVReader.chunkBytes / 2 {
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let (from, take) = (end, read)
        let count = try buffer.withUnsafeMutableBytes { bytes in
            try take(UnsafeMutableRawBufferPointer(rebasing: bytes[from...]))
        }
        guard count > 0 else {
            atEnd = true
            return false
        }
        end += count
        bytesRead += count
        return true
    }

    /// Passes over the first line of what could not be read as a row.
    private mutating func skipLine(as outcome: Outcome) -> Outcome {
        while start < end, buffer[start] != lineFeed, buffer[start] != carriageReturn { start += 1 }
        if start + 1 < end, buffer[start] == carriageReturn, buffer[start + 1] == lineFeed { start += 1 }
        if start < end { start += 1 }
        nextLine += 1
        return outcome
    }

    private func unquoted(_ field: RowScan.Field) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(field.end - field.start)
        var inside = true
        var index = field.start + 1
        while index < field.end {
            let byte = buffer[index]
            if inside, byte == quotationMark {
                guard index + 1 < field.end, buffer[index + 1] == quotationMark else {
                    inside = false
                    index += 1
                    continue
                }
                index += 1
            }
            result.append(byte)
            index += 1
        }
        return result
    }
}

let quotationMark = UInt8(ascii: "\"")
let comma = UInt8(ascii: ",")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")

/// Without the spaces and control characters around it.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var (start, end) = (bytes.startIndex, bytes.endIndex)
    while start < end, bytes[start] <= 32 { start += 1 }
    while end > start, bytes[end - 1] <= 32 { end -= 1 }
    return bytes[start..<end]
}
