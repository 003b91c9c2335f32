import Glibc

/// The bytes of a file.
package enum FileBytes {
    /// Files that are read at once are at most this large.
    package static let bytesMax = 64 * 1024 * 1024

    package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw FileProblem(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= bytesMax else { throw FileProblem(path: path, reason: "it is larger than 64 MiB") }
        }
    }
}

/// A file that cannot be read.
package struct FileProblem: Error, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "\(path) cannot be read: \(reason)" }
}
