package import Foundation

/// One of our programs, running, to be killed at a moment that the test chooses.
package final class ChildProcess {
    private let process = Process()
    private let output = Pipe()
    private var bytes: [UInt8] = []

    /// - Parameters:
    ///   - name: the program, which lies beside the tests.
    ///   - input: its standard input; nothing by default.
    ///   - complaints: where its standard error goes; nowhere by default.
    ///   - tracer: a program with its arguments that starts ours and steps aside, as `strace -D` does.
    package init(
        _ name: String, _ arguments: [String], input: FileHandle = .nullDevice, complaints: FileHandle = .nullDevice,
        under tracer: [String] = []
    ) throws {
        let words = tracer + [try ChildProcess.path(of: name)] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
    }

    package var id: Int { Int(process.processIdentifier) }

    /// Waits for the first whole line of output; false if the program ended without one.
    package func waitForLine() -> Bool {
        while !bytes.contains(10) {
            guard read(withinMilliseconds: 60_000) else { return false }
        }
        return true
    }

    /// The whole lines that were written so far.
    package var lines: [String] {
        let whole = bytes.prefix(through: bytes.lastIndex(of: 10) ?? -1)
        return whole.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Asks the program to end, as an operator does.
    package func terminate() { Foundation.kill(process.processIdentifier, SIGTERM) }

    /// Ends the program as a power cut would.
    package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Goes on reading for so long, then kills the program as a power cut would end it; answers its whole lines.
    package func kill(afterMilliseconds wait: Int) -> [String] {
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(wait)
        while clock.now < end {
            let left = (end - clock.now).components
            let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
            guard read(withinMilliseconds: Int32(clamping: max(1, milliseconds))) else { break }
        }
        kill()
        return finish()
    }

    /// Waits for the end of the program and answers its whole lines.
    @discardableResult
    package func finish() -> [String] {
        while read(withinMilliseconds: 60_000) {}
        process.waitUntilExit()
        return lines
    }

    /// Whether it ended by itself and well.
    package var hasSucceeded: Bool { status == 0 }

    /// The status with which it ended by itself; `nil` if something else ended it.
    package var status: Int32? { process.terminationReason == .exit ? process.terminationStatus : nil }

    /// Reads what there is, or waits for it; false at the end of the output.
    private func read(withinMilliseconds wait: Int32) -> Bool {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, wait) > 0 else { return true }
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = piece.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        bytes += piece.prefix(count)
        return true
    }

    /// The programs are built into the folder of the tests, or one above it.
    package static func path(of name: String) throws -> String {
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let isThere = { FileManager.default.isExecutableFile(atPath: $0) }
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent(name).path
        if isThere(beside) { return beside }
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let path = folder.appendingPathComponent(name).path
            if isThere(path) { return path }
        }
        throw NotBuilt(name: name)
    }
}

/// A program that the test needs is not there.
package struct NotBuilt: Error, CustomStringConvertible {
    let name: String

    package var description: String { "there is no \(name) beside the tests: build the whole package first" }
}
