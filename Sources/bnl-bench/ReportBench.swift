import App
import ArgumentParser
import ByNameList
import CivilTime
import Store

struct ReportBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Uncached monthly reports of a large list against those of a small one.")

    @Option(help: "People in the large list.") var large = 1_000_000
    @Option(help: "People in the small list.") var small = 1_000

    func run() throws {
        let folders = [ScratchFolder(), ScratchFolder()]
        let benches = try zip(folders, [small, large]).map { folder, people in
            let bench = try BenchStore(path: folder.path)
            let seconds = try timed { try bench.fill(people, months: 40) }
            print("filled with \(people) people in \(rounded(seconds)) s")
            return bench
        }
        let today = CivilDate(dayNumber: People.today)
        let months = [
            ("closed month", today.month.previous), ("running month", today.month),
            ("month 36 back", today.month.adding(months: -36)),
        ]
        for (name, month) in months {
            for population in [Population.all, .chronic] {
                for unit in CountingUnit.allCases { try compare(benches, name, month, population, unit, today) }
            }
        }
        for bench in benches { bench.workspace.store.close() }
    }

    private func compare(
        _ benches: [BenchStore], _ name: String, _ month: Month, _ population: Population, _ unit: CountingUnit,
        _ today: CivilDate
    ) throws {
        // Small and large in turn, so that a machine that slows down slows both.
        var runs: [[Double]] = [[], []]
        var rows = [0, 0]
        for _ in 0..<40 {
            for (index, bench) in benches.enumerated() {
                let community = bench.community
                let (seconds, rowsRead) = try bench.workspace.store.read { reader in
                    var rowsRead = 0
                    let seconds = try timed {
                        for _ in 0..<10 {
                            rowsRead =
                                try reader.month(
                                    month, of: community, population: population, unit: unit,
                                    asOf: min(month.lastDay, today)
                                ).rowsRead
                        }
                    }
                    return (seconds, rowsRead)
                }
                runs[index].append(seconds / 10)
                rows[index] = rowsRead
            }
        }
        let medians = runs.map { median($0) * 1e6 }
        print(
            "report, \(name), \(population.code), \(unit.code): \(rounded(medians[1])) us (\(rows[1]) rows) against "
                + "\(rounded(medians[0])) us (\(rows[0]) rows): \(rounded(medians[1] / medians[0])) x, target at most 2"
        )
    }
}
