import Fixtures
import HTTPServer
import Testing

private let forbidden = "POST /forbidden HTTP/1.1\r\nHost: a\r\n"

@Suite struct `A body that is refused before it is read` {
    @Test(arguments: ["Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"])
    func `is read to its end if it is small, and the connection goes on`(body: String) throws {
        try withServer { server in
            let client = Client(server.port)
            let answer = client.ask(forbidden + body)
            #expect(answer.status == 403 && !answer.contains("Connection: close"))
            #expect(client.ask("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").content == "/next")
        }
    }

    @Test(arguments: [
        "\r\n5\r\nhelloX", "\r\n5 \r\nhello", "\r\n-5\r\nhello", "\r\n5\r\nhello\r\n0\r\nHost: b\r\n\r\n",
    ])
    func `is a fault where its chunks are one`(body: String) throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(forbidden + "Transfer-Encoding: chunked\r\n" + body)
            #expect(client.readToEnd().status == 400)
        }
    }

    /// At the limit of 65,536 bytes and one past it.
    @Test(arguments: [(65_536, true), (65_537, false)])
    func `ends the connection if it is large`(count: Int, goesOn: Bool) throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(forbidden + "Content-Length: \(count)\r\n\r\n" + String(repeating: "a", count: count))
            let answer = client.readAnswer()
            #expect(answer.status == 403)
            #expect(answer.contains("Connection: close") == !goesOn)
        }
        try withServer { server in
            let client = Client(server.port)
            let size = String(count, radix: 16)
            client.send(forbidden + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n")
            client.send(String(repeating: "a", count: count) + "\r\n0\r\n\r\n")
            let answer = client.readAnswer()
            #expect(answer.status == 403)
            #expect(answer.contains("Connection: close") == !goesOn)
        }
    }

    /// The handler takes a million bytes of whatever route.
    @Test(arguments: [
        "POST /forbidden HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n",
        "POST /forbidden HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000001\r\n\r\n",
        "POST /forbidden HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nf4241\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    ])
    func `is too large where no route takes so much`(text: String) throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(text)
            #expect(client.readToEnd().status == 413)
        }
    }

    @Test func `is not asked for`() throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(forbidden + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            let answer = client.readToEnd()
            #expect(answer.status == 403 && answer.contains("Connection: close"))
        }
    }

    @Test func `that ends in its middle is not answered`() throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(forbidden + "Content-Length: 5\r\n\r\nhell")
            client.stopSending()
            #expect(client.readToEnd() == "")
        }
    }

    @Test func `may take no longer than another`() throws {
        try withServer(limits: hurried { $0.bodyMilliseconds = 20 }) { server in
            let client = Client(server.port)
            client.send(forbidden + "Content-Length: 5\r\n\r\nhell")
            #expect(client.readToEnd().status == 408)
        }
    }
}
