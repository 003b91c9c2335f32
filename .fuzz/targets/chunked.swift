// A chunked body is read the same whole and in pieces, and what is inside comes back out of chunks of our own.

@testable import HTTP

/// What came out of the chunks, and how it ended.
struct Unchunked: Equatable {
    var body: [UInt8] = []
    var progress = ChunkedBody.Progress.more
    /// Where the next request begins; counted of whole bodies only.
    var taken: Int?
}

func check(_ input: [UInt8]) {
    let message = Message(input)
    let bodyBytesMax = message.isNarrow ? 24 : 1 << 20
    let limits = RequestLimits(isNarrow: message.isNarrow, hosts: nil)
    func read(_ bytes: [UInt8], _ pieces: some Sequence<Int>) -> Unchunked {
        unchunk(bytes, pieces, ChunkedBody(limits: limits, bodyBytesMax: bodyBytesMax))
    }
    let whole = read(message.bytes, message.pieces.suffix(1))
    demand(read(message.bytes, message.pieces) == whole, "in pieces the body is read otherwise")
    demand(read(message.bytes, message.singleBytes) == whole, "byte by byte the body is read otherwise")
    demand(whole.body.count <= bodyBytesMax, "a larger body than may be")
    guard let taken = whole.taken else { return }
    demand(taken <= message.bytes.count, "longer than what was sent")
    demand(message.bytes[..<taken].suffix(4) == [13, 10, 13, 10], "a body without an empty line at its end")
    let followed = Array(message.bytes[..<taken]) + Array("GET / HTTP/1.1\r\n".utf8)
    demand(read(followed, [followed.count]) == whole, "what follows changes what was read")

    let again = chunked(whole.body, of: max(1, whole.body.count / 2))
    demand(read(again, [again.count]).body == whole.body, "our own chunks are read otherwise")
    demand(read(again, [again.count]).taken == again.count, "our own chunks do not end where they end")
}

private func unchunk(_ bytes: [UInt8], _ pieces: some Sequence<Int>, _ decoder: ChunkedBody) -> Unchunked {
    var decoder = decoder
    var result = Unchunked()
    var start = 0
    for end in pieces {
        var position = 0
        result.progress = decoder.read(bytes.span.extracting(start..<end), at: &position, into: &result.body)
        start += position
        guard result.progress == .more else { break }
        demand(start == end, "bytes left unread without a verdict")
    }
    if result.progress == .complete { result.taken = start }
    return result
}

private func chunked(_ body: [UInt8], of size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: body.count, by: size) {
        let chunk = body[start..<min(start + size, body.count)]
        bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10]
    }
    return bytes + Array("0\r\n\r\n".utf8)
}
