import App
import ArgumentParser
import ByNameList
import CRowLoop
import CivilTime
import ShippedConfig
import Store

struct KnownBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "known",
        abstract: "A month's report as it was known then, against the walk person by person and the rows read in C.")

    @Option(help: "People in the community.") var people = 100_000
    @Option(help: "Runs of each; the median counts.") var runs = 5

    func run() throws {
        let folder = ScratchFolder()
        let bench = try BenchStore(path: folder.path)
        let filling = try timed { try bench.fill(people, months: 40) }
        print("filled with \(people) people in \(rounded(filling)) s")
        let store = bench.workspace.store
        let then = try store.read { reader in try reader.lastRecorded() }
        try measure("nothing has changed since", bench, then)
        try change(bench, everyone: 100)
        try measure("one person in 100 has changed since", bench, then)
        try change(bench, everyone: 1)
        try measure("everybody has changed since", bench, then)
        try store.rebuild(community: BenchStore.code, policy: PolicyDocument.template("us_bfz") ?? "")
        try measure("another policy is in force since", bench, then)
        print("the walk person by person: \(rounded(try walk(bench, then))) s")
        var rows: Int64 = 0
        let scans = (0..<runs).map { _ in
            row_scan(folder.path + "/record.sqlite3", bench.community.id, .max, &rows)
        }
        print("all facts read in C and left: \(rounded(median(scans))) s, \(rows) rows")
        store.close()
    }

    /// A contact of one in so many people.
    private func change(_ bench: BenchStore, everyone step: Int) throws {
        let origin = bench.origin
        let day = CivilDate(dayNumber: People.today)
        for start in stride(from: 1, through: people, by: 1_000) {
            try bench.workspace.store.change { [people] transaction in
                for number in start..<min(start + 1_000, people + 1) where number % step == 0 {
                    let contact = Contact(on: day, seenHomeless: true, kind: .outreach)
                    try transaction.append(NewFact(.contact(contact), about: PersonID(Int64(number))), from: origin)
                }
            }
        }
    }

    private func measure(_ name: String, _ bench: BenchStore, _ then: Instant) throws {
        let all = MonthTable.rows
        let month = CivilDate(dayNumber: People.today).month
        let cases: [(String, WantedReports)] = [
            ("a month", WantedReports([month], rows: [(.all, .persons)], asOf: month.lastDay)),
            (
                "12 months, all rows",
                WantedReports((0..<12).map { month.adding(months: -$0) }, rows: all, asOf: month.lastDay)
            ),
        ]
        for (what, wanted) in cases {
            let before = processorMicroseconds()
            let seconds = try (0..<runs).map { _ in
                try bench.workspace.store.read { reader in
                    let community = try reader.community(BenchStore.code)
                    return try timed {
                        _ = try reader.reports(
                            wanted, of: community, knownAt: then,
                            calendar: { _, instant in
                                CivilDate(dayNumber: Int32(instant.seconds / 86_400))
                            })
                    }
                }
            }
            let processor = (processorMicroseconds() - before) / Double(runs) / 1e6
            print(
                "known then, \(name), \(what): \(rounded(median(seconds))) s, target under 2 "
                    + "(\(rounded(processor)) s of the processors)")
        }
    }

    private func walk(_ bench: BenchStore, _ then: Instant) throws -> Double {
        let month = CivilDate(dayNumber: People.today).month
        return try bench.workspace.store.read { reader in
            let community = try reader.community(BenchStore.code)
            let policy = try reader.projection(of: community, knownAt: then).policy
            return try timed {
                var folded = FoldedMonth(month: month, population: .all, unit: .persons, asOf: month.lastDay)
                try reader.forEachTimeline(of: community, policy: policy, knownAt: then) { folded.add($1.spells) }
            }
        }
    }
}
