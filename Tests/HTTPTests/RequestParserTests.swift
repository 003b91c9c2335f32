import HTTP
import Testing

/// A request and the status with which it is refused; 200 if it is not, 0 if it is not whole.
struct HeadCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let status: Int

    init(_ name: String, _ text: String, _ status: Int) {
        self.name = name
        self.text = text
        self.status = status
    }

    /// One byte to a letter, so that bytes beyond ASCII can be written.
    var bytes: [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
    var testDescription: String { name }
}

private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

enum HeadCases {
    static let all = lines + targets + hosts + fields + framing + limits

    static let lines = [
        HeadCase("nothing", "", 0),
        HeadCase("a head without its end", "GET / HTTP/1.1\r\nHost: a\r\n", 0),
        HeadCase("the shortest request", get(), 200),
        HeadCase("a bare LF after the line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
        HeadCase("a bare LF after a field", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
        HeadCase("a bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
        HeadCase("a bare CR in a value", get("A: b\rc"), 400),
        HeadCase("a bare CR before a request", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        HeadCase("two empty lines first", "\r\n\r\n" + get(), 200),
        HeadCase("three empty lines first", "\r\n\r\n\r\n" + get(), 400),
        HeadCase("a blank before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
        HeadCase("two spaces after the method", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        HeadCase("a tab after the method", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        HeadCase("two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        HeadCase("a space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        HeadCase("a space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        HeadCase("a TLS greeting", "\u{16}\u{03}\u{01}", 400),
        HeadCase("a zero", "\u{00}", 400),
        HeadCase("an unknown method", get(method: "BREW"), 501),
        HeadCase("a method in small letters", get(method: "get"), 501),
        HeadCase("a method that only begins like one", get(method: "GETS"), 501),
        HeadCase("a method of nine letters", get(method: "PROPPATCH"), 501),
        HeadCase("a method with a slash", get(method: "G/T"), 400),
        HeadCase("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200),
        HeadCase("HTTP/1.2", get(version: "HTTP/1.2"), 505),
        HeadCase("HTTP/2.0", get(version: "HTTP/2.0"), 505),
        HeadCase("HTTP/0.9", get(version: "HTTP/0.9"), 505),
        HeadCase("HTTP/1.10", get(version: "HTTP/1.10"), 400),
        HeadCase("HTTP/11", get(version: "HTTP/11"), 400),
        HeadCase("http/1.1", get(version: "http/1.1"), 400),
        HeadCase("no version", "GET /\r\nHost: a\r\n\r\n", 400),
    ]

    static let targets = [
        HeadCase("a path and a query", get(target: "/a/b?c=d?/"), 200),
        HeadCase("an absolute target", get(target: "http://b:80/c?d"), 200),
        HeadCase("an absolute target in capitals", get(target: "HTTPS://b"), 200),
        HeadCase("an absolute target with IPv6", get(target: "http://[::1]:8080/"), 200),
        HeadCase("an absolute target without host", get(target: "http:///a"), 400),
        HeadCase("an absolute target with a user", get(target: "http://u:p@b/"), 400),
        HeadCase("an absolute target of another scheme", get(target: "ftp://b/"), 400),
        HeadCase("CONNECT with host and port", get(method: "CONNECT", target: "b:443"), 200),
        HeadCase("CONNECT without a port", get(method: "CONNECT", target: "b"), 400),
        HeadCase("CONNECT with a path", get(method: "CONNECT", target: "/"), 400),
        HeadCase("host and port without CONNECT", get(target: "b:443"), 400),
        HeadCase("an asterisk with OPTIONS", get(method: "OPTIONS", target: "*"), 200),
        HeadCase("an asterisk with GET", get(target: "*"), 400),
        HeadCase("an asterisk and more", get(method: "OPTIONS", target: "*a"), 400),
        HeadCase("a relative path", get(target: "a/b"), 400),
        HeadCase("a fragment", get(target: "/a#b"), 400),
        HeadCase("a byte beyond ASCII in the path", get(target: "/\u{E4}"), 400),
        HeadCase("a control character in the path", get(target: "/\u{01}"), 400),
        HeadCase("a quote in the path", get(target: "/\""), 400),
        HeadCase("a backslash in the path", get(target: "/\\"), 400),
        HeadCase("a percent sign with two digits", get(target: "/%41%2f?%00"), 200),
        HeadCase("a percent sign with one digit", get(target: "/a%4"), 400),
        HeadCase("a percent sign with none", get(target: "/%zz"), 400),
        HeadCase("a percent sign with one digit in the query", get(target: "/?a=%4"), 400),
        HeadCase("dot segments", get(target: "/../%2e%2E/."), 200),
        HeadCase("an empty segment", get(target: "//a"), 200),
    ]

    static let hosts = [
        ("no Host", "", 400), ("two Hosts", "Host: a\r\nHost: a\r\n", 400), ("an empty Host", "Host: \r\n", 400),
        ("a name and a port", "Host: a.b-c_d:8080\r\n", 200), ("a name with a dot at its end", "Host: a.b.\r\n", 200),
        ("an IPv4 address", "Host: 127.0.0.1:1\r\n", 200), ("an IPv6 address", "Host: [fe80::1]:1\r\n", 200),
        ("an IPv6 address without its bracket", "Host: [fe80::1\r\n", 400), ("empty brackets", "Host: []\r\n", 400),
        ("letters after the bracket", "Host: [::1]a\r\n", 400), ("an empty port", "Host: a:\r\n", 200),
        ("the last port", "Host: a:65535\r\n", 200), ("one port more", "Host: a:65536\r\n", 400),
        ("a port of letters", "Host: a:b\r\n", 400), ("two ports", "Host: a:1:2\r\n", 400),
        ("a user", "Host: u@a\r\n", 400), ("a path", "Host: a/b\r\n", 400), ("a list", "Host: a,b\r\n", 400),
        ("a blank inside", "Host: a b\r\n", 400), ("a byte beyond ASCII", "Host: \u{E4}\r\n", 400),
    ].map { HeadCase($0.0, "GET / HTTP/1.1\r\n\($0.1)\r\n", $0.2) }

    static let fields = [
        HeadCase("blanks around a value", get("A: \t b c \t"), 200),
        HeadCase("an empty value", get("A:"), 200),
        HeadCase("a space before the colon", get("A : b"), 400),
        HeadCase("a tab before the colon", get("A\t: b"), 400),
        HeadCase("no colon", get("A"), 400),
        HeadCase("no name", get(": b"), 400),
        HeadCase("a name with a bracket", get("A[: b"), 400),
        HeadCase("a name beyond ASCII", get("\u{E4}: b"), 400),
        HeadCase("a folded line", get("A: b", " c"), 400),
        HeadCase("a zero in a value", get("A: \u{00}"), 400),
        HeadCase("an escape in a value", get("A: \u{1B}[2J"), 400),
        HeadCase("a DEL in a value", get("A: \u{7F}"), 400),
        HeadCase("a byte beyond ASCII in a value", get("A: \u{FF}"), 200),
        HeadCase("two Content-Types", get("Content-Type: a/b", "Content-Type: a/b"), 400),
        HeadCase("two Authorizations", get("Authorization: a", "authorization: b"), 400),
        HeadCase("two keys", get("Idempotency-Key: a", "Idempotency-Key: a"), 400),
        HeadCase("two dates", get("If-Unmodified-Since: a", "If-Unmodified-Since: a"), 400),
        HeadCase("the same date twice", get("If-Modified-Since: a", "If-Modified-Since: a"), 200),
        HeadCase("two dates that differ", get("If-Modified-Since: a", "If-Modified-Since: b"), 400),
        HeadCase("two of what may stand twice", get("Accept: a", "Accept: b"), 200),
    ]

    static let framing = [
        HeadCase("a length", get("Content-Length: 5"), 200),
        HeadCase("a length with noughts before it", get("Content-Length: 005"), 200),
        HeadCase("an empty length", get("Content-Length:"), 400),
        HeadCase("a length with a plus", get("Content-Length: +5"), 400),
        HeadCase("a length with a minus", get("Content-Length: -5"), 400),
        HeadCase("a length in sixteens", get("Content-Length: 0x5"), 400),
        HeadCase("a length with a blank inside", get("Content-Length: 1 0"), 400),
        HeadCase("a length with an underscore", get("Content-Length: 1_0"), 400),
        HeadCase("a list of lengths", get("Content-Length: 5, 5"), 400),
        HeadCase("two lengths", get("Content-Length: 5", "Content-Length: 5"), 400),
        HeadCase("the greatest length", get("Content-Length: 9223372036854775807"), 200),
        HeadCase("one more than the greatest", get("Content-Length: 9223372036854775808"), 400),
        HeadCase("a length far beyond", get("Content-Length: " + repeated("9", 400)), 400),
        HeadCase("chunks", get("Transfer-Encoding: Chunked"), 200),
        HeadCase("chunks and a length", get("Transfer-Encoding: chunked", "Content-Length: 5"), 400),
        HeadCase("a length and chunks", get("Content-Length: 5", "Transfer-Encoding: chunked"), 400),
        HeadCase("chunks in HTTP/1.0", get("Transfer-Encoding: chunked", version: "HTTP/1.0"), 400),
        HeadCase("chunks twice", get("Transfer-Encoding: chunked, chunked"), 400),
        HeadCase("chunks on two lines", get("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), 400),
        HeadCase("another coding before chunks", get("Transfer-Encoding: gzip, chunked"), 501),
        HeadCase("another coding after chunks", get("Transfer-Encoding: chunked, gzip"), 400),
        HeadCase("another coding alone", get("Transfer-Encoding: gzip"), 400),
        HeadCase("no coding by name", get("Transfer-Encoding: identity, chunked"), 400),
        HeadCase("an empty coding", get("Transfer-Encoding:"), 400),
        HeadCase("an empty element", get("Transfer-Encoding: , chunked"), 400),
        HeadCase("chunks in quotes", get("Transfer-Encoding: \"chunked\""), 400),
        HeadCase("chunks with a parameter", get("Transfer-Encoding: chunked;a=b"), 400),
        HeadCase("nearly chunks", get("Transfer-Encoding: xchunked"), 400),
    ]

    static let limits = [
        HeadCase("the longest line", get(target: "/" + repeated("a", 8_178)), 200),
        HeadCase("a line of one byte more", get(target: "/" + repeated("a", 8_179)), 414),
        HeadCase("a line without an end", "GET /" + repeated("a", 9_000), 414),
        HeadCase("a method without an end", repeated("A", 8_193), 501),
        HeadCase("the longest field line", get("A: " + repeated("b", 8_189)), 200),
        HeadCase("a field line of one byte more", get("A: " + repeated("b", 8_190)), 431),
        HeadCase("a field name without an end", "GET / HTTP/1.1\r\n" + repeated("A", 8_193), 431),
        HeadCase("a hundred fields", fields(99), 200),
        HeadCase("one field more", fields(100), 431),
        HeadCase("the most bytes of fields", fields(bytes: 32_768), 200),
        HeadCase("one byte of fields more", fields(bytes: 32_769), 431),
    ]

    private static func fields(_ count: Int) -> String {
        "GET / HTTP/1.1\r\nHost: a\r\n" + repeated("A: b\r\n", count) + "\r\n"
    }

    /// So many bytes of fields, the empty line with them.
    private static func fields(bytes count: Int) -> String {
        let eight = repeated("A: " + repeated("b", 7_995) + "\r\n", 4)
        let rest = count - 32_000 - "Host: a\r\n".utf8.count - "A: \r\n".utf8.count - 2
        return "GET / HTTP/1.1\r\nHost: a\r\n" + eight + "A: " + repeated("b", rest) + "\r\n\r\n"
    }
}

@Suite struct `The head of a request` {
    @Test(arguments: HeadCases.all)
    func `is read or refused with the status of its fault`(_ head: HeadCase) {
        #expect(read(head.bytes).status == head.status)
    }

    @Test(arguments: HeadCases.all.filter { $0.text.utf8.count < 1_000 })
    func `is read the same however it is cut in two`(_ head: HeadCase) {
        let whole = read(head.bytes)
        for cut in head.bytes.indices { #expect(read(head.bytes, cuts: [cut]) == whole, "cut at \(cut)") }
    }

    @Test(arguments: HeadCases.all)
    func `is read the same byte by byte`(_ head: HeadCase) {
        #expect(read(head.bytes, cuts: Array(head.bytes.indices)) == read(head.bytes))
    }

    @Test func `is delimited and not decoded`() {
        let bytes = Array("\r\nPUT /a%20b?c=%20 HTTP/1.1\r\nHost:a\r\nX-Y:\t b c \r\n\r\nrest".utf8)
        let expected = Reading(
            length: bytes.count - 4, method: .put, path: "/a%20b", query: "c=%20", fields: ["Host=a", "X-Y=b c"],
            framing: .length(0), expectation: .nothing, keepsAlive: true)
        #expect(read(bytes) == .request(expected))
    }

    @Test(arguments: [
        ("http://b", "/", ""), ("http://b?c", "/", "c"), ("http://b/d?c", "/d", "c"), ("/?", "/", ""), ("*", "*", ""),
    ])
    func `has a path and a query`(target: String, path: String, query: String) {
        let method = target == "*" ? "OPTIONS" : "GET"
        guard case .request(let reading) = read(Array(get(method: method, target: target).utf8)) else {
            Issue.record("refused")
            return
        }
        #expect(reading.path == path)
        #expect(reading.query == query)
    }

    @Test(arguments: [
        ("HTTP/1.1", "A: b", true), ("HTTP/1.1", "Connection: close", false), ("HTTP/1.0", "A: b", false),
        ("HTTP/1.0", "Connection: Keep-Alive", true), ("HTTP/1.1", "Connection: keep-alive, CLOSE", false),
        ("HTTP/1.1", "Connection: a,,close ,b", false), ("HTTP/1.1", "Connection: closed", true),
        ("HTTP/1.1", "Connection: a\r\nConnection: close", false), ("HTTP/1.0", "Connection: keep-alive, close", false),
    ])
    func `says whether the connection goes on`(version: String, line: String, keepsAlive: Bool) {
        guard case .request(let reading) = read(Array(get(line, version: version).utf8)) else {
            Issue.record("refused")
            return
        }
        #expect(reading.keepsAlive == keepsAlive)
    }

    @Test(arguments: [
        ("HTTP/1.1", "100-continue", RequestParser.Expectation.goAhead), ("HTTP/1.1", "100-Continue", .goAhead),
        ("HTTP/1.1", "200-ok", .unknown), ("HTTP/1.1", "100-continue, a", .unknown), ("HTTP/1.0", "a", .nothing),
    ])
    func `says what the client waits for`(version: String, value: String, expected: RequestParser.Expectation) {
        guard case .request(let reading) = read(Array(get("Expect: \(value)", version: version).utf8)) else {
            Issue.record("refused")
            return
        }
        #expect(reading.expectation == expected)
    }

    @Test(arguments: [
        ("Host: a\r\n", "/", 200), ("Host: A:80\r\n", "/", 200), ("Host: b\r\n", "/", 421),
        ("Host: b\r\n", "http://a/", 200), ("Host: a\r\n", "http://b/", 421), ("Host: [::1]:1\r\n", "/", 200),
    ])
    func `is for a host by which the server is known`(line: String, target: String, status: Int) {
        var limits = RequestLimits()
        limits.allowedHosts = ["a", "[::1]"]
        #expect(read(Array("GET \(target) HTTP/1.1\r\n\(line)\r\n".utf8), limits: limits).status == status)
    }

    @Test(arguments: Method.allCases)
    func `has every method that is known`(_ method: Method) {
        let target = method == .connect ? "a:1" : "/"
        guard case .request(let reading) = read(Array(get(method: method.rawValue, target: target).utf8)) else {
            Issue.record("refused")
            return
        }
        #expect(reading.method == method)
    }

    @Test func `has a name of token bytes only`() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ":") {
            let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX".utf8) + [byte] + Array(": b\r\n\r\n".utf8)
            #expect(read(bytes).status == (token.contains(byte) ? 200 : 400), "byte \(byte)")
        }
    }

    @Test func `is read again after a reset`() {
        var parser = RequestParser(limits: RequestLimits())
        let first = Array(get("Connection: close", "Content-Length: 3", method: "POST", target: "/a?b").utf8)
        let firstProgress = parser.read(first.span)
        #expect(firstProgress == .complete(length: first.count))
        parser.reset()
        let second = Array(get().utf8)
        let secondProgress = parser.read(second.span)
        #expect(secondProgress == .complete(length: second.count))
        let (request, framing, keepsAlive) = (parser.request, parser.framing, parser.keepsAlive)
        #expect(request.method == .get)
        #expect(request.fields.count == 1)
        #expect(framing == .length(0))
        #expect(keepsAlive)
    }
}
