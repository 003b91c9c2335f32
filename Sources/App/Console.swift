import Glibc

/// Where a command writes: to this process's own terminal, or over the control socket to that of another.
package struct Console: Sendable {
    private let out: @Sendable ([UInt8]) -> Void
    private let complaints: @Sendable ([UInt8]) -> Void
    /// Whether somebody watches standard error.
    package let isWatched: Bool
    /// What relative paths of the command's arguments start from.
    package let directory: String
    /// Who gave the command: the user of the operating system.
    package let user: String

    init(
        out: @escaping @Sendable ([UInt8]) -> Void, complaints: @escaping @Sendable ([UInt8]) -> Void,
        isWatched: Bool, directory: String, user: String
    ) {
        self.out = out
        self.complaints = complaints
        self.isWatched = isWatched
        self.directory = directory
        self.user = user
    }

    /// The terminal, files or pipes of this process.
    package static var own: Console {
        Console(
            out: { FileDescriptorWriting.write($0, to: STDOUT_FILENO) },
            complaints: { FileDescriptorWriting.write($0, to: STDERR_FILENO) },
            isWatched: isatty(STDERR_FILENO) == 1, directory: currentDirectory, user: Workspace.userName)
    }

    static var currentDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    /// Bytes and a line end to standard output.
    package func say(_ bytes: [UInt8]) { out(bytes + [10]) }

    /// Bytes as they are to standard output.
    package func write(_ bytes: [UInt8]) { out(bytes) }

    /// A line to standard output.
    package func say(_ text: String) { say(Array(text.utf8)) }

    /// A line to standard error.
    package func complain(_ text: String) { complaints(Array((text + "\n").utf8)) }

    /// Writes over the line that stands on standard error.
    package func overwrite(_ text: String) { complaints(Array(("\r" + text).utf8)) }

    /// A path of the command line, from wherever the command was given.
    package func path(_ path: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }
}

/// A progress bar on standard error, where somebody watches; else nothing.
package struct ProgressBar {
    private let label: String
    private let console: Console
    private var lastShown = -1

    package init(_ label: String, on console: Console) {
        self.label = label
        self.console = console
    }

    package mutating func show(_ done: Int, of total: Int) {
        guard console.isWatched, total > 0 else { return }
        let percent = min(100, done * 100 / total)
        guard percent != lastShown else { return }
        lastShown = percent
        let bar = String(repeating: "#", count: percent / 4) + String(repeating: ".", count: 25 - percent / 4)
        console.overwrite("\(label) [\(bar)] \(percent) %" + (percent == 100 ? "\n" : ""))
    }
}

/// A running count on standard error, where somebody watches and the end is not known.
package struct ProgressCount {
    private let label: String
    private let console: Console

    package init(_ label: String, on console: Console) {
        self.label = label
        self.console = console
    }

    package mutating func show(_ done: Int) {
        guard console.isWatched, done % 100 == 0 else { return }
        console.overwrite("\(label): \(done)")
    }
}
