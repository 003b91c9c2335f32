import Glibc

/// A connection of a load: one request under way at the most.
final class Line {
    /// How far an answer is.
    enum Progress {
        case more, whole, closed
    }

    private static let bytesMax = 65_536

    let descriptor: Int32
    /// When what is under way was due, on the clock that never goes back, in nanoseconds.
    var due: UInt64 = 0
    private(set) var status = 0
    private let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytesMax)
    private var filled = 0
    /// Of the body, what is still to come; `nil` until the head is whole.
    private var bodyLeft: Int?

    /// A connection to a port of this machine.
    init?(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in.loopback(port: port)
        let isConnected = address.withSocketAddress {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
        guard isConnected else { return nil }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
        memory.deallocate()
    }

    /// Sends a request; it is small enough for the kernel to take it whole.
    func send(_ request: [UInt8]) {
        filled = 0
        bodyLeft = nil
        _ = request.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Reads once of what is there.
    func receive() -> Progress {
        if bodyLeft != nil || filled == Line.bytesMax { filled = 0 }
        let count = recv(descriptor, memory + filled, Line.bytesMax - filled, 0)
        if count < 0, errno == EINTR || errno == EAGAIN { return .more }
        guard count > 0 else { return .closed }
        filled += count
        if let left = bodyLeft {
            bodyLeft = left - count
        } else if let (length, body) = head() {
            bodyLeft = length + body - filled
        }
        return bodyLeft.map { $0 <= 0 ? .whole : .more } ?? .more
    }

    /// Sends, and waits for the answer, of which the text is kept if it is small.
    func exchange(_ request: LoadRequest) -> (status: Int, text: String)? {
        send(request.bytes)
        while true {
            switch receive() {
            case .more: continue
            case .closed: return nil
            case .whole:
                return (status, String(decoding: UnsafeBufferPointer(start: memory, count: filled), as: UTF8.self))
            }
        }
    }

    /// Lengths of the head and of the body, once the head is whole.
    private func head() -> (head: Int, body: Int)? {
        var length = 0
        var place = 0
        while place + 3 < filled {
            defer { place += 1 }
            guard memory[place] == 13, memory[place + 1] == 10 else { continue }
            if memory[place + 2] == 13 {
                status = decimal(at: 9)
                return (place + 4, status == 304 ? 0 : length)
            }
            if isContentLength(at: place + 2) { length = decimal(at: place + 16) }
        }
        return nil
    }

    /// Whether a field begins there that is as long as Content-Length, with the same capitals and the same blank.
    private func isContentLength(at place: Int) -> Bool {
        place + 16 < filled && memory[place] | 0x20 == UInt8(ascii: "c")
            && memory[place + 8] | 0x20 == UInt8(ascii: "l") && memory[place + 14] == UInt8(ascii: ":")
    }

    private func decimal(at place: Int) -> Int {
        var (number, place) = (0, place)
        while place < filled, memory[place] >= 48, memory[place] <= 57 {
            number = number * 10 + Int(memory[place] - 48)
            place += 1
        }
        return number
    }
}

extension sockaddr_in {
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    mutating func withSocketAddress<Answer>(_ body: (UnsafeMutablePointer<sockaddr>) -> Answer) -> Answer {
        withUnsafeMutablePointer(to: &self) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
