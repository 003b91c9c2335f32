import App
import ArgumentParser
import JSON
import Views

struct ChronicEvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Judge one case a line and print one verdict a line, with its evidence. Nothing is kept.",
        discussion: """
            A line is a JSON object: rule (us_hud, ca_reaching_home, on_2018; absent: all three), as_of,
            disabling_condition (yes, no, unknown), household_role (single, head, adult, minor_head, child), and stays
            of type, start and end. A line that cannot be read is answered with an error; the others go on, and the exit
            status is 1.

            EXAMPLE
              echo '{"rule":"on_2018","as_of":"2024-06-30","stays":[{"type":"unsheltered","start":"2024-01-01"}]}' \\
                | bnl chronic evaluate
            """)

    @Argument(help: "A file of JSON lines; - or nothing: standard input.") var file = "-"

    func run() throws {
        let lines = try LineReader(file == "-" ? file : Console.own.path(file))
        var isAllRead = true
        while let batch = try lines.next() {
            var answers: [UInt8] = []
            for line in batch {
                guard let answer = answer(line, &isAllRead) else { continue }
                answers += answer
                answers.append(0x0A)
            }
            Console.own.write(answers)
        }
        if !isAllRead { throw ExitCode(1) }
    }

    /// The answer to a line; `nil` for a blank one.
    private func answer(_ line: LineReader.Line, _ isAllRead: inout Bool) -> [UInt8]? {
        var writer = JSONWriter()
        guard case .text(let line) = line else {
            refuse(.null, "the line is longer than 16 MiB", &writer)
            isAllRead = false
            return writer.bytes
        }
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
        do throws(JSONProblem) {
            let value = try JSONValue(line)
            let problems = FieldProblems()
            if let asked = ChronicCase(value, problems) {
                writer.object { asked.answer(to: &$0) }
                return writer.bytes
            }
            let found = problems.found.map { "\($0.pointer.isEmpty ? "the line" : $0.pointer) \($0.reason)" }
            refuse(id(of: value), found.joined(separator: "; "), &writer)
        } catch {
            refuse(.null, "the line is not JSON at byte \(error.offset): \(error.reason.rawValue)", &writer)
        }
        isAllRead = false
        return writer.bytes
    }

    private func refuse(_ id: JSONValue, _ reason: String, _ writer: inout JSONWriter) {
        writer.object { object in
            object.field("id", id)
            object.field("error", reason)
        }
    }

    /// What the case calls itself, of whatever kind.
    private func id(of value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return .null }
        return members.first { $0.key == "id" }?.value ?? .null
    }
}
