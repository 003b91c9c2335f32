import Fixtures
import Foundation
import JSON
import Testing

@Suite struct `Cases on standard input` {
    private struct Outcome {
        let lines: [JSONValue]
        let status: Int32?
    }

    private func evaluate(_ lines: [[UInt8]]) throws -> Outcome {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString).jsonl")
        try Data(lines.joined(separator: [10])).write(to: file)
        defer {
            // Nothing depends on the file being gone.
            try? FileManager.default.removeItem(at: file)
        }
        let process = try ChildProcess(
            "bnl", ["chronic", "evaluate"], input: try FileHandle(forReadingFrom: file))
        let answers = process.finish()
        return Outcome(lines: try answers.map { try JSONValue(Array($0.utf8)) }, status: process.status)
    }

    @Test func `are all judged, one line each, in their order`() throws {
        let cases = try PublishedCase.all()
        #expect(cases.count == 96)
        // Longer than what is read at once.
        let many = Array(repeating: cases, count: 12).flatMap { $0 }
        let outcome = try evaluate(many.map(\.line))
        #expect(outcome.status == 0)
        try #require(outcome.lines.count == many.count)
        for (published, answer) in zip(many, outcome.lines) {
            #expect(answer["id"] == .string(published.id))
            #expect(published.misses(in: answer) == [])
        }
    }

    @Test func `go on after a line that cannot be read, which is answered too`() throws {
        let cases = try PublishedCase.all()
        let wrong: [(line: String, id: JSONValue, word: String)] = [
            (#"{"id": "wrong", "as_of": "2024-02-30", "rule": "us_hud"}"#, .string("wrong"), "/as_of"),
            (#"{"id": 7, "as_of": "2024-02-29", "stays": [{"start": "x"}]}"#, .integer(7), "/stays/0/type"),
            ("{", .null, "not JSON"), ("[]", .null, "the line"),
        ]
        for wrong in wrong {
            var lines = cases.map(\.line)
            lines.insert(Array(wrong.line.utf8), at: 50)
            let outcome = try evaluate(lines)
            #expect(outcome.status == 1)
            try #require(outcome.lines.count == lines.count)
            #expect(outcome.lines[50]["id"] == wrong.id)
            guard case .string(let error) = outcome.lines[50]["error"] else {
                Issue.record("no error for \(wrong.line)")
                continue
            }
            #expect(error.contains(wrong.word))
            var answers = outcome.lines
            answers.remove(at: 50)
            for (published, answer) in zip(cases, answers) { #expect(published.misses(in: answer) == []) }
        }
    }

    @Test func `may be none, and lines may be blank`() throws {
        #expect(try evaluate([]).status == 0)
        let outcome = try evaluate([[], [32], Array(#"{"as_of": "2024-02-29"}"#.utf8) + [13], []])
        #expect(outcome.status == 0 && outcome.lines.count == 1)
    }
}
