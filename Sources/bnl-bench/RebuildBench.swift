import App
import ArgumentParser
import Store

struct RebuildBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Rebuild the projections of a filled community.")

    @Option(help: "People in the community.") var people = 50_000

    func run() throws {
        let folder = ScratchFolder()
        let bench = try BenchStore(path: folder.path)
        let filling = try timed { try bench.fill(people, months: 36) }
        print("filled with \(people) people in \(rounded(filling)) s")
        let seconds = try timed { try bench.workspace.store.rebuild(community: BenchStore.code) }
        print("rebuild: \(Int(Double(people) / seconds)) people/s, target at least 20000")
        bench.workspace.store.close()
    }
}
