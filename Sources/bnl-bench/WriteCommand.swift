import App
import ArgumentParser
import ByNameList
import Glibc
import Store

/// Writes until it is killed, and prints each change once it is acknowledged: what the kill test drives.
struct WriteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Admit people from several threads and print each record's number when it is on disk.")

    @Option(help: "The data folder; its community is called bench.") var data: String
    @Option(help: "Changes that wait at a time.") var clients = 8
    @Option(help: "Changes to make in all.") var changes = 1_000_000

    func run() throws {
        let bench = try BenchStore.opened(path: data)
        let load = ClientLoad(store: bench.workspace.store, origin: bench.origin)
        load.run(changes: changes, clients: clients) { person in
            // One write for each line: whoever reads it may kill this process at any moment.
            let line = Array("\(person.number)\n".utf8)
            _ = line.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
        bench.workspace.store.close()
    }
}
