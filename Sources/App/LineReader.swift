import Glibc

/// Reads the lines of a file or of standard input as they come, whatever the length of the whole.
package final class LineReader {
    /// A line without its end.
    package enum Line: Hashable, Sendable {
        case text([UInt8])
        /// Longer than any line may be; it was passed over.
        case tooLong
    }

    private let path: String
    private let descriptor: Int32
    private let bytesMax: Int
    private var rest: [UInt8] = []
    private var isPassingOver = false
    private var isAtEnd = false

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - bytesMax: the longest line.
    package init(_ path: String, bytesMax: Int = 16 << 20) throws(FileProblem) {
        self.path = path
        self.bytesMax = bytesMax
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(path: path, reason: String(cString: strerror(errno))) }
    }

    deinit { close(descriptor) }

    /// The lines that have come since; `nil` when there are no more.
    package func next() throws(FileProblem) -> [Line]? {
        while !isAtEnd {
            let lines = take(try readSome())
            if !lines.isEmpty { return lines }
        }
        guard !rest.isEmpty || isPassingOver else { return nil }
        defer {
            rest = []
            isPassingOver = false
        }
        return [isPassingOver ? .tooLong : .text(rest)]
    }

    private func take(_ chunk: ArraySlice<UInt8>) -> [Line] {
        var lines: [Line] = []
        var chunk = chunk
        while let end = chunk.firstIndex(of: 0x0A) {
            add(chunk[..<end])
            lines.append(isPassingOver ? .tooLong : .text(rest))
            rest = []
            isPassingOver = false
            chunk = chunk[(end + 1)...]
        }
        add(chunk)
        return lines
    }

    private func add(_ bytes: ArraySlice<UInt8>) {
        if !isPassingOver { rest += bytes }
        guard rest.count > bytesMax else { return }
        rest = []
        isPassingOver = true
    }

    /// Some bytes, or none at the end.
    private func readSome() throws(FileProblem) -> ArraySlice<UInt8> {
        var chunk = [UInt8](repeating: 0, count: 262_144)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileProblem(path: path, reason: String(cString: strerror(errno))) }
            isAtEnd = count == 0
            return chunk.prefix(count)
        }
    }
}
