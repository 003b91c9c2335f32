import CLinux
import Glibc
import HTTP

/// Why a server did not start.
package struct StartError: Error, CustomStringConvertible {
    /// What could not be done.
    package let step: String
    /// The system's number for the reason.
    package let errorNumber: Int32

    package var description: String { "\(step): \(String(cString: strerror(errorNumber)))" }

    init(_ step: String, _ errorNumber: Int32 = errno) {
        self.step = step
        self.errorNumber = errorNumber
    }
}

extension sockaddr_storage {
    /// The address that the literal writes, `127.0.0.1` or `::1`; names are not looked up.
    init?(literal: String, port: UInt16) {
        self.init()
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, literal, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: four, as: sockaddr_in.self) }
        } else if inet_pton(AF_INET6, literal, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: six, as: sockaddr_in6.self) }
        } else {
            return nil
        }
    }

    /// The address without its port.
    var address: Address {
        var storage = self
        if Int32(ss_family) == AF_INET {
            let word = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self).sin_addr.s_addr }
            return Address(v4: UInt32(bigEndian: word))
        }
        let bytes = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self).sin6_addr }
        return withUnsafeBytes(of: bytes) { raw in
            Address(
                high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    var port: UInt16 {
        withUnsafeBytes(of: self) { raw in
            Int32(ss_family) == AF_INET
                ? UInt16(bigEndian: raw.load(as: sockaddr_in.self).sin_port)
                : UInt16(bigEndian: raw.load(as: sockaddr_in6.self).sin6_port)
        }
    }

    var length: socklen_t {
        socklen_t(Int32(ss_family) == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
    }

    /// The same bytes as the system's calls want them.
    mutating func withSocketAddress<Answer>(_ body: (UnsafeMutablePointer<sockaddr>) -> Answer) -> Answer {
        withUnsafeMutablePointer(to: &self) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}

/// The sockets on which a server is called, one per loop, all on one port.
enum Listeners {
    static func open(_ address: String, port: UInt16, count: Int) throws(StartError) -> (
        descriptors: [Int32], port: UInt16
    ) {
        guard var storage = sockaddr_storage(literal: address, port: port) else {
            throw StartError("no address: \(address)", EINVAL)
        }
        var descriptors: [Int32] = []
        do throws(StartError) {
            for number in 0..<count {
                let descriptor = socket(
                    Int32(storage.ss_family),
                    Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
                guard descriptor >= 0 else { throw StartError("socket") }
                descriptors.append(descriptor)
                switchOn(SO_REUSEADDR, descriptor)
                // The first one binds alone: shared from the start, a second server could take half of the calls.
                if number > 0 { switchOn(SO_REUSEPORT, descriptor) }
                let length = storage.length
                guard storage.withSocketAddress({ bind(descriptor, $0, length) }) == 0 else {
                    throw StartError("bind \(address):\(storage.port)")
                }
                if number == 0 {
                    switchOn(SO_REUSEPORT, descriptor)
                    var filled = length
                    guard storage.withSocketAddress({ getsockname(descriptor, $0, &filled) }) == 0 else {
                        throw StartError("getsockname")
                    }
                }
            }
            for descriptor in descriptors {
                guard listen(descriptor, 4_096) == 0 else { throw StartError("listen \(address):\(storage.port)") }
            }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
        return (descriptors, storage.port)
    }

    private static func switchOn(_ option: Int32, _ descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
