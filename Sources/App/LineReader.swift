import Glibc

/// Reads the lines of a file or of standard input as they come, whatever the length of the whole.
package final class LineReader {
    /// The longest line.
    package static let bytesMax = 16 * 1024 * 1024

    private let path: String
    private let descriptor: Int32
    private var rest: [UInt8] = []
    private var isAtEnd = false

    /// - Parameter path: `-` is standard input.
    package init(_ path: String) throws(FileProblem) {
        self.path = path
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(path: path, reason: String(cString: strerror(errno))) }
    }

    deinit { close(descriptor) }

    /// The lines that have come since, without their ends; `nil` when there are no more.
    package func next() throws(FileProblem) -> [ArraySlice<UInt8>]? {
        while !isAtEnd {
            guard try readSome() else { continue }
            let whole = rest
            guard let end = whole.lastIndex(of: 0x0A) else { continue }
            rest = Array(whole[(end + 1)...])
            return whole[..<end].split(separator: 0x0A)
        }
        guard !rest.isEmpty else { return nil }
        defer { rest = [] }
        return [rest[...]]
    }

    /// Whether bytes came that hold the end of a line.
    private func readSome() throws(FileProblem) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 262_144)
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR { return false }
            throw FileProblem(path: path, reason: String(cString: strerror(errno)))
        }
        if count == 0 {
            isAtEnd = true
            return false
        }
        rest += chunk.prefix(count)
        guard rest.count <= LineReader.bytesMax else {
            throw FileProblem(path: path, reason: "it has a line of more than 16 MiB")
        }
        return chunk.prefix(count).contains(0x0A)
    }
}
