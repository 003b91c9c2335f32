import App
import ArgumentParser
import Glibc
import Store

/// A command that writes: on the record itself or, where a server holds the data folder, through the server.
protocol RecordCommand: ParsableCommand {
    var data: DataOptions { get }

    /// Does the work on an open record; what it writes goes to whoever gave the command.
    func perform(in workspace: Workspace, _ console: Console) throws
}

extension RecordCommand {
    func run() throws {
        let console = Console.own
        let workspace: Workspace
        do {
            workspace = try data.open(.writing)
        } catch StoreError.held(let process) {
            let arguments = Array(CommandLine.arguments.dropFirst())
            guard let status = ControlClient.send(arguments, to: data.path, console: console) else {
                throw StoreError.held(byProcess: process)
            }
            guard status == 0 else { throw ExitCode(status) }
            return
        }
        defer { workspace.store.close() }
        try perform(in: workspace, console)
    }
}

/// Carries out, inside a server, what was asked for on a command line beside it.
enum CarriedOut {
    static func perform(_ order: ControlOrder, in workspace: Workspace, _ console: Console) -> Int32 {
        do {
            guard let command = try ByNameListCommand.parseAsRoot(order.arguments) as? any RecordCommand else {
                console.complain("bnl: this command is not one that a server carries out")
                return 2
            }
            try command.perform(in: workspace, console)
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            let isWrongCommand = ByNameListCommand.exitCode(for: error) == .validationFailure
            console.complain(
                isWrongCommand ? ByNameListCommand.fullMessage(for: error) : "bnl: \(Explanation.of(error))")
            return isWrongCommand ? 2 : 1
        }
    }
}
