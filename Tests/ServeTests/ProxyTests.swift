import Fixtures
import Foundation
import Testing

@Suite struct `A server behind the proxy that we ship` {
    private let record: ServedRecord
    private let proxy: ShippedProxy?

    init() throws {
        record = try ServedRecord()
        try record.start()
        proxy = try ShippedProxy(before: record.port)
        if proxy == nil { print("nginx, openssl or curl is absent: nobody asked the server through a proxy") }
    }

    private var bearer: [String] { ["-H", "Authorization: Bearer \(record.token)"] }

    private func intake(_ body: String) -> [String] {
        bearer + [
            "-H", "Content-Type: application/json", "-H", "Idempotency-Key: over-https", "-H", "Expect:", "-d", body,
        ]
    }

    @Test func `takes an intake and reports it, over HTTPS`() throws {
        guard let proxy else { return }
        let arguments = intake(ServedRecord.intakeBody(name: "Ash"))
        let kept = try proxy.ask(record.path("intakes"), arguments)
        #expect(kept.status == 201)
        #expect(kept.contains("Strict-Transport-Security: "))
        let again = try proxy.ask(record.path("intakes"), arguments)
        #expect(again.status == 201 && again.contains("Idempotent-Replayed: true"))
        #expect(again.content == kept.content)

        let path = record.path("reports/monthly/2026-01")
        let report = try proxy.ask(path, bearer + ["-H", "Accept-Encoding: gzip, br"])
        #expect(report.status == 200)
        #expect(report.content.contains(#""newly_identified":1,"#) && report.content.contains(#""active_at_end":1,"#))
        #expect(report.content == record.get("reports/monthly/2026-01").content)
        #expect(!report.lowercased().contains("content-encoding"))
        let etag = try #require(report.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }?.dropFirst(6))
        #expect(try proxy.ask(path, bearer + ["-H", "If-None-Match: \(etag)"]).status == 304)
        #expect(try proxy.ask(path).status == 401)
    }

    @Test func `is reached by its own name, its interface, and in no other way`() throws {
        guard let proxy else { return }
        #expect(try proxy.ask("/healthz").status == 200)
        for path in ["/openapi.json", "/docs", "/problems/unknown-token"] {
            #expect(try proxy.ask(path).status == 200)
        }
        for path in ["/metrics", "/readyz", "/", "/v1/../metrics", "/v1/%2e%2e/metrics"] {
            #expect(try proxy.ask(path, ["--path-as-is"]).status == 404)
        }
        #expect(try proxy.ask("/healthz", host: "other.example.org").isEmpty)
        #expect(try proxy.ask("/healthz", ["-H", "Host: other.example.org"]).status == 421)
        #expect(try proxy.askInTheClear("/healthz").status == 404)
    }

    @Test func `is sent no body that is too large, and its proxy's log names nobody`() throws {
        guard let proxy else { return }
        let folder = FileManager.default.temporaryDirectory
        let large = folder.appendingPathComponent("large-\(UUID().uuidString)").path
        try String(repeating: "a", count: 1 << 20).write(toFile: large, atomically: false, encoding: .utf8)
        defer {
            // Nothing depends on the file being gone.
            try? FileManager.default.removeItem(atPath: large)
        }
        // As large as it may be: the server reads it, and finds that it is no JSON.
        #expect(try proxy.ask(record.path("intakes"), intake("@" + large)).status == 400)
        try (String(repeating: "a", count: 1 << 20) + "a").write(toFile: large, atomically: false, encoding: .utf8)
        #expect(try proxy.ask(record.path("intakes"), intake("@" + large)).status == 413)

        #expect(try proxy.ask(record.path("people/p_0000000000000?name=Canary"), bearer).status >= 400)
        let log = try proxy.log()
        #expect(log.contains(" POST 413 "))
        #expect(!log.contains("Canary") && !log.contains("p_0000000000000") && !log.contains(record.token))
    }
}
