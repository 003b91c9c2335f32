import Fixtures
import HTTPServer
import Testing

@Suite struct `An answer that the kernel holds` {
    private func delivery(bytes: Int) -> Delivery {
        var delivery = Delivery()
        if bytes > 0 { delivery.note(sent: bytes, at: 7_000_000) }
        return delivery
    }

    private func nanoseconds(_ milliseconds: UInt64) -> UInt64 { 7_000_000 + milliseconds * 1_000_000 }

    @Test func `is asked after once its first seconds are over`() {
        let limits = ServerLimits()
        #expect(!delivery(bytes: 1).isDue(at: nanoseconds(19_999), limits))
        #expect(delivery(bytes: 1).isDue(at: nanoseconds(20_000), limits))
        #expect(!delivery(bytes: 0).isDue(at: nanoseconds(90_000), limits))
    }

    /// 512 bytes a second: 10,240 of them in the first twenty.
    @Test(arguments: [
        (UInt64(20_000), 100_000 - 10_240, Delivery.Verdict.goesOn), (20_000, 100_000 - 10_239, .stalled),
        (40_000, 100_000 - 20_480, .goesOn), (40_000, 100_000 - 20_479, .stalled), (90_000, 0, .goesOn),
    ])
    func `is given up if it is taken too slowly`(milliseconds: UInt64, untaken: Int, verdict: Delivery.Verdict) {
        var delivery = delivery(bytes: 100_000)
        #expect(delivery.judge(untaken: untaken, at: nanoseconds(milliseconds), ServerLimits()) == verdict)
    }

    @Test func `has its seconds although much was taken before it`() {
        let limits = ServerLimits()
        var delivery = delivery(bytes: 100)
        // The first answer is long taken; a large one has just been sent.
        delivery.note(sent: 300_000, at: nanoseconds(19_900))
        #expect(delivery.judge(untaken: 299_000, at: nanoseconds(20_000), limits) == .goesOn)
        #expect(!delivery.isDue(at: nanoseconds(39_999), limits))
        #expect(delivery.judge(untaken: 299_000 - 10_239, at: nanoseconds(40_000), limits) == .stalled)
    }

    @Test func `is not excused again and again by small ones after it`() {
        let limits = ServerLimits()
        var delivery = delivery(bytes: 150_000)
        delivery.note(sent: 200, at: nanoseconds(19_000))
        #expect(delivery.judge(untaken: 150_200, at: nanoseconds(20_000), limits) == .goesOn)
        delivery.note(sent: 200, at: nanoseconds(39_000))
        #expect(delivery.judge(untaken: 150_400, at: nanoseconds(40_000), limits) == .stalled)
    }

    @Test func `is no fault of who takes it steadily, however much follows`() {
        let limits = ServerLimits()
        var delivery = delivery(bytes: 1_000_000)
        var untaken = 1_000_000
        for round in 1...40 {
            untaken -= 20_480
            delivery.note(sent: 200, at: nanoseconds(UInt64(round) * 20_000 - 1))
            untaken += 200
            #expect(delivery.judge(untaken: untaken, at: nanoseconds(UInt64(round) * 20_000), limits) == .goesOn)
        }
    }

    /// All of it fits into the kernel's memory and none into the client's: it was sent, and nobody has it.
    @Test func `is reset if nobody takes it, and the connection with it`() throws {
        let limits = hurried {
            $0.writeMilliseconds = 20
            $0.idleMilliseconds = 60_000
        }
        try withServer(limits: limits) { server in
            let client = Client(server.port, receivesBytesMax: 2_048)
            client.send("GET /medium HTTP/1.1\r\nHost: a\r\n\r\n")
            client.waitForReset()
            #expect(client.readToEnd().utf8.count < 200_000)
            #expect(client.wasReset)
        }
    }

    @Test func `is no reason to end the connection of who took it`() throws {
        let limits = hurried {
            $0.writeMilliseconds = 1
            $0.idleMilliseconds = 60_000
        }
        try withServer(limits: limits) { server in
            let patient = Client(server.port)
            #expect(patient.ask("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").content == "/a")
            // Meanwhile the deadlines are looked at many times.
            for _ in 0..<200 {
                #expect(Client(server.port).ask("GET /b HTTP/1.1\r\nHost: a\r\n\r\n").content == "/b")
            }
            #expect(patient.ask("GET /c HTTP/1.1\r\nHost: a\r\n\r\n").content == "/c")
        }
    }
}
