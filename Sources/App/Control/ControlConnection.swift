import CLinux
import Glibc

/// One end of a connection over the control socket.
struct ControlConnection: Sendable {
    let descriptor: Int32

    func send(_ message: ControlMessage) {
        var rest = message.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            // Who gave the command has gone: the command goes on, and nobody hears of it.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// The next message; `nil` at the end, or for what is no message of ours.
    func receive() -> ControlMessage? {
        guard let head = read(5) else { return nil }
        let length = head[1...].reduce(0) { $0 << 8 | Int($1) }
        guard length <= ControlMessage.bytesMax, let bytes = read(length) else { return nil }
        return ControlMessage(kind: head[0], bytes)
    }

    func close() { Glibc.close(descriptor) }

    /// The user at the other end, as the system knows them.
    var peerName: String {
        let user = bnl_peer_user(descriptor)
        guard user >= 0 else { return "unknown" }
        guard let entry = getpwuid(uid_t(user)), let name = entry.pointee.pw_name else { return "user \(user)" }
        return String(cString: name)
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress.map { $0 + filled }, count - filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }

    /// A socket for the address of a data folder's control socket.
    ///
    /// By the folder's descriptor, because an address holds only 107 bytes and a folder's path may be longer.
    static func withAddress<Answer>(
        in folder: String, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Answer
    ) -> Answer? {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return nil }
        defer { Glibc.close(directory) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("/proc/self/fd/\(directory)/control".utf8) + [0]
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                body(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
