import Fixtures
import Foundation
import JSON
import Testing

@Suite struct `What a server does whatever it is told` {
    private static let suspects = [
        "auth", "authorization", "access", "audit", "disclosure", "log.access", "permissions",
    ]

    @Test func `is to ask for a token and to log who was shown`() throws {
        let record = try ServedRecord()
        let auditor = try record.makeToken("auditor")
        for name in Self.suspects {
            for value in ["off", "false", "0"] {
                #expect(throws: Failed.self) { try record.start(["\(name)=\(value)"]) }
            }
        }
        let words = Self.suspects.map { "BNL_\($0.uppercased().replacingOccurrences(of: ".", with: "_"))=off" }
        try record.start(under: ["/usr/bin/env"] + words)
        let client = Client(record.port)
        let admitted = client.ask(record.intake(key: "unavoidable", name: "Zephyrine"))
        let person = try #require(admitted.firstMatch(of: /p_[0-9A-Z]{13}/)).output
        for path in ["list", "people/\(person)", "reports/monthly/2026-01", "accesses"] {
            #expect(record.get(path, token: "nobody").hasPrefix("HTTP/1.1 401"))
        }
        let before = shown(String(person), record, auditor)
        #expect(record.get("people/\(person)").hasPrefix("HTTP/1.1 200"))
        #expect(shown(String(person), record, auditor) == before + 1)
        #expect(record.stop())
    }

    private func shown(_ person: String, _ record: ServedRecord, _ auditor: String) -> Int {
        record.get("accesses?person=\(person)", token: auditor).components(separatedBy: #""number":"#).count - 1
    }

    @Test func `has no setting that could turn them off`() throws {
        let lines = try ChildProcess("bnl", ["serve", "--help"]).finish().joined(separator: "\n").lowercased()
        #expect(lines.contains("--set"))
        for word in ["--no-", "--disable", "--skip", "--without"] { #expect(!lines.contains(word)) }
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let table = try String(contentsOf: root.appendingPathComponent("config/README.md"), encoding: .utf8)
        let names = table.matches(of: /\| `([a-z.]+)` \|[^|]*\|[^|]*\| `BNL_/).map { String($0.output.1) }
        #expect(names.count > 20)
        for name in names {
            for word in ["auth", "access", "audit", "sync", "disclos", "permission", "seal"] {
                #expect(!name.contains(word), "\(name)")
            }
        }
    }
}
