import App
import ArgumentParser
import ByNameList
import JSON
import Store
import Views

extension ReportCommand {
    struct Target: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How many have to move in each month to come down to a target in time.",
            discussion: """
                EXAMPLE
                  bnl report target --community sample --population chronic --target 40 --months 12
                """)

        @OptionGroup var community: CommunityOptions
        @Option(help: "The population; else everybody.") var population: String?
        @Option(help: "Whom the figures count; else persons.") var unit: CountingUnit?
        @Option(help: "How many are to be actively homeless at most.") var target: Int
        @Option(help: "In how many months.") var months: Int
        @Flag(help: "Print JSON, with every number that it was worked out from.") var json = false

        func validate() throws {
            guard (0...1_000_000).contains(target) else { throw ValidationError("--target must be 0 to 1000000") }
            guard (1...1_200).contains(months) else { throw ValidationError("--months must be 1 to 1200") }
        }

        func run() throws {
            let workspace = try community.data.open(.reading)
            defer { workspace.store.close() }
            let found = try workspace.community(community.community)
            let question = HousingTargetQuestion(
                population: population ?? Population.all.code, unit: unit ?? .persons, target: target, months: months,
                today: workspace.today(in: found), now: Workspace.now())
            do {
                let calendar = workspace.store.calendar
                let answer = try workspace.store.read { reader in
                    try question.answer(reader, community: try reader.community(found.code), calendar: calendar)
                }
                Console.own.say(json ? JSONWriter.bytes(of: answer, isPretty: true) : Array(answer.words.utf8))
            } catch HousingTargetProblem.targetReached(let active) {
                throw ValidationError("--target must be less than the \(active) who are actively homeless")
            } catch HousingTargetProblem.moreMoveInsThanOutflow(let month) {
                throw ValidationError("this population has more move-ins than outflow in \(month): ask for another")
            }
        }
    }
}
