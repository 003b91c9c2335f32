import HTTP

/// What a parser made of bytes, in words that can be compared.
enum Verdict: Hashable, CustomStringConvertible {
    case unfinished
    case request(Reading)
    case refused(Int)

    var description: String {
        switch self {
        case .unfinished: "unfinished"
        case .request(let reading): "\(reading)"
        case .refused(let status): "\(status)"
        }
    }

    var status: Int {
        switch self {
        case .unfinished: 0
        case .request: 200
        case .refused(let status): status
        }
    }
}

/// A head as the parser understood it.
struct Reading: Hashable {
    let length: Int
    let method: Method
    let path: String
    let query: String
    let fields: [String]
    let framing: RequestParser.Framing
    let expectation: RequestParser.Expectation
    let keepsAlive: Bool
}

/// Reads the bytes in pieces that end at the cuts.
func read(_ bytes: [UInt8], cuts: [Int] = [], limits: RequestLimits = RequestLimits()) -> Verdict {
    var parser = RequestParser(limits: limits)
    for end in cuts + [bytes.count] {
        switch parser.read(bytes.span.extracting(0..<end)) {
        case .more: continue
        case .refused(let fault): return .refused(fault.status)
        case .complete(let length):
            let request = parser.request
            func text(_ range: Range<Int>) -> String { String(decoding: request.head[range], as: UTF8.self) }
            return .request(
                Reading(
                    length: length, method: request.method, path: text(request.path), query: text(request.query),
                    fields: request.fields.map { "\(text($0.name))=\(text($0.value))" }, framing: parser.framing,
                    expectation: parser.expectation, keepsAlive: parser.keepsAlive))
        }
    }
    return .unfinished
}

/// What the decoder made of a chunked body: the body and the bytes it took, or the status.
enum Unchunked: Hashable {
    case body(String, taken: Int)
    case unfinished
    case refused(Int)
}

func unchunk(
    _ bytes: [UInt8], cuts: [Int] = [], bodyBytesMax: Int = 1_000_000, limits: RequestLimits = RequestLimits()
) -> Unchunked {
    var decoder = ChunkedBody(limits: limits, bodyBytesMax: bodyBytesMax)
    var body: [UInt8] = []
    var start = 0
    for end in cuts + [bytes.count] {
        var position = 0
        let progress = decoder.read(bytes.span.extracting(start..<end), at: &position, into: &body)
        start += position
        switch progress {
        case .more: continue
        case .complete: return .body(String(decoding: body, as: UTF8.self), taken: start)
        case .refused(let fault): return .refused(fault.status)
        }
    }
    return .unfinished
}

/// A request line and a Host, and the field lines in between.
func get(_ lines: String..., method: String = "GET", target: String = "/", version: String = "HTTP/1.1") -> String {
    "\(method) \(target) \(version)\r\nHost: a\r\n" + lines.map { "\($0)\r\n" }.joined() + "\r\n"
}
