import Fixtures
import HTTPServer
import Testing

private let host = "Host: a\r\n"

@Suite struct `A client that takes its time` {
    @Test func `over a head is told that it was too long`() throws {
        try withServer(limits: hurried { $0.headMilliseconds = 20 }) { server in
            let client = Client(server.port)
            client.send("GET / HTTP/1.1\r\nHo")
            #expect(client.readToEnd().status == 408)
        }
    }

    @Test func `over a body is told that it was too long`() throws {
        try withServer(limits: hurried { $0.bodyMilliseconds = 20 }) { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\n\(host)Content-Length: 10\r\n\r\nhello")
            #expect(client.readToEnd().status == 408)
        }
    }

    @Test func `between two requests is left without a word`() throws {
        try withServer(limits: hurried { $0.idleMilliseconds = 20 }) { server in
            let client = Client(server.port)
            #expect(client.ask("GET / HTTP/1.1\r\n\(host)\r\n").status == 200)
            #expect(client.readToEnd() == "")
            #expect(Client(server.port).readToEnd() == "")
        }
    }

    @Test func `over an answer is reset`() throws {
        try withServer(limits: hurried { $0.writeMilliseconds = 20 }) { server in
            let client = Client(server.port)
            client.send("GET /large HTTP/1.1\r\n\(host)\r\n")
            client.waitForReset()
            #expect(client.readToEnd().utf8.count < 8_000_000)
            #expect(client.wasReset)
        }
    }

    @Test func `over many answers gets them all in the end, and no other waits for it`() throws {
        try withServer { server in
            let slow = Client(server.port)
            for _ in 0..<4 { slow.send("GET /large HTTP/1.1\r\n\(host)\r\n") }
            #expect(Client(server.port).ask("GET /quick HTTP/1.1\r\n\(host)\r\n").content == "/quick")
            for _ in 0..<4 { #expect(slow.readAnswer().content.utf8.count == 8_000_000) }
        }
    }
}

@Suite struct `The deadline` {
    /// - Parameter drain: when the server began to drain, in milliseconds of the phase.
    private func isOver(_ phase: Phase, after milliseconds: UInt64, bytes: Int = 0, drain: UInt64? = nil) -> Bool {
        var patience = Patience(phase: phase, since: 7_000_000)
        patience.bodyBytes = bytes
        return patience.isOver(
            at: 7_000_000 + milliseconds * 1_000_000, ServerLimits(),
            drainBegan: drain.map { 7_000_000 + $0 * 1_000_000 })
    }

    @Test(arguments: [
        (Phase.idle, UInt64(75_000)), (.head, 10_000), (.writing, 20_000), (.lingering, 2_000),
    ])
    func `of a phase is absolute`(phase: Phase, milliseconds: UInt64) {
        #expect(!isOver(phase, after: milliseconds - 1))
        #expect(isOver(phase, after: milliseconds))
    }

    @Test func `of an idle connection is short while the server drains`() {
        #expect(isOver(.idle, after: 250, drain: 0))
        #expect(!isOver(.idle, after: 249, drain: 0))
        // Who was idle long before has the same moment: the next request may be on its way.
        #expect(!isOver(.idle, after: 60_249, drain: 60_000))
        #expect(isOver(.idle, after: 60_250, drain: 60_000))
    }

    @Test func `does not count while the handler works`() {
        #expect(!isOver(.handling, after: 1_000_000_000))
    }

    @Test func `of a body moves with its bytes, and falls when they trickle`() {
        #expect(!isOver(.body, after: 4_999))
        #expect(isOver(.body, after: 5_000, bytes: 2_559))
        #expect(!isOver(.body, after: 5_000, bytes: 2_560))
        #expect(isOver(.body, after: 30_999, bytes: 32_767))
        #expect(!isOver(.body, after: 30_999, bytes: 32_768))
        #expect(isOver(.body, after: 31_000, bytes: 32_768))
    }

    @Test func `is not met by a clock that seems to go back`() {
        #expect(!Patience(phase: .head, since: 10).isOver(at: 5, ServerLimits(), drainBegan: nil))
    }
}
