import Glibc

/// A client on loopback that reads and writes bytes and nothing else.
package final class Client {
    package let descriptor: Int32
    private var unread: [UInt8] = []
    /// Whether the server reset the connection instead of closing it.
    package private(set) var wasReset = false

    /// - Parameter receivesBytesMax: how much the system holds of what the client has not read yet, about.
    package init(_ port: UInt16, receivesBytesMax: Int32? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var bytes = receivesBytesMax {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // Only a test that fails waits so long.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(descriptor) }

    package func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    package func stopSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Waits until the server has given the connection up.
    package func waitForReset() {
        var state = pollfd(fd: descriptor, events: 0, revents: 0)
        _ = poll(&state, 1, 30_000)
    }

    /// All until the server closes.
    package func readToEnd() -> String {
        while receive() {}
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// One answer, as long as its Content-Length says; what there is if the server closes before.
    package func readAnswer(hasContent: Bool = true) -> String {
        while true {
            if let length = answerLength(hasContent), unread.count >= length {
                defer { unread.removeFirst(length) }
                return String(decoding: unread[..<length], as: UTF8.self)
            }
            guard receive() else { return String(decoding: unread, as: UTF8.self) }
        }
    }

    package func ask(_ text: String) -> String {
        send(text)
        return readAnswer()
    }

    private func answerLength(_ hasContent: Bool) -> Int? {
        guard let end = unread.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: unread[..<end.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        return end.upperBound + (hasContent ? length : 0)
    }

    private func receive() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count < 0, errno == ECONNRESET { wasReset = true }
        guard count > 0 else { return false }
        unread.append(contentsOf: bytes[..<count])
        return true
    }
}

extension String {
    package var status: Int { Int(dropFirst(9).prefix(3)) ?? 0 }
    package var content: String { firstRange(of: "\r\n\r\n").map { String(self[$0.upperBound...]) } ?? "" }
}
