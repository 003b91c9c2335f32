import Foundation

/// nginx with the file that we ship, in front of a port of this machine; ports and paths are this machine's.
final class ShippedProxy {
    static let name = "list.example.org"

    let port: UInt16
    let plainPort: UInt16
    private let folder: String
    private let process = Process()
    private var certificate: String { folder + "/certificate.pem" }

    /// `nil` where a program is absent that it takes.
    init?(before server: UInt16) throws {
        guard let nginx = ShippedProxy.path(of: "nginx"), let openssl = ShippedProxy.path(of: "openssl"),
            ShippedProxy.path(of: "curl") != nil
        else { return nil }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("proxy-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        port = try ShippedProxy.freePort()
        plainPort = try ShippedProxy.freePort()
        let made = try ShippedProxy.run(
            openssl,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(ShippedProxy.name)",
                "-addext", "subjectAltName=DNS:\(ShippedProxy.name)", "-out", folder + "/certificate.pem", "-keyout",
                folder + "/key.pem",
            ])
        guard made.status == 0 else { throw Failed(command: "openssl") }
        try site(before: server).write(toFile: folder + "/site.conf", atomically: false, encoding: .utf8)
        try main.write(toFile: folder + "/nginx.conf", atomically: false, encoding: .utf8)
        process.executableURL = URL(fileURLWithPath: nginx)
        process.arguments = ["-c", folder + "/nginx.conf", "-e", folder + "/errors"]
        try process.run()
        var tries = 0
        while try curl("http://127.0.0.1:\(plainPort)/").status != 0 {
            tries += 1
            guard process.isRunning, tries < 1_000 else { throw Failed(command: "nginx") }
        }
    }

    deinit {
        // It began with the signals that the test's thread blocks, SIGTERM among them.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The shipped file; whatever is to be changed has to be there.
    private func site(before server: UInt16) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var text = try String(contentsOf: root.appendingPathComponent("config/deploy/nginx.conf"), encoding: .utf8)
        let changes = [
            ("127.0.0.1:8080", "127.0.0.1:\(server)"), ("listen 443", "listen 127.0.0.1:\(port)"),
            ("listen 80 ", "listen 127.0.0.1:\(plainPort) "), ("/var/log/nginx", folder),
            ("/etc/letsencrypt/live/list.example.org/fullchain.pem", certificate),
            ("/etc/letsencrypt/live/list.example.org/privkey.pem", folder + "/key.pem"),
        ]
        for (shipped, here) in changes {
            guard text.contains(shipped) else { throw Failed(command: "nginx.conf without \(shipped), which") }
            text = text.replacingOccurrences(of: shipped, with: here)
        }
        return text
    }

    private var main: String {
        """
        daemon off; master_process off; pid \(folder)/pid; error_log \(folder)/errors;
        events { worker_connections 256; }
        http {
            client_body_temp_path \(folder); proxy_temp_path \(folder); fastcgi_temp_path \(folder);
            uwsgi_temp_path \(folder); scgi_temp_path \(folder);
            include \(folder)/site.conf;
        }
        """
    }

    /// What `curl` prints over HTTPS, head and body; it trusts our certificate only.
    func ask(_ path: String, host: String = ShippedProxy.name, _ arguments: [String] = []) throws -> String {
        try curl(
            "https://\(host):\(port)\(path)",
            ["-i", "--cacert", certificate, "--resolve", "\(host):\(port):127.0.0.1"] + arguments
        ).output
    }

    /// The same in the clear.
    func askInTheClear(_ path: String) throws -> String {
        try curl("http://127.0.0.1:\(plainPort)\(path)", ["-i", "-H", "Host: \(ShippedProxy.name)"]).output
    }

    /// What stands in its log.
    func log() throws -> String { try String(contentsOfFile: folder + "/bnl.log", encoding: .utf8) }

    private func curl(_ url: String, _ arguments: [String] = []) throws -> (status: Int32, output: String) {
        try ShippedProxy.run(
            ShippedProxy.path(of: "curl") ?? "", ["-s", "--http1.1", "--max-time", "30"] + arguments + [url])
    }

    private static func path(of program: String) -> String? {
        ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/"].map { $0 + program }
            .first(where: FileManager.default.isExecutableFile)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    /// A port that nobody listens on for now.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Failed(command: "bind") }
        return UInt16(bigEndian: address.sin_port)
    }
}
