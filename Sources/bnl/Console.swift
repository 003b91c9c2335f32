import Glibc

/// Standard output and error, in whole lines.
enum Console {
    static func complain(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Bytes and a line end to standard output.
    static func say(_ bytes: [UInt8]) { write(bytes + [10], to: STDOUT_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes over the line that stands on standard error.
    static func overwrite(_ text: String) { write("\r" + text, to: STDERR_FILENO) }

    /// Whether somebody watches standard error.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }
}

/// A progress bar on standard error, where somebody watches; else nothing.
struct ProgressBar {
    private let label: String
    private var lastShown = -1

    init(_ label: String) {
        self.label = label
    }

    mutating func show(_ done: Int, of total: Int) {
        guard Console.isWatched, total > 0 else { return }
        let percent = min(100, done * 100 / total)
        guard percent != lastShown else { return }
        lastShown = percent
        let bar = String(repeating: "#", count: percent / 4) + String(repeating: ".", count: 25 - percent / 4)
        Console.overwrite("\(label) [\(bar)] \(percent) %" + (percent == 100 ? "\n" : ""))
    }
}

/// A running count on standard error, where somebody watches and the end is not known.
struct ProgressCount {
    private let label: String

    init(_ label: String) {
        self.label = label
    }

    mutating func show(_ done: Int) {
        guard Console.isWatched, done % 100 == 0 else { return }
        Console.overwrite("\(label): \(done)")
    }
}
