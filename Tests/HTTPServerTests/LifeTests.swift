import Fixtures
import HTTP
import HTTPServer
import Testing
import Threads

private let host = "Host: a\r\n"

@Suite struct `A server` {
    @Test func `does not share its port with another`() throws {
        try withServer(loops: 2) { server in
            #expect(throws: StartError.self) {
                _ = try Server(ServerConfiguration(port: server.port, loops: 2), Echo())
            }
            #expect(Client(server.port).ask("GET /a HTTP/1.1\r\n\(host)\r\n").content == "/a")
        }
    }

    @Test func `does not start at what is no address`() {
        #expect(throws: StartError.self) { _ = try Server(ServerConfiguration(address: "localhost", port: 0), Echo()) }
    }

    @Test func `listens on IPv6 too`() throws {
        let server = try Server(ServerConfiguration(address: "::1", port: 0, loops: 2), Echo())
        #expect(server.port > 0)
        server.drain(deadlineSeconds: 0)
        server.wait()
    }

    @Test func `takes its port again at once`() throws {
        let port = try withServer { server in
            _ = Client(server.port).ask("GET / HTTP/1.1\r\n\(host)\r\n")
            return server.port
        }
        let again = try Server(ServerConfiguration(port: port, loops: 2), Echo())
        #expect(Client(port).ask("GET /a HTTP/1.1\r\n\(host)\r\n").content == "/a")
        again.drain(deadlineSeconds: 0)
        again.wait()
    }

    @Test func `says that it is full`() throws {
        let limits = hurried {
            $0.connectionsMax = 2
            // Nobody who holds a place gives it up meanwhile.
            $0.idleMilliseconds = 60_000
        }
        try withServer(limits: limits) { server in
            let clients = [Client(server.port), Client(server.port)]
            for client in clients { #expect(client.ask("GET / HTTP/1.1\r\n\(host)\r\n").status == 200) }
            // The clients stay until the answer is here: each goes with its last use.
            let answer = withExtendedLifetime(clients) { Client(server.port).readToEnd() }
            #expect(answer.status == 503)
            #expect(answer.contains("Retry-After: "))
        }
    }

    @Test func `has only so many connections from one address, unless it is told otherwise`() throws {
        for isExempt in [false, true] {
            let limits = hurried {
                $0.connectionsPerAddressMax = 1
                $0.idleMilliseconds = 60_000
                if isExempt { $0.proxies = [Address(v4: 0x7F00_0001)] }
            }
            try withServer(limits: limits) { server in
                let first = Client(server.port)
                #expect(first.ask("GET / HTTP/1.1\r\n\(host)\r\n").status == 200)
                let second = Client(server.port)
                let answer = withExtendedLifetime(first) { second.ask("GET / HTTP/1.1\r\n\(host)\r\n") }
                #expect(answer.status == (isExempt ? 200 : 503))
            }
        }
    }

    @Test func `has room again once a client has gone`() throws {
        try withServer(limits: hurried { $0.connectionsMax = 1 }) { server in
            for _ in 0..<50 {
                // The place is free when the server has closed, which is a moment after the client has seen the end.
                let statuses = (0..<10_000).lazy.map { _ in
                    let client = Client(server.port)
                    client.send("GET / HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
                    client.stopSending()
                    return client.readToEnd().status
                }
                #expect(statuses.contains(200))
            }
        }
    }
}

@Suite struct `A server that drains` {
    @Test func `closes idle connections and ends`() throws {
        let server = try Server(ServerConfiguration(port: 0, loops: 2), Echo())
        let client = Client(server.port)
        #expect(client.ask("GET / HTTP/1.1\r\n\(host)\r\n").status == 200)
        server.drain()
        server.wait()
        #expect(client.readToEnd() == "")
        #expect(!client.wasReset)
    }

    @Test func `ends at its deadline, whatever a client does`() throws {
        let server = try Server(ServerConfiguration(port: 0, loops: 1), Echo())
        let client = Client(server.port)
        client.send("POST / HTTP/1.1\r\n\(host)Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(client.readAnswer().status == 100)
        server.drain(deadlineSeconds: 0)
        server.wait()
    }

    /// What a client saw that asks until it is told to close.
    private struct Run {
        var answers = 0
        var losses = 0
    }

    private static func askUntilTold(_ client: Client) -> Run {
        var run = Run()
        while true {
            let answer = client.ask("GET /later HTTP/1.1\r\n\(host)\r\n")
            if answer.content != "later" { run.losses += 1 } else { run.answers += 1 }
            if answer.content != "later" || answer.contains("Connection: close\r\n") { return run }
        }
    }

    @Test func `loses no answer under load`() throws {
        let server = try Server(ServerConfiguration(port: 0, loops: 2), Echo())
        let port = server.port
        let runs = Mailbox<Run>(capacity: 16)
        let started = Mailbox<Bool>(capacity: 16)
        let clients = (0..<16).map { _ in
            Thread {
                let client = Client(port)
                _ = started.post(true)
                _ = runs.post(Self.askUntilTold(client))
            }
        }
        var count = 0
        while count < 16 { count += started.take(atMost: 16).count }
        server.drain()
        server.wait()
        for client in clients { client.join() }
        let seen = runs.take(atMost: 16)
        #expect(seen.count == 16)
        #expect(seen.allSatisfy { $0.losses == 0 })
    }
}
