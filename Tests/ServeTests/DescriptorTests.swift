import Fixtures
import Foundation
import Testing

@Suite(.serialized) struct `A server without a descriptor left` {
    /// The first accept fails, and the one for which the reserve was given up; then there are some again.
    @Test(arguments: ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"])
    func `pauses, does not spin, and goes on`(failure: String) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
            print("strace is absent: no accept was made to fail")
            return
        }
        let record = try ServedRecord()
        let trace = record.folder + "-trace"
        defer { try? FileManager.default.removeItem(atPath: trace) }
        try record.start(
            ["listen.loops=1"],
            under: [
                "/usr/bin/strace", "-D", "-f", "-o", trace, "-e", "trace=accept4,epoll_wait", "-e",
                "inject=accept4:error=\(failure):when=1..2",
            ])
        #expect(record.get("policy").status == 200)
        #expect(record.stop())
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        #expect(lines.filter { $0.contains("accept4(") && $0.contains("(INJECTED)") }.count == 2)
        #expect(lines.filter { $0.contains("accept4(") }.count < 12)
        #expect(lines.filter { $0.contains("epoll_wait(") }.count < 100)
    }

    @Test(arguments: ["ECONNABORTED", "EINTR", "EPROTO"])
    func `or with a caller that has gone takes the next one at once`(failure: String) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
            print("strace is absent: no accept was made to fail")
            return
        }
        let record = try ServedRecord()
        try record.start(
            ["listen.loops=1"],
            under: [
                "/usr/bin/strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=accept4", "-e",
                "inject=accept4:error=\(failure):when=1",
            ])
        #expect(record.get("policy").status == 200)
        #expect(record.stop())
    }
}
