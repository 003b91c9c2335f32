import Glibc
import Threads

/// Where a running server takes commands from its own machine: a socket in the data folder that only its owner opens.
package struct ControlSocket: Sendable {
    private let listener: Int32
    private let folder: String
    private let thread: Thread

    /// - Parameters:
    ///   - folder: the data folder.
    ///   - perform: carries a command out, on a thread of its own, and answers with its exit status.
    package init(
        folder: String, perform: @escaping @Sendable (ControlOrder, Console) -> Int32
    ) throws(SettingProblem) {
        unlink(folder + "/control")
        let listener = ControlConnection.withAddress(in: folder) { descriptor, address, size in
            let isBound = bind(descriptor, address, size) == 0 && listen(descriptor, 8) == 0
            if !isBound { close(descriptor) }
            return isBound ? descriptor : nil
        }
        guard let listener, let listener else { throw SettingProblem("no control socket can be made in \(folder)") }
        chmod(folder + "/control", 0o600)
        self.listener = listener
        self.folder = folder
        thread = Thread { ControlSocket.accept(on: listener, perform) }
    }

    /// Takes no more commands; those under way end by themselves.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        thread.join()
        close(listener)
        unlink(folder + "/control")
    }

    private static func accept(
        on listener: Int32, _ perform: @escaping @Sendable (ControlOrder, Console) -> Int32
    ) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            if descriptor < 0, errno == EINTR || errno == ECONNABORTED { continue }
            if descriptor < 0, [EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(errno) {
                poll(nil, 0, 100)
                continue
            }
            guard descriptor >= 0 else { break }
            // Nobody waits for it: when the record closes under a command, the command fails and says so.
            Thread {
                // What an export of thousands is read with, clients are not to wait for.
                Thread.stepBack()
                serve(ControlConnection(descriptor: descriptor), perform)
            }.detach()
        }
    }

    private static func serve(
        _ connection: ControlConnection, _ perform: @Sendable (ControlOrder, Console) -> Int32
    ) {
        defer { connection.close() }
        guard case .order(let bytes)? = connection.receive(), let order = ControlOrder(bytes) else { return }
        let console = Console(
            out: { ControlSocket.pieces($0).forEach { connection.send(.out($0)) } },
            complaints: { ControlSocket.pieces($0).forEach { connection.send(.complaint($0)) } },
            isWatched: order.isWatched, directory: order.directory, user: connection.peerName)
        connection.send(.exit(perform(order, console)))
    }

    private static func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: ControlMessage.bytesMax).map {
            Array(bytes[$0..<min(bytes.count, $0 + ControlMessage.bytesMax)])
        }
    }
}

/// Hands a command to the server that holds the data folder.
package enum ControlClient {
    /// The exit status of the command as the server carried it out; `nil` if no server answers there.
    package static func send(_ arguments: [String], to folder: String, console: Console) -> Int32? {
        let connected = ControlConnection.withAddress(in: folder) { descriptor, address, size -> ControlConnection? in
            guard connect(descriptor, address, size) == 0 else {
                close(descriptor)
                return nil
            }
            return ControlConnection(descriptor: descriptor)
        }
        guard let connection = connected ?? nil else { return nil }
        defer { connection.close() }
        connection.send(.order(ControlOrder(arguments: arguments, console: console).bytes))
        while let message = connection.receive() {
            switch message {
            case .out(let bytes): FileDescriptorWriting.write(bytes, to: STDOUT_FILENO)
            case .complaint(let bytes): FileDescriptorWriting.write(bytes, to: STDERR_FILENO)
            case .exit(let status): return status
            case .order: return 1
            }
        }
        console.complain("bnl: the server ended while it carried the command out; look at its log, then repeat it")
        return 1
    }
}
