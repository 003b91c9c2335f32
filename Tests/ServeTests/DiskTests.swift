import Fixtures
import Foundation
import Testing

/// strace before a server, making one of its calls fail, or only writing them down; `nil` where there is none.
private func tracer(_ options: String...) -> [String]? {
    let path = "/usr/bin/strace"
    guard FileManager.default.isExecutableFile(atPath: path) else {
        print("strace is absent: no disk was made to fail")
        return nil
    }
    return [path, "-D", "-f"] + options
}

@Suite(.serialized) struct `A server whose disk fails` {
    private func intake(_ record: ServedRecord, _ client: Client, _ number: Int) -> String {
        client.ask(record.intake(key: "disk-key-\(number)", name: "P\(number)"))
    }

    @Test(arguments: [3, 6])
    func `to sync writes nothing more, says so, and goes on reading`(sync: Int) throws {
        guard let tracer = tracer("-o", "/dev/null", "-e", "inject=fdatasync:error=EIO:when=\(sync)") else { return }
        let record = try ServedRecord()
        try record.start(under: tracer)
        let client = Client(record.port)
        var kept: [Int: String] = [:]
        for number in 0..<10 {
            let answer = intake(record, client, number)
            #expect(answer.status == 201 || answer.status == 503)
            if answer.status == 201 { kept[number] = answer.content }
        }
        // Once it has failed, no later change is kept: there is no way back but a new start.
        #expect(kept.count < 10 && kept.keys.allSatisfy { $0 < kept.count })
        for number in 20..<23 {
            #expect(intake(record, client, number).status == 503)
            #expect(client.ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 503)
            #expect(record.get("reports/monthly/2026-01").status == 200)
        }
        #expect(client.ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").contains("bnl_writing_stopped 1"))
        #expect(record.stop())
        try record.start()
        #expect(Client(record.port).ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200)
        let later = Client(record.port)
        for number in 0..<10 {
            let answer = intake(record, later, number)
            #expect(answer.status == 201)
            guard let first = kept[number] else { continue }
            #expect(answer.content == first && answer.contains("Idempotent-Replayed: true"))
        }
        #expect(record.stop())
        #expect(try record.isWhole())
    }

    @Test func `syncs before each answer, whatever it is told`() throws {
        let record = try ServedRecord()
        let trace = record.folder + "-trace"
        defer { try? FileManager.default.removeItem(atPath: trace) }
        guard let tracer = tracer("-y", "-o", trace, "-e", "trace=fdatasync") else { return }
        for name in ["synchronous", "sync", "durability", "record.synchronous"] {
            #expect(throws: Failed.self) { try record.start(["\(name)=off"]) }
        }
        let words = ["BNL_SYNCHRONOUS=OFF", "BNL_SYNC=0", "BNL_DURABILITY=off", "BNL_POWER_CUT_RIG_MUST_FAIL=1"]
        try record.start(under: ["/usr/bin/env"] + words + tracer)
        let client = Client(record.port)
        for number in 0..<10 { #expect(intake(record, client, number).status == 201) }
        #expect(record.stop())
        let syncs = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("record.sqlite3-wal>") && $0.hasSuffix("= 0") }
        #expect(syncs.count >= 10)
    }
}

@Suite(.serialized) struct `A backup made by a running server` {
    @Test func `under load is whole, and what is restored from it has the same contents`() throws {
        let record = try ServedRecord()
        try record.start()
        let load = IntakeLoad(record, clients: 4, run: "backup")
        load.wait(forAnswers: 200)
        let manifest = try record.run("backup", "--name", "busy", "--json").joined(separator: "\n")
        load.wait(forAnswers: 400)
        load.stop()
        #expect(load.finish().values.allSatisfy { if case .kept = $0 { true } else { false } })
        #expect(Client(record.port).ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").contains("bnl_backups 1"))
        #expect(record.stop())
        let backup = record.folder + "/backups/busy.sqlite3"
        let other = try ServedRecord()
        #expect(throws: Failed.self) { try other.run("restore", backup) }
        let said = try other.run("restore", backup, "--move-aside")
        #expect(said.joined().hasPrefix("restored"))
        let again = try other.run("backup", "--name", "again", "--json").joined(separator: "\n")
        #expect(tables(manifest) == tables(again) && tables(manifest).contains(#""name": "fact""#))
        #expect(try other.isWhole())
    }

    @Test func `reads the record in the server alone`() throws {
        let record = try ServedRecord()
        try record.start()
        let trace = record.folder + "-trace"
        defer { try? FileManager.default.removeItem(atPath: trace) }
        guard let tracer = tracer("-o", trace, "-e", "trace=openat") else { return }
        let command = try ChildProcess(
            "bnl", ["backup", "--data", record.folder], under: tracer.filter { $0 != "-D" })
        command.finish()
        #expect(command.hasSucceeded)
        #expect(try !String(contentsOfFile: trace, encoding: .utf8).contains("record.sqlite3"))
        #expect(record.stop())
    }

    private func tables(_ manifest: String) -> Substring {
        manifest.firstRange(of: #""tables""#).map { manifest[$0.lowerBound...] } ?? ""
    }
}
