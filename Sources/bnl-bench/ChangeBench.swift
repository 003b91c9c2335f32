import App
import ArgumentParser
import ByNameList
import CRowLoop
import CivilTime
import Glibc
import Store

struct ChangeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Durable changes from 32 waiting clients, against a C loop that writes the same rows.")

    @Option(help: "People already in.") var people = 100_000
    @Option(help: "Changes to measure in each round.") var changes = 10_000
    @Option(help: "Changes that wait at a time.") var clients = 32
    @Option(help: "Rounds, product and rival in turn.") var rounds = 3

    func run() throws {
        let folder = ScratchFolder()
        let bench = try BenchStore.opened(path: folder.path)
        try bench.fill(people, months: 36)
        var ratios: [Double] = []
        var store = bench.workspace.store
        for round in 1...rounds {
            let before = try RowCount(store, bench.community)
            let load = ClientLoad(store: store, origin: bench.origin)
            let seconds = timed { load.run(changes: changes, clients: clients) { _ in } }
            let plan = try RowCount(store, bench.community).plan(
                since: before, changes: changes, clients: clients, bench)
            store.close()
            let rival = row_loop(folder.path + "/record.sqlite3", Int32(changes), plan.plan)
            let ratio = rival / seconds
            ratios.append(ratio)
            print(
                "round \(round): \(Int(Double(changes) / seconds)) changes/s; "
                    + "C loop \(Int(Double(changes) / rival)) changes/s; "
                    + "ratio \(rounded(ratio)); \(plan.words)")
            store = try BenchStore.opened(path: folder.path).workspace.store
        }
        print("durable change: \(rounded(median(ratios))) x the C loop, target at least 0.6")
        store.close()
    }
}

extension ChangeBench {
    /// Rows of each table and bytes of the file, to see what changes write.
    struct RowCount {
        let facts: Int
        let spells: Int
        let groups: Int
        let pages: Int
        let counts: (days: Int, months: Int)
        let recorded: Int64

        init(_ store: Store, _ community: Community) throws {
            (facts, spells, groups, pages) = try store.read { reader in try reader.measure() }
            (counts, recorded) = try store.read { reader in
                let newest = try reader.people(of: community.id, after: PersonID(0), limit: .max).last ?? PersonID(0)
                let spells = try reader.spells(of: newest, in: try reader.projection(of: community))
                return (reader.countsTouched(by: spells), try reader.lastRecorded().microseconds)
            }
        }
    }
}

/// What the rival has to write, and the same in words.
struct RivalPlan {
    let plan: UnsafeMutablePointer<row_plan>
    let words: String
}

extension ChangeBench.RowCount {
    func plan(
        since before: Self, changes: Int, clients: Int, _ bench: BenchStore
    ) throws -> RivalPlan {
        let groups = max(1, self.groups - before.groups)
        let facts = (self.facts - before.facts) / changes
        let spells = (self.spells - before.spells) / changes
        let perGroup = (changes + groups - 1) / groups
        // Intakes of one day are alike: a group touches the rows of counts that one of them touches.
        let (tally, month) = counts
        let plan = UnsafeMutablePointer<row_plan>.allocate(capacity: 1)
        plan.initialize(
            to: row_plan(
                facts: Int32(facts), spells: Int32(spells), tally_rows: Int32(tally), month_rows: Int32(month),
                changes_per_group: Int32(perGroup), community: bench.community.id, actor: bench.origin.actor,
                source: bench.origin.source, projection: bench.community.projection,
                first_day: Int64(People.today),
                recorded: recorded + 1))
        let rows = 3 + facts + spells
        let bytes = (pages - before.pages) * 4096 / changes
        return RivalPlan(
            plan: plan,
            words: "\(rows) rows and \(bytes) bytes a change, \(perGroup) changes a commit")
    }
}
