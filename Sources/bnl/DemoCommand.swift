import App
import ArgumentParser
import ByNameList
import CivilTime
import Glibc
import Store
import Views

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write a sample community into a data folder and print its monthly report.",
        discussion: """
            Five agencies, people unnamed and named, families, returns, deaths, late facts: all invented, and the same
            for the same seed.

            EXAMPLE
              bnl demo --data ./sample
              bnl demo --data ./sample --people 500 --seed 7 --json
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "People to invent.") var people = 2_000
    @Option(help: "Months that the list goes back.") var months = 36
    @Option(help: "The same seed gives the same community.") var seed: UInt64 = 1
    @Option(help: "A policy template or the path of a policy file.") var policy = "ca_bfz"
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (1...100_000).contains(people), (2...240).contains(months) else {
            throw ValidationError("--people must be 1 to 100000, --months 2 to 240")
        }
    }

    func run() throws {
        let document = try PolicySource(policy).document()
        let now = Workspace.now()
        let end = CivilDate(dayNumber: Int32(now.seconds / 86_400)).adding(days: -1)
        let sample = SampleCommunity(seed: seed, people: people, months: months, endingOn: end)
        try write(sample, document)
        let workspace = try data.open(.reading)
        defer { workspace.store.close() }
        let community = try workspace.community(SampleRecord.code)
        let question = ReportQuestion(
            months: [end.month.previous], populations: Population.allCases, unit: .persons,
            asOf: workspace.today(in: community), knownAt: nil, now: now)
        let answer = try question.answer(from: workspace.store, community: community.code)
        guard !json else { return Console.say(answer.json) }
        print("\(sample.peopleCount) people, \(sample.factsCount) facts in \(data.path)\n\n\(answer.table)\n")
        print("Next: bnl list --community \(SampleRecord.code) --data \(data.path)")
    }

    private func write(_ sample: SampleCommunity, _ document: String) throws {
        let record = try SampleRecord(path: data.path)
        defer { record.store.close() }
        var bar = ProgressBar("sample community")
        try record.write(sample, policy: document) { done, total in bar.show(done, of: total) }
    }
}
