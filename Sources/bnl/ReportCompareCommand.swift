import App
import ArgumentParser
import ByNameList
import CivilTime
import Store
import Views

struct ReportCompareCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "What has changed since a month was submitted: by figure, by person, by fact. It is logged.",
        discussion: """
            Compared is the last submission of the month, or the one of that number in order of time.

            EXAMPLE
              bnl report compare --community sample --month 2024-02
              bnl report compare --community sample --month 2024-02 --submission 1 --population chronic --json
            """)

    @OptionGroup var community: CommunityOptions
    @Option(help: "The month; else the last that is over.") var month: Month?
    @Option(help: "Which submission of the month, from 1 on; else the last.") var submission: Int?
    @Option(help: "The population; else all.") var population: String?
    @Option(help: "Whom the figures count; else persons.") var unit: CountingUnit?
    @Option(help: "What it is needed for, as the access log keeps it.") var purpose = "comparison"
    @Flag(help: "Print JSON.") var json = false

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let found = try workspace.community(community.community)
        let month = month ?? workspace.today(in: found).month.previous
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        let disclosure = try workspace.disclosure(in: found, user: console.user, fields: "comparison", purpose: purpose)
        let (code, unit) = (population ?? Population.all.code, unit ?? .persons)
        let comparison = try workspace.store.release(
            workspace.store.read { reader in
                try reader.compare(
                    try chosen(month, found, reader), in: try reader.community(found.code), population: code,
                    unit: unit, limit: .max, sight: { _ in .everything })
            }, to: disclosure)
        let calendar = workspace.store.calendar
        let answer = ComparisonAnswer(comparison, population: code, unit: unit, ids: ids) { calendar(found.zone, $0) }
        console.say(json ? answer.json(isPretty: true) : Array(answer.text.utf8))
    }

    private func chosen(_ month: Month, _ found: Community, _ reader: Reader) throws -> Submission {
        let all = try reader.submissions(of: found, in: month...month)
        guard let last = all.last else {
            throw StoreError.notFound("nothing was submitted of \(month): bnl report submit does it")
        }
        guard let submission else { return last }
        guard all.indices.contains(submission - 1) else {
            throw StoreError.notFound("\(month) was submitted \(all.count) times")
        }
        return all[submission - 1]
    }
}
