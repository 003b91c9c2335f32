import JSON
import API
import Glibc
import HTTP
import HTTPServer
import Testing

/// One connection to a server on this machine.
struct Loopback {
    let port: UInt16

    /// Sends the requests together and reads to the end of the connection.
    func exchange(_ requests: [Asked]) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
        let bytes = requests.flatMap(\.bytes)
        try #require(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        var answer: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &portion, portion.count, 0), count > 0 {
            answer += portion[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    /// One request, and the connection is closed after it.
    func exchange(_ asked: Asked) throws -> Answered {
        var asked = asked
        asked.fields.append("Connection: close")
        let text = try exchange([asked])
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let head = text[..<end.lowerBound]
        let status = try #require(Int(head.split(separator: " ").dropFirst().first ?? ""))
        return Answered(status, String(head), Array(text[end.upperBound...].utf8))
    }
}

@Suite struct `Over a real socket` {
    private func withServer(_ work: (Loopback, TrialService) async throws -> Void) async throws {
        let trial = try TrialService()
        let server = try Server(ServerConfiguration(port: 0, loops: 2), trial.service)
        defer {
            server.drain(deadlineSeconds: 5)
            server.wait()
        }
        try await work(Loopback(port: server.port), trial)
    }

    @Test func `an intake, its retry, the person and the figures are answered as in the process`() async throws {
        try await withServer { (loopback: Loopback, trial: TrialService) async throws in
            let body = """
                {"on": "2024-03-01", "profile": {"given_name": "Zo\\u00eb"},
                "situations": [{"situation": "unsheltered", "from": "2024-03-01"}]}
                """
            let intake = Asked(
                "POST", "/v1/communities/north/intakes", token: trial.tokens[.harbour], body: body, key: "over-a-socket"
            )
            let first = try loopback.exchange(intake)
            #expect(first.status == 201)
            let again = try loopback.exchange(intake)
            #expect(again.body == first.body)
            #expect(again.field("idempotent-replayed") == "true")
            let person = try #require(first.json["person"]?.text)
            for path in ["people/\(person)", "people/\(person)/facts", "list", "reports/monthly/2024-03"] {
                let asked = Asked("GET", "/v1/communities/north/\(path)", token: trial.tokens[.harbour])
                let answer = try loopback.exchange(asked)
                #expect(answer.status == 200)
                let within = try await trial.answer(asked)
                #expect(answer.body == within.body, "\(path)")
            }
        }
    }

    @Test func `HEAD has the fields of GET and no body, and so has 304`() async throws {
        try await withServer { (loopback: Loopback, trial: TrialService) async throws in
            let path = "/v1/communities/north/reports/monthly/2024-03"
            let get = try loopback.exchange(Asked("GET", path, token: trial.tokens[.dashboard]))
            var asked = Asked("HEAD", path, token: trial.tokens[.dashboard])
            let head = try loopback.exchange(asked)
            #expect(head.status == 200)
            #expect(head.body == [])
            for name in ["etag", "content-length", "content-type"] { #expect(head.field(name) == get.field(name)) }
            #expect(get.field("content-length") == "\(get.body.count)")
            asked.method = "GET"
            asked.fields = ["If-None-Match: \(get.field("etag") ?? "")"]
            let unchanged = try loopback.exchange(asked)
            #expect(unchanged.status == 304)
            #expect(unchanged.body == [])
        }
    }

    @Test func `a body that is too large or not allowed is refused by its head, and nothing is kept`() async throws {
        try await withServer { (loopback: Loopback, trial: TrialService) async throws in
            let before = try trial.rowCounts()
            let large = #"{"on": "2024-03-01", "note": ""# + String(repeating: "x", count: 1 << 20) + "\"}"
            let path = "/v1/communities/north/intakes"
            var asked = Asked("POST", path, token: trial.tokens[.harbour], body: "", key: "too-large-a-body")
            // Only the head is sent: the server does not wait for the rest.
            asked.body = nil
            asked.fields = ["Content-Type: application/json", "Content-Length: \(large.utf8.count)"]
            #expect(try loopback.exchange(asked).summary == "413 too-large")
            // Not so large that no route would take it, and too large to be read for nothing.
            asked.fields = ["Content-Type: application/json", "Content-Length: 100000"]
            asked.token = nil
            #expect(try loopback.exchange(asked).summary == "401 unknown-token")
            asked.token = trial.tokens[.dashboard]
            #expect(try loopback.exchange(asked).summary == "403 not-your-role")
            asked.token = trial.tokens[.harbour]
            asked.fields = ["Content-Type: text/plain", "Content-Length: 100000"]
            #expect(try loopback.exchange(asked).summary == "415 unsupported-media-type")
            #expect(try trial.rowCounts() == before)
        }
    }

    @Test func `requests that come together are answered in their order`() async throws {
        try await withServer { (loopback: Loopback, trial: TrialService) async throws in
            var requests = (1...5).map { month in
                Asked("GET", "/v1/communities/north/reports/monthly/2023-0\(month)", token: trial.tokens[.dashboard])
            }
            requests[4].fields = ["Connection: close"]
            let text = try loopback.exchange(requests)
            let months = text.matches(of: /"month":"(2023-0\d)"/).map { String($0.1) }
            #expect(months == (1...5).map { "2023-0\($0)" })
        }
    }

    @Test func `what is no HTTP is refused as a problem`() async throws {
        try await withServer { (loopback: Loopback, trial: TrialService) async throws in
            let answer = try loopback.exchange(Asked("GET", "/v1/communities/north/list#a", token: nil))
            #expect(answer.summary == "400 malformed-request")
            let unknown = try loopback.exchange(Asked("BREW", "/v1/communities/north/list", token: nil))
            #expect(unknown.summary == "501 not-implemented")
        }
    }
}
