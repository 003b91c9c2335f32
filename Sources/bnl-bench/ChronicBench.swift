import ArgumentParser
import ByNameList
import CivilTime
import ShippedConfig

struct ChronicBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chronic",
        abstract: "One verdict with its evidence: six stays over three years, and three thousand stays of one night.")

    private var today: CivilDate { CivilDate(dayNumber: People.today) }

    func run() throws {
        for rule in ChronicRule.allCases {
            let target = rule == .usHUD ? 15 : 5
            let microseconds = measure(rule, typical, rounds: 20_000)
            print("verdict, \(rule.code): \(typical.count) stays, \(rounded(microseconds)) us, target under \(target)")
        }
        for rule in ChronicRule.allCases {
            let microseconds = measure(rule, nightly, rounds: 20)
            print(
                "verdict, \(rule.code): \(nightly.count) stays of one night, \(rounded(microseconds / 1_000)) ms, "
                    + "target under 2")
        }
    }

    /// From the stays to the verdict, the nights painted anew each time.
    private func measure(_ rule: ChronicRule, _ stays: [ChronicStay], rounds: Int) -> Double {
        let rules = ChronicRuleDocument.shipped[rule]
        var nights = 0
        let runs = (0..<5).map { _ in
            timed {
                for _ in 0..<rounds {
                    let question = ChronicQuestion(
                        nights: NightHistory(of: stays, through: today), asOf: today, disability: .yes,
                        isAdultOrHead: true)
                    nights += rules.verdict(on: question).windows[0].nights
                }
            }
        }
        precondition(nights > 0, "nothing was counted")
        return median(runs) / Double(rounds) * 1e6
    }

    /// Shelter, housing, street, hospital and back: four occasions, chronic by them.
    private var typical: [ChronicStay] {
        func stay(_ situation: Situation, _ from: Int, _ to: Int?) -> ChronicStay {
            ChronicStay(situation, from: today.adding(days: -from), to: to.map { today.adding(days: -$0) })
        }
        return [
            stay(.emergencyShelter, 1_080, 960), stay(.rapidRehousing, 960, 700), stay(.unsheltered, 700, 560),
            stay(.emergencyShelter, 520, 400), stay(.institution, 400, 350), stay(.emergencyShelter, 120, nil),
        ]
    }

    /// Two nights of three in a shelter that asks every evening.
    private var nightly: [ChronicStay] {
        (0..<3_000).map { index in
            let night = today.adding(days: -(index * 3 / 2) - index % 7 * 2)
            return ChronicStay(.emergencyShelter, from: night, to: night.adding(days: 1))
        }
    }
}
