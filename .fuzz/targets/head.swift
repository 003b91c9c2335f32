// The head of a request is read the same whole and in pieces, and what is accepted is what it says.

@testable import HTTP

/// What a parser made of the bytes.
enum Verdict: Equatable {
    case unfinished(hasBegun: Bool)
    case refused(Fault, asksForHead: Bool)
    case request(Reading)
}

struct Reading: Equatable {
    let length: Int
    let method: Method
    let isHTTP10: Bool
    let head: [UInt8]
    let path: Range<Int>
    let query: Range<Int>
    let fields: [Request.Field]
    let framing: RequestParser.Framing
    let expectation: RequestParser.Expectation
    let keepsAlive: Bool
}

func check(_ input: [UInt8]) {
    let message = Message(input)
    let limits = RequestLimits(isNarrow: message.isNarrow, hosts: message.choice == 1 ? ["a", "[::1]"] : nil)
    var parser = RequestParser(limits: limits)
    let whole = read(message.bytes, message.pieces.suffix(1), &parser)
    // The same parser goes on to the next request of a connection.
    parser.reset()
    demand(read(message.bytes, message.pieces, &parser) == whole, "in pieces the head is read otherwise")
    parser.reset()
    demand(read(message.bytes, message.singleBytes, &parser) == whole, "byte by byte the head is read otherwise")
    let followed = message.bytes + Array("\r\nX: y\r\n\r\nGET ".utf8)
    guard case .request(let reading) = whole else { return }
    parser.reset()
    demand(read(followed, [followed.count], &parser) == whole, "what follows changes what was read")
    demandSound(reading, message.bytes)
}

func read(_ bytes: [UInt8], _ pieces: some Sequence<Int>, _ parser: inout RequestParser) -> Verdict {
    for end in pieces {
        switch parser.read(bytes.span.extracting(0..<end)) {
        case .more: continue
        case .refused(let fault): return .refused(fault, asksForHead: parser.asksForHead)
        case .complete(let length):
            let request = parser.request
            return .request(
                Reading(
                    length: length, method: request.method, isHTTP10: request.isHTTP10, head: request.head,
                    path: request.path, query: request.query, fields: request.fields, framing: parser.framing,
                    expectation: parser.expectation, keepsAlive: parser.keepsAlive))
        }
    }
    return .unfinished(hasBegun: parser.hasBegun)
}

func demandSound(_ reading: Reading, _ bytes: [UInt8]) {
    let head = reading.head
    demand(reading.length <= bytes.count, "longer than what was sent")
    demand(Array(bytes[..<reading.length].suffix(head.count)) == head, "a head that was not sent")
    demand(head.suffix(4) == [13, 10, 13, 10], "a head without an empty line at its end")
    demand(bytes[..<(reading.length - head.count)].allSatisfy { $0 == 13 || $0 == 10 }, "bytes before the method")
    demand(head.starts(with: Array((reading.method.rawValue + " ").utf8)), "another method than was sent")
    demand(!reading.path.isEmpty && reading.query.upperBound <= head.count, "a target that is not in the head")
    for byte in head[reading.path] + head[reading.query] {
        demand(byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#"), "a byte that no target has")
    }
    var lengths = 0
    var codings = 0
    var hosts = 0
    for field in reading.fields {
        let name = String(decoding: head[field.name], as: UTF8.self).lowercased()
        let value = head[field.value]
        demand(!name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 58 }, "a name that is none")
        demand(value.allSatisfy { $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) }, "a control character in a value")
        demand(![9, 32].contains(value.first) && ![9, 32].contains(value.last), "blanks around a value")
        lengths += name == "content-length" ? 1 : 0
        codings += name == "transfer-encoding" ? 1 : 0
        hosts += name == "host" ? 1 : 0
    }
    demand(hosts == 1 || (hosts == 0 && reading.isHTTP10), "not one Host")
    demand(lengths + codings <= 1, "a body delimited in two ways")
    demand((codings == 1) == (reading.framing == .chunked), "chunks that were not asked for, or not seen")
}
