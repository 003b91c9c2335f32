/// Finds where the fields of one CSV row begin and end, without copying any of them.
struct RowScan {
    struct Field {
        var start: Int
        var end: Int
        /// It began with a quote.
        var quoted: Bool
        /// It holds doubled quotes, or text after its closing quote.
        var escaped: Bool
    }

    enum End {
        case complete
        case needsMore
        case unclosedQuote
    }

    private(set) var fields: [Field] = []
    /// Where the next row begins.
    private(set) var next = 0
    /// Line ends passed, the one that ends the row included.
    private(set) var lines = 0
    private(set) var textAfterQuote = false

    /// Where the last field ends.
    var end: Int { fields.last?.end ?? next }

    /// Nothing stands on the line.
    var isEmpty: Bool { fields.count == 1 && fields[0].start == fields[0].end }

    /// Scans from `from`; `final` says that no bytes follow after `to`.
    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int, final: Bool) -> End {
        fields.removeAll(keepingCapacity: true)
        lines = 0
        textAfterQuote = false
        var index = from
        while true {
            var field = Field(start: index, end: index, quoted: false, escaped: false)
            if index < to, bytes[index] == quotationMark {
                switch quoted(bytes, &index, &field, to: to, final: final) {
                case .complete: break
                case .needsMore: return .needsMore
                case .unclosedQuote: return .unclosedQuote
                }
            }
            let afterQuote = index
            while index < to {
                let byte = bytes[index]
                if byte == comma || byte == lineFeed || byte == carriageReturn { break }
                index += 1
            }
            if index == to, !final { return .needsMore }
            if field.quoted, index > afterQuote {
                field.escaped = true
                textAfterQuote = true
            }
            field.end = index
            fields.append(field)
            guard index < to, bytes[index] == comma else { return finish(bytes, index, to: to, final: final) }
            index += 1
        }
    }

    /// Passes over a quoted part; `index` stands behind the closing quote.
    private mutating func quoted(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ field: inout Field, to: Int, final: Bool
    ) -> End {
        field.quoted = true
        index += 1
        while index < to {
            let byte = bytes[index]
            index += 1
            if byte == quotationMark {
                if index == to { return final ? .complete : .needsMore }
                guard bytes[index] == quotationMark else { return .complete }
                field.escaped = true
                index += 1
            } else if byte == lineFeed {
                lines += 1
            } else if byte == carriageReturn, index == to || bytes[index] != lineFeed {
                lines += 1
            }
        }
        return final ? .unclosedQuote : .needsMore
    }

    private mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, to: Int, final: Bool) -> End {
        next = index
        guard index < to else { return .complete }
        if bytes[index] == carriageReturn {
            // A CR at the end of the chunk may be the first half of a CRLF.
            if index + 1 == to, !final { return .needsMore }
            if index + 1 < to, bytes[index + 1] == lineFeed { next += 1 }
        }
        next += 1
        lines += 1
        return .complete
    }
}
