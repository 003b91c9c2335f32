import Fixtures
import Glibc
import HTTPServer
import Testing
import Threads

@Suite struct `A client among others` {
    /// One sends as fast as it can and reads as fast as it can; the loop that both share has its turns.
    @Test func `is answered while another asks without a pause`() throws {
        try withServer { server in
            let flood = Client(server.port)
            let descriptor = flood.descriptor
            let isOver = Guarded(false)
            let request = "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n"
            let block = Array(String(repeating: request, count: 1_000).utf8)
            let writer = Thread {
                var sent = 0
                while !isOver.with({ $0 }) {
                    let count = block[sent...].withUnsafeBytes {
                        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard count > 0 else { return }
                    sent = (sent + count) % block.count
                }
            }
            let reader = Thread {
                var bytes = [UInt8](repeating: 0, count: 65_536)
                while recv(descriptor, &bytes, bytes.count, 0) > 0 {}
            }
            for _ in 0..<50 {
                #expect(Client(server.port).ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").content == "/other")
            }
            isOver.with { $0 = true }
            shutdown(descriptor, Int32(SHUT_RDWR))
            writer.join()
            reader.join()
        }
    }

    /// What was done is told at once, and does not wait for what takes long and came with it.
    @Test func `has its first answer before the second, slow one is there`() throws {
        let echo = Echo()
        try withServer(echo) { server in
            let client = Client(server.port)
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /never HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readAnswer().content == "/first")
            echo.release()
            #expect(client.readAnswer().content == "/never")
        }
    }
}
