import HTTP
import Testing

/// A chunked body and what is inside, or the status with which it is refused.
struct ChunkCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let expected: Unchunked

    init(_ name: String, _ text: String, _ body: String) {
        self.name = name
        self.text = text
        expected = .body(body, taken: text.utf8.count)
    }

    init(_ name: String, _ text: String, _ status: Int) {
        self.name = name
        self.text = text
        expected = status == 0 ? .unfinished : .refused(status)
    }

    var testDescription: String { name }
}

private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

enum ChunkCases {
    static let all = chunks + extensions + trailers

    static let chunks = [
        ChunkCase("nothing inside", "0\r\n\r\n", ""),
        ChunkCase("two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
        ChunkCase("a size in letters", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"),
        ChunkCase("noughts before a size", "0000000000000005\r\nhello\r\n0000\r\n\r\n", "hello"),
        ChunkCase("seventeen digits", "00000000000000005\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("the greatest size", "ffffffffffffffff\r\n", 413),
        ChunkCase("no size", "\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a size with a sign", "+5\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a size below nought", "-5\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a blank before a size", " 5\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a blank after a size", "5 \r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a size without CR", "5\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a size without LF", "5\rhello\r\n0\r\n\r\n", 400),
        ChunkCase("a chunk without CR", "5\r\nhello\n0\r\n\r\n", 400),
        ChunkCase("a chunk longer than its size", "5\r\nhello!\r\n0\r\n\r\n", 400),
        ChunkCase("a chunk shorter than its size", "6\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("no last chunk", "5\r\nhello\r\n", 0),
        ChunkCase("no empty line at the end", "5\r\nhello\r\n0\r\n", 0),
        ChunkCase("one byte to a chunk", repeated("1\r\na\r\n", 4_000) + "0\r\n\r\n", repeated("a", 4_000)),
        ChunkCase("more chunk sizes than body", repeated("0000000000000001;a\r\nb\r\n", 2_000), 400),
    ]

    static let extensions = [
        ChunkCase("a name", "5;a\r\nhello\r\n0\r\n\r\n", "hello"),
        ChunkCase("a name and a value", "5;a=b;c=\"d e\\\"f\";g\r\nhello\r\n0;h\r\n\r\n", "hello"),
        ChunkCase("blanks in it", "5 ; a = b ;c= \"d\" ;e\r\nhello\r\n0\r\n\r\n", "hello"),
        ChunkCase("a blank at its end", "5;a \r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("no name", "5;\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("no value", "5;a=\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a name that is no token", "5;a[\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("an open quote", "5;a=\"b\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a control character in quotes", "5;a=\"\u{01}\"\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a bare LF", "5;a\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("a bare CR", "5;a\rb\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase("as many bytes as may be", "5;\(repeated("a", 255))\r\nhello\r\n0\r\n\r\n", "hello"),
        ChunkCase("one byte more", "5;\(repeated("a", 256))\r\nhello\r\n0\r\n\r\n", 400),
        ChunkCase(
            "as many in all as may be",
            repeated("1ff;\(repeated("a", 255))\r\n\(repeated("b", 511))\r\n", 16) + "0\r\n\r\n",
            repeated("b", 16 * 511)),
        ChunkCase(
            "one in all more", repeated("1ff;\(repeated("a", 255))\r\n\(repeated("b", 511))\r\n", 16) + "0;a\r\n\r\n",
            400),
    ]

    static let trailers = [
        ChunkCase("trailers", "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", "hello"),
        ChunkCase("a trailer with a bare LF", "5\r\nhello\r\n0\r\nA: b\n\r\n", 400),
        ChunkCase("a trailer without a colon", "5\r\nhello\r\n0\r\nA\r\n\r\n", 400),
        ChunkCase("a trailer that frames", "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n", 400),
        ChunkCase("a trailer that routes", "5\r\nhello\r\n0\r\nHOST: b\r\n\r\n", 400),
        ChunkCase("too many trailers", "0\r\n" + repeated("A: b\r\n", 101), 431),
    ]
}

@Suite struct `A chunked body` {
    @Test(arguments: ChunkCases.all)
    func `is taken out of its chunks or refused`(_ chunked: ChunkCase) {
        #expect(unchunk(Array(chunked.text.utf8)) == chunked.expected)
    }

    @Test(arguments: ChunkCases.all.filter { $0.text.utf8.count < 1_000 })
    func `is read the same however it is cut in two`(_ chunked: ChunkCase) {
        let bytes = Array(chunked.text.utf8)
        for cut in bytes.indices { #expect(unchunk(bytes, cuts: [cut]) == chunked.expected, "cut at \(cut)") }
    }

    @Test(arguments: ChunkCases.all)
    func `is read the same byte by byte`(_ chunked: ChunkCase) {
        let bytes = Array(chunked.text.utf8)
        #expect(unchunk(bytes, cuts: Array(bytes.indices)) == chunked.expected)
    }

    @Test func `leaves what follows it`() {
        let bytes = Array("1\r\na\r\n0\r\nA: b\r\n\r\nGET / HTTP/1.1\r\n".utf8)
        #expect(unchunk(bytes) == .body("a", taken: 17))
    }

    @Test func `may be as large as the limit and no larger`() {
        let bytes = Array("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8)
        #expect(unchunk(bytes, bodyBytesMax: 5) == .body("abcde", taken: bytes.count))
        #expect(unchunk(bytes, bodyBytesMax: 4) == .refused(413))
    }
}
