import CLinux
import Glibc
import HTTP

extension Loop {
    private static let overloaded: StaticString =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    /// Lets in who waits at the listener.
    ///
    /// - Parameter isLast: nobody is let in later, so that who cannot be is told at once.
    func acceptCalls(atMost limit: Int, isLast: Bool = false) {
        guard listener >= 0 else { return }
        var left = limit
        while left > 0 {
            left -= 1
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = storage.withSocketAddress { accept4(listener, $0, &length, flags) }
            guard descriptor < 0 else {
                admit(descriptor, storage.address)
                continue
            }
            switch errno {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                guard turnOneAway(), isLast else { return pauseAccepting() }
            // Callers that gave up while they waited, and errors of the network that belong to one caller (accept(2)).
            case EINTR, ECONNABORTED, EPROTO, ENOPROTOOPT, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET:
                continue
            default: return
            }
        }
    }

    private func admit(_ descriptor: Int32, _ address: Address) {
        guard gate.enter(address) else { return sendAway(descriptor) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        // What a closed connection still owes is the kernel's: it gives up as we would (tcp(7)).
        var patience = UInt32(clamping: limits.writeMilliseconds)
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &patience, socklen_t(MemoryLayout<UInt32>.size))
        let connection = Connection(descriptor, address, loop: self)
        remember(connection)
        watch(descriptor, EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue)
        Task(executorPreference: self) { await connection.serve() }
    }

    /// No descriptor is left: the one in reserve lets a caller hear so; whether one did.
    private func turnOneAway() -> Bool {
        guard reserve >= 0 else {
            reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
            return false
        }
        close(reserve)
        let descriptor = accept4(listener, nil, nil, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
        if descriptor >= 0 { sendAway(descriptor) }
        reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
        return descriptor >= 0
    }

    /// The next callers wait a moment.
    private func pauseAccepting() {
        unwatch(listener)
        acceptsAgainAt = now + limits.acceptPauseMilliseconds * 1_000_000
    }

    private func sendAway(_ descriptor: Int32) {
        let answer = Self.overloaded
        _ = send(descriptor, answer.utf8Start, answer.utf8CodeUnitCount, Int32(MSG_NOSIGNAL))
        shutdown(descriptor, Int32(SHUT_WR))
        // Unread bytes would turn the close into a reset, and a reset may take the answer with it.
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { _ = recv(descriptor, $0.baseAddress, 4_096, 0) }
        close(descriptor)
    }
}
