// Any bytes are rows, or outcomes that say what is wrong with them; the same whole and in pieces.

@testable import HMIS

/// What the reader found at one place of the file.
struct Found: Equatable {
    let outcome: CSVReader.Outcome
    let line: Int
    let fields: [[UInt8]]
}

func check(_ input: [UInt8]) {
    let message = Message(input)
    let whole = rows(message.bytes, message.pieces.suffix(1))
    demand(rows(message.bytes, message.pieces) == whole, "in pieces the rows are others")
    demand(rows(message.bytes, message.singleBytes) == whole, "byte by byte the rows are others")
    var before = 0
    for row in whole {
        demand(row.line > before, "two outcomes on one line")
        before = row.line
        switch row.outcome {
        case .row, .rowWithTextAfterQuote: demand(!row.fields.isEmpty, "a row without fields")
        case .tooLong, .unclosedQuote: continue
        }
    }
    let lineEnds = message.bytes.reduce(0) { $0 + ($1 == 10 || $1 == 13 ? 1 : 0) }
    demand(before <= lineEnds + 1, "a line beyond the last")

    let sound = whole.filter { $0.outcome == .row && !$0.fields.allSatisfy(\.isEmpty) }.map(\.fields)
    let written = Array(sound.map(line).joined())
    demand(rows(written, [written.count]).map(\.fields) == sound, "rows written again are others")
}

private func rows(_ bytes: [UInt8], _ pieces: some Sequence<Int>) -> [Found] {
    var start = 0
    var ends = Array(pieces)[...]
    var reader = CSVReader { buffer in
        while let end = ends.first, end <= start { ends.removeFirst() }
        guard let end = ends.first else { return 0 }
        let count = min(end - start, buffer.count)
        buffer.copyBytes(from: bytes[start..<(start + count)])
        start += count
        return count
    }
    var found: [Found] = []
    do {
        while let outcome = try reader.next() {
            let isRow = outcome == .row || outcome == .rowWithTextAfterQuote
            let fields = isRow ? (0..<reader.fieldCount).map { field(reader, $0) } : []
            found.append(Found(outcome: outcome, line: reader.line, fields: fields))
            demand(found.count <= bytes.count, "more outcomes than bytes")
        }
    } catch { demand(false, "bytes in memory cannot be read") }
    demand(reader.bytesRead == bytes.count, "bytes passed over")
    return found
}

private func field(_ reader: CSVReader, _ index: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    reader.appendField(index, to: &bytes)
    demand(reader.isBlank(index) == bytes.isEmpty, "a blank field that is none")
    return bytes
}

/// The row with each field in quotes.
private func line(_ fields: [[UInt8]]) -> [UInt8] {
    var line: [UInt8] = []
    for field in fields {
        line.append(line.isEmpty ? 34 : 44)
        if line.count > 1 { line.append(34) }
        for byte in field { line += byte == 34 ? [34, 34] : [byte] }
        line.append(34)
    }
    return line + [13, 10]
}
