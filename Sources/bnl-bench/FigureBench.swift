import App
import ArgumentParser
import ByNameList
import CivilTime
import Store
import Views

struct FigureBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure", abstract: "The first page of the people behind each figure of a large list.")

    @Option(help: "People in the list.") var people = 100_000

    func run() throws {
        let folder = ScratchFolder()
        let bench = try BenchStore(path: folder.path)
        let seconds = try timed { try bench.fill(people, months: 40) }
        print("filled with \(people) people in \(rounded(seconds)) s")
        let today = CivilDate(dayNumber: People.today)
        for month in [today.month.previous, today.month.adding(months: -24)] {
            for figure in Figure.all {
                for population in [Population.all, .chronicVeterans] {
                    try measure(bench, month, figure, population, today)
                }
            }
        }
        bench.workspace.store.close()
    }

    /// Beside the report that the figure stands in, which has to be read to find it.
    private func measure(
        _ bench: BenchStore, _ month: Month, _ figure: Figure, _ population: Population, _ today: CivilDate
    ) throws {
        let community = bench.community
        var (runs, reports): ([Double], [Double]) = ([], [])
        var shown = 0
        for _ in 0..<11 {
            let (page, report, people) = try bench.workspace.store.read { reader in
                let question = FigureQuestion(
                    community: try reader.community(community.code), month: month, figure: figure, reason: nil,
                    population: population, unit: .persons, asOf: today, knownAt: nil)
                var people = 0
                let page = try timed { people = try reader.firstPage(of: question) }
                let report = try timed {
                    _ = try reader.month(
                        month, of: question.community, population: population, unit: .persons, asOf: month.lastDay)
                }
                return (page, report, people)
            }
            shown = people
            runs.append(page)
            reports.append(report)
        }
        print(
            "\(month) \(figure.code) of \(population.code): \(shown) people in \(rounded(median(runs) * 1e3)) ms, "
                + "target at most 20; \(rounded(median(runs) / median(reports))) x its report")
    }
}

extension Reader {
    /// How many people the first page has, each with the words why they count.
    fileprivate func firstPage(of question: FigureQuestion) throws -> Int {
        var (count, words) = (0, 0)
        _ = try people(behind: question, sight: { _ in .everything }).rendered { page in
            count = page.people.count
            for person in page.people {
                let explanation = MonthExplanation(
                    person.account, month: question.month, population: question.population, unit: question.unit,
                    asOf: question.asOf, names: .numbers)
                for entry in person.entries { words += explanation.sentence(entry).utf8.count }
            }
        }
        precondition(words >= count, "somebody is not told why")
        return count
    }
}
