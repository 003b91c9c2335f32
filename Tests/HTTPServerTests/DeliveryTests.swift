import Fixtures
import HTTPServer
import Testing

@Suite struct `An answer that the kernel holds` {
    private func delivery(bytes: Int) -> Delivery {
        var delivery = Delivery()
        delivery.since = 7_000_000
        delivery.bytes = bytes
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
    @Test func `is given up if it is taken too slowly`() {
        let limits = ServerLimits()
        let delivery = delivery(bytes: 100_000)
        #expect(!delivery.isTooSlow(at: nanoseconds(20_000), untaken: 100_000 - 10_240, limits))
        #expect(delivery.isTooSlow(at: nanoseconds(20_000), untaken: 100_000 - 10_239, limits))
        #expect(delivery.isTooSlow(at: nanoseconds(40_000), untaken: 100_000 - 10_240, limits))
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
