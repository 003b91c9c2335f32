import Fixtures
import Foundation
import Testing

@Suite(.serialized) struct `A server that starts` {
    private func isRefused(_ arguments: [String], because reason: String) throws -> Bool {
        let complaints = Pipe()
        let process = try ChildProcess("bnl", arguments, complaints: complaints.fileHandleForWriting)
        process.finish()
        try complaints.fileHandleForWriting.close()
        let words = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return !process.hasSucceeded && words.contains(reason)
    }

    @Test func `holds its folder and its port alone`() throws {
        let (first, second) = (try ServedRecord(), try ServedRecord())
        try first.start()
        #expect(try isRefused(["serve", "--data", first.folder, "--port", "0"], because: "held by process"))
        #expect(
            try isRefused(["serve", "--data", second.folder, "--port", "\(first.port)"], because: "\(first.port)"))
        #expect(first.stop())
    }

    @Test func `refuses a folder into which others may look`() throws {
        let record = try ServedRecord()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: record.folder)
        #expect(try isRefused(["serve", "--data", record.folder, "--port", "0"], because: "chmod 700"))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: record.folder)
    }

    @Test func `keeps its files for its owner`() throws {
        let record = try ServedRecord()
        try record.start()
        let files = try FileManager.default.contentsOfDirectory(atPath: record.folder)
        #expect(files.contains("record.sqlite3") && files.contains("control"))
        for file in files {
            let attributes = try FileManager.default.attributesOfItem(atPath: record.folder + "/" + file)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            #expect(mode & 0o077 == 0, "\(file)")
        }
        #expect(record.stop())
    }

    @Test func `listens where others can reach it only when it is told to`() throws {
        let record = try ServedRecord()
        #expect(
            try isRefused(
                ["serve", "--data", record.folder, "--port", "0", "--address", "0.0.0.0"],
                because: "--insecure-listen"))
    }

    @Test func `names settings that it does not know, and values that they cannot have`() throws {
        let record = try ServedRecord()
        for wrong in ["no.such=1", "drain.seconds=soon", "listen.port=70000"] {
            #expect(
                try isRefused(
                    ["serve", "--data", record.folder, "--set", wrong],
                    because: String(wrong.prefix { $0 != "=" })))
        }
    }

    @Test func `says what it is`() throws {
        let lines = try ChildProcess("bnl", ["--version"]).finish().joined()
        #expect(lines.contains("commit") && lines.contains("SQLite 3."))
    }
}
