import Fixtures
import Foundation
import Testing

/// A request at a limit and one past it, with the limit lowered by its setting.
struct LimitCase: Sendable, CustomTestStringConvertible {
    let setting: String
    let limit: Int
    let status: Int
    /// The bytes of a request that has so much of it.
    let request: @Sendable (_ size: Int) -> String
    /// Whether only the end of the connection tells one from the other.
    var tellsByClosing = false

    var testDescription: String { setting }

    private static func text(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static func chunked(_ body: String) -> String {
        "POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)0\r\n\r\n"
    }

    static let all = [
        LimitCase(setting: "head.line.bytes", limit: 1_024, status: 414) { size in
            "GET /healthz?\(text(size - "GET /healthz? HTTP/1.1".utf8.count)) HTTP/1.1\r\nHost: a\r\n\r\n"
        },
        LimitCase(setting: "head.field.bytes", limit: 1_024, status: 431) { size in
            "GET /healthz HTTP/1.1\r\nHost: a\r\nA: \(text(size - 3))\r\n\r\n"
        },
        LimitCase(setting: "head.bytes", limit: 2_048, status: 431) { size in
            // The empty line counts, too.
            let rest = size - "Host: a\r\n".utf8.count - 1_000 - "A: \r\n".utf8.count - 2
            return "GET /healthz HTTP/1.1\r\nHost: a\r\nA: \(text(995))\r\nA: \(text(rest))\r\n\r\n"
        },
        LimitCase(setting: "head.fields", limit: 10, status: 431) { size in
            "GET /healthz HTTP/1.1\r\nHost: a\r\n\(String(repeating: "A: b\r\n", count: size - 1))\r\n"
        },
        LimitCase(setting: "head.emptylines", limit: 1, status: 400) { size in
            String(repeating: "\r\n", count: size) + "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        },
        LimitCase(setting: "body.bytes", limit: 1_024, status: 413) { size in
            "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n\(text(size))"
        },
        LimitCase(setting: "chunk.extension.bytes", limit: 8, status: 400) { size in
            chunked("5;\(text(size - 1))\r\nhello\r\n")
        },
        LimitCase(setting: "chunk.extensions.bytes", limit: 16, status: 400) { size in
            chunked("5;\(text(7))\r\nhello\r\n" + "5;\(text(size - 9))\r\nhello\r\n")
        },
        LimitCase(setting: "chunk.overhead.bytes", limit: 64, status: 400) { size in
            // Sixteen bytes are bought by the one inside; what stands around it, up to the last size, takes eight.
            chunked("1;\(text(size + 8))\r\na\r\n")
        },
        LimitCase(
            setting: "body.unwanted.bytes", limit: 64, status: 404,
            request: { size in
                "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n\(text(size))"
            }, tellsByClosing: true),
    ]
}

@Suite(.serialized) struct `A limit of the server` {
    @Test(arguments: LimitCase.all)
    func `is where its setting puts it`(limit: LimitCase) throws {
        let record = try ServedRecord()
        // Lines need room for their ends where extensions are told one by one.
        let others = limit.setting == "chunk.extensions.bytes" ? ["chunk.extension.bytes=256"] : []
        try record.start(["\(limit.setting)=\(limit.limit)"] + others)
        let within = Client(record.port).ask(limit.request(limit.limit))
        #expect(within.status == (limit.tellsByClosing ? limit.status : 200), "\(within)")
        #expect(!within.contains("Connection: close"))
        let beyond = Client(record.port).ask(limit.request(limit.limit + 1))
        #expect(beyond.status == limit.status, "\(beyond)")
        #expect(beyond.contains("Connection: close"))
        #expect(record.stop())
    }

    @Test func `on requests of one connection is where its setting puts it`() throws {
        let record = try ServedRecord()
        try record.start(["connection.requests=3"])
        let client = Client(record.port)
        let answers = (0..<3).map { _ in client.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n") }
        #expect(answers.map { $0.contains("Connection: close") } == [false, false, true])
        #expect(record.stop())
    }

    @Test func `on requests of one token is where its setting puts it`() throws {
        let record = try ServedRecord()
        try record.start(["rate.burst=3", "rate.requests=1"])
        let answers = (0..<60).map { _ in record.get("policy").status }
        #expect(answers.prefix(3) == [200, 200, 200] && answers.contains(429))
        #expect(record.stop())
    }

    @Test(arguments: [
        ("head.seconds", "GET / HT"),
        ("body.seconds", "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na"),
    ])
    func `on time is where its setting puts it`(setting: String, text: String) throws {
        let record = try ServedRecord()
        try record.start(["\(setting)=1", "scan.milliseconds=20"])
        let client = Client(record.port)
        client.send(text)
        #expect(client.readToEnd().status == 408)
        #expect(record.stop())
    }

    @Test func `on idle connections, on slow bodies and on answers is where its setting puts it`() throws {
        let record = try ServedRecord()
        try record.start([
            "idle.seconds=1", "body.slow.seconds=1", "body.rate=100", "answer.seconds=1", "scan.milliseconds=20",
        ])
        #expect(Client(record.port).readToEnd() == "")
        let slow = Client(record.port)
        slow.send("POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
        #expect(slow.readToEnd().status == 408)
        let deaf = Client(record.port, receivesBytesMax: 2_048)
        deaf.send(String(repeating: "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n", count: 3))
        deaf.waitForReset()
        _ = deaf.readToEnd()
        #expect(deaf.wasReset)
        #expect(record.stop())
    }
}
