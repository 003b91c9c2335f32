import Crypto
import Glibc

/// How long a file is and what it hashes to.
package struct FileDigest: Hashable, Sendable {
    package let count: Int
    /// SHA-256, as hexadecimal digits.
    package let hash: String

    init(count: Int, hash: String) {
        self.count = count
        self.hash = hash
    }

    /// Reads the file, which must not be the record's own: closing it would drop SQLite's locks.
    init(_ path: String) throws(StoreError) {
        let count = try FileDigest.reading(path) { _ in }
        self = count
    }

    /// Copies a file and answers what it was.
    static func copy(_ source: String, to target: String) throws(StoreError) -> FileDigest {
        let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(target) cannot be made: \(systemMessage())") }
        defer { close(descriptor) }
        let digest = try reading(source) { piece throws(StoreError) in
            var rest = piece[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    throw errno == ENOSPC ? .full : .unavailable(detail: "\(target): \(systemMessage())")
                }
                rest = rest.dropFirst(count)
            }
        }
        guard fsync(descriptor) == 0 else { throw .unavailable(detail: "\(target): \(systemMessage())") }
        return digest
    }

    private static func reading(
        _ path: String, _ take: ([UInt8]) throws(StoreError) -> Void
    ) throws(StoreError) -> FileDigest {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(path) cannot be read: \(systemMessage())") }
        defer { close(descriptor) }
        var hash = SHA256()
        var bytes = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unavailable(detail: "\(path) cannot be read: \(systemMessage())") }
            guard count > 0 else { return FileDigest(count: bytes, hash: Hex.text(hash.finalize())) }
            let piece = Array(buffer[..<count])
            hash.update(data: piece)
            bytes += count
            try take(piece)
        }
    }
}
