import Fixtures
import Foundation
import JSON

/// A data folder with a community, a token of a coordinator, and `bnl serve` over it as often as a test starts it.
final class ServedRecord {
    let folder: String
    private(set) var token = ""
    private(set) var server: ChildProcess?
    private(set) var port: UInt16 = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path
        try run(
            "community", "create", "town", "--name", "Town", "--zone", "America/Toronto", "--policy", "ca_bfz")
        token = try makeToken("coordinator")
    }

    deinit {
        server?.kill()
        server?.finish()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs a command on the data folder and answers what it wrote; throws if it failed.
    @discardableResult
    func run(_ arguments: String...) throws -> [String] {
        let process = try ChildProcess("bnl", arguments + ["--data", folder])
        let lines = process.finish()
        guard process.hasSucceeded else { throw Failed(command: arguments.prefix(2).joined(separator: " ")) }
        return lines
    }

    func makeToken(_ role: String) throws -> String {
        try run("agency", "set", "Agency", "--kind", "outreach", "--community", "town")
        let lines = try run(
            "token", "create", "--community", "town", "--agency", "Agency", "--user", "somebody", "--role", role)
        return lines.first ?? ""
    }

    /// - Parameters:
    ///   - settings: on top of those that let one machine be many clients.
    ///   - tracer: as ``ChildProcess`` has it.
    func start(_ settings: [String] = [], under tracer: [String] = []) throws {
        let raised = ["connections.address=1000", "rate.requests=1000000", "rate.burst=1000000"]
        let process = try ChildProcess(
            "bnl",
            ["serve", "--data", folder, "--port", "0"] + (raised + settings).flatMap { ["--set", $0] }, under: tracer)
        guard process.waitForLine(), let line = process.lines.first,
            let port = line.split(separator: " ").last.flatMap({ UInt16($0) })
        else { throw Failed(command: "serve") }
        self.port = port
        server = process
    }

    func kill() {
        server?.kill()
        server?.finish()
        server = nil
    }

    /// Ends the server as an operator does; whether it ended well.
    func stop() -> Bool {
        server?.terminate()
        server?.finish()
        defer { server = nil }
        return server?.hasSucceeded == true
    }

    func path(_ rest: String) -> String { "/v1/communities/town/\(rest)" }

    func get(_ rest: String, token: String? = nil) -> String {
        Client(port).ask("GET \(path(rest)) HTTP/1.1\r\n\(headers(token))\r\n")
    }

    /// An intake as a phone sends it, in full.
    func intake(key: String, name: String) -> String {
        let body = ServedRecord.intakeBody(name: name)
        return "POST \(path("intakes")) HTTP/1.1\r\n\(headers())Idempotency-Key: \(key)\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func intakeBody(name: String) -> String {
        #"""
        {"on":"2026-01-05","profile":{"given_name":"\#(name)","family_name":"Example"},\#
        "contacts":[{"on":"2026-01-05","how":"outreach","seen_homeless":true}],"answers":{"veteran":"no"}}
        """#
    }

    private func headers(_ other: String? = nil) -> String {
        "Host: localhost\r\nAuthorization: Bearer \(other ?? token)\r\n"
    }

    /// Whether projections, counts and facts agree.
    func isWhole() throws -> Bool {
        try run("check").allSatisfy { $0.hasSuffix("all is well") }
    }
}

struct Failed: Error, CustomStringConvertible {
    let command: String

    var description: String { "bnl \(command) failed" }
}
