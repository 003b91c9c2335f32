import App
import ArgumentParser
import JSON

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run files of small lives against the rules and say which figures hold. Nothing is kept.",
        discussion: """
            EXAMPLE
              bnl verify worked-month.json histories/*.json
            """)

    @Argument(help: "History files.") var files: [String]
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        var results: [(path: String, verification: HistoryVerification)] = []
        var bar = ProgressBar("verify", on: .own)
        for (index, path) in files.enumerated() {
            do throws(HistoryProblems) {
                results.append((path, HistoryVerification(try HistoryFile(try bytes(path)))))
            } catch {
                for problem in error.problems { Console.own.complain("\(path): \(problem.pointer) \(problem.reason)") }
                throw ExitCode(1)
            }
            bar.show(index + 1, of: files.count)
        }
        let checks = results.reduce(0) { $0 + $1.verification.checks }
        let misses = results.reduce(0) { $0 + $1.verification.misses.count }
        json ? printJSON(results, checks, misses) : printText(results, checks, misses)
        if misses > 0 { throw ExitCode(1) }
    }

    private func bytes(_ path: String) throws(HistoryProblems) -> [UInt8] {
        do throws(FileProblem) {
            return try FileBytes.read(path)
        } catch {
            throw HistoryProblems([FieldProblem("", error.description)])
        }
    }

    private func printText(
        _ results: [(path: String, verification: HistoryVerification)], _ checks: Int, _ misses: Int
    ) {
        for (path, verification) in results {
            for miss in verification.misses {
                print("\(path): \(miss.check) \(miss.measure): expected [\(miss.expected)], found [\(miss.found)]")
            }
        }
        print("\(checks - misses) of \(checks) checks hold")
    }

    private func printJSON(
        _ results: [(path: String, verification: HistoryVerification)], _ checks: Int, _ misses: Int
    ) {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("checks", checks)
            object.field("hold", checks - misses)
            object.array("misses") { array in
                for (path, verification) in results {
                    for miss in verification.misses {
                        array.object { entry in
                            entry.field("file", path)
                            entry.field("check", miss.check)
                            entry.field("measure", miss.measure)
                            entry.field("expected", miss.expected)
                            entry.field("found", miss.found)
                        }
                    }
                }
            }
        }
        Console.own.say(writer.bytes)
    }
}
