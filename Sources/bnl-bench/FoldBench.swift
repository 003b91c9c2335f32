import ArgumentParser
import ByNameList
import CivilTime
import ShippedConfig

struct FoldBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fold", abstract: "The fold of one typical person: 30 facts over five years.")

    func run() throws {
        for name in PolicyDocument.templates {
            guard let policy = PolicyDocument.policy(template: name) else { continue }
            let life = Life(person: PersonID(1), facts: facts())
            var spells = 0
            let rounds = 20_000
            let runs = (0..<5).map { _ in
                timed {
                    for _ in 0..<rounds {
                        spells += timeline(of: life.person, among: [life], policy: policy).spells.count
                    }
                }
            }
            let microseconds = median(runs) / Double(rounds) * 1e6
            print(
                "fold, \(name): \(life.facts.count) facts, \(rounded(microseconds)) us a person, target under 30 "
                    + "(\(spells / rounds / 5) spells)"
            )
        }
    }

    /// Shelter, street, hospital, housing and back, over five years.
    private func facts() -> [StandingFact] {
        let start = CivilDate(dayNumber: People.today - 5 * 365)
        func day(_ offset: Int) -> CivilDate { start.adding(days: offset) }
        var contents: [FactContent] = [
            .identity(named: true, birth: BirthDate(CivilDate(dayNumber: 4_000))),
            .consent(on: day(0), purpose: .list, value: .given), .intake(on: day(0), saidOf: .theDay),
            .answer(Answer(.veteran, .no)), .answer(Answer(.disablingCondition, .yes, on: day(0))),
            .answer(Answer(.indigenousIdentity, .no)), .assessment(on: day(20)),
            .stay(Stay(.emergencyShelter, from: day(0), to: day(240))),
            .programmeExit(on: day(240), toUnknown: true),
            .stay(Stay(.unsheltered, from: day(260))),
            .stay(Stay(.institution, from: day(400), to: day(440))),
            .stay(Stay(.emergencyShelter, from: day(440), to: day(600))),
            .moveIn(MoveIn(on: day(600), housing: .rapidRehousing, to: day(900))),
            .intake(on: day(930), saidOf: .theDay), .stay(Stay(.emergencyShelter, from: day(930), to: day(1_300))),
            .leave(on: day(1_300), reason: .movedAway),
            .contact(Contact(on: day(1_500), seenHomeless: true, kind: .outreach)),
            .stay(Stay(.transitional, from: day(1_520), to: day(1_700))),
            .stay(Stay(.emergencyShelter, from: day(1_700))),
        ]
        for index in 0..<11 {
            contents.append(.contact(Contact(on: day(262 + index * 12), seenHomeless: true, kind: .outreach)))
        }
        return contents.enumerated().map {
            StandingFact(id: FactID(Int64($0 + 1)), position: Int64($0 + 1), content: $1)
        }
    }
}
