import Fixtures
import HTTP
import HTTPServer
import Testing
import Threads

private let host = "Host: a\r\n"

@Suite struct `A connection` {
    @Test func `carries one request after another`() throws {
        try withServer { server in
            let client = Client(server.port)
            #expect(client.ask("GET /a HTTP/1.1\r\n\(host)\r\n").content == "/a")
            #expect(client.ask("POST /b HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello").content == "hello")
            #expect(client.ask("GET /c HTTP/1.1\r\n\(host)\r\n").content == "/c")
        }
    }

    @Test func `answers sixteen requests that came together, in order`() throws {
        try withServer { server in
            let client = Client(server.port)
            client.send((0..<16).map { "GET /\($0) HTTP/1.1\r\n\(host)\r\n" }.joined())
            #expect((0..<16).map { _ in client.readAnswer().content } == (0..<16).map { "/\($0)" })
        }
    }

    @Test func `brings a body in chunks, byte by byte`() throws {
        try withServer { server in
            let client = Client(server.port)
            let text = "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            for byte in text { client.send(String(byte)) }
            #expect(client.readAnswer().content == "hello")
            #expect(client.ask("GET /next HTTP/1.1\r\n\(host)\r\n").content == "/next")
        }
    }

    @Test(arguments: [65_535, 65_536, 65_537, 1_000_000])
    func `brings a large body`(_ count: Int) throws {
        try withServer { server in
            let client = Client(server.port)
            let body = String(repeating: "a", count: count)
            #expect(client.ask("POST / HTTP/1.1\r\n\(host)Content-Length: \(count)\r\n\r\n\(body)").content == body)
            let size = String(count, radix: 16)
            let chunk = "\(size)\r\n\(body)\r\n0\r\n\r\n"
            #expect(client.ask("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(chunk)").content == body)
        }
    }

    @Test func `keeps the content of an answer to HEAD to itself`() throws {
        try withServer { server in
            let client = Client(server.port)
            client.send("HEAD /head HTTP/1.1\r\n\(host)\r\nGET /get HTTP/1.1\r\n\(host)\r\n")
            let head = client.readAnswer(hasContent: false)
            #expect(head.contains("Content-Length: 5\r\n"))
            #expect(client.readAnswer().content == "/get")
        }
    }

    @Test func `goes on after an answer that another thread gave`() throws {
        try withServer(loops: 2) { server in
            let client = Client(server.port)
            for _ in 0..<100 { #expect(client.ask("GET /later HTTP/1.1\r\n\(host)\r\n").content == "later") }
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200), ("GET / HTTP/1.0\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501), ("\u{01}", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n", 413),
        ("POST /forbidden HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 200),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz", 400),
    ])
    func `ends with an answer that says so`(text: String, status: Int) throws {
        try withServer { server in
            let client = Client(server.port)
            client.send(text)
            client.stopSending()
            let answer = client.readToEnd()
            #expect(answer.status == status)
            #expect(answer.contains("Connection: close\r\n"))
            #expect(answer.ranges(of: "HTTP/1.1 ").count == 1)
        }
    }

    @Test func `of HTTP/1.0 goes on if it is asked to`() throws {
        try withServer { server in
            let client = Client(server.port)
            let text = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            #expect(client.ask(text).contains("Connection: keep-alive\r\n"))
            #expect(client.ask(text).status == 200)
        }
    }

    @Test func `throws away a body that the method does not need`() throws {
        try withServer { server in
            let client = Client(server.port)
            let answer = client.ask("GET /a HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello")
            #expect(answer.content == "/a")
            #expect(client.ask("GET /b HTTP/1.1\r\n\(host)\r\n").content == "/b")
        }
    }

    @Test func `that ends in the middle of a body reaches no handler`() throws {
        try withServer { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\n\(host)Content-Length: 10\r\n\r\nhello")
            client.stopSending()
            #expect(client.readToEnd() == "")
            #expect(Client(server.port).ask("GET /bodies HTTP/1.1\r\n\(host)\r\n").content == "0")
        }
    }

    @Test func `closes after so many answers`() throws {
        try withServer(limits: hurried { $0.requestsPerConnectionMax = 2 }) { server in
            let client = Client(server.port)
            #expect(!client.ask("GET / HTTP/1.1\r\n\(host)\r\n").contains("Connection: close"))
            #expect(client.ask("GET / HTTP/1.1\r\n\(host)\r\n").contains("Connection: close"))
            #expect(client.readToEnd() == "")
        }
    }

    @Test func `reports what it answered`() throws {
        let handler = Echo()
        try withServer(handler) { server in
            _ = Client(server.port).ask("GET /a HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
            let client = Client(server.port)
            client.send("nonsense\r\n")
            _ = client.readToEnd()
        }
        #expect(handler.reported.map(\.status).sorted() == [200, 400])
        #expect(Set(handler.reported.map(\.requestID)).count == 2)
        #expect(handler.reported.allSatisfy { $0.bytes > 50 })
    }
}

@Suite struct `A client that waits before its body` {
    @Test func `is told to go on`() throws {
        try withServer { server in
            let client = Client(server.port)
            let head = "POST / HTTP/1.1\r\n\(host)Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"
            #expect(client.ask(head) == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(client.ask("hello").content == "hello")
        }
    }

    @Test(arguments: [
        ("POST /forbidden", "100-continue", 403), ("POST /", "something", 417), ("GET /", "something", 417),
    ])
    func `is told no instead`(line: String, expectation: String, status: Int) throws {
        try withServer { server in
            let client = Client(server.port)
            client.send("\(line) HTTP/1.1\r\n\(host)Expect: \(expectation)\r\nContent-Length: 5\r\n\r\n")
            client.stopSending()
            #expect(client.readToEnd().status == status)
        }
    }

    @Test func `is not told anything in HTTP/1.0`() throws {
        try withServer { server in
            let head = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello"
            #expect(Client(server.port).ask(head).content == "hello")
        }
    }
}
