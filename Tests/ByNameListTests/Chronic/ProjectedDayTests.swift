import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Testing

/// The day that the prevention list is sorted by, held against the verdict, which the slow model checks.
@Suite struct `The projected day of a spell` {
    @Test(arguments: Histories.chunks)
    func `is that of the verdict on its last night`(chunk: Int) {
        var seen = 0
        for seed in Histories.seeds(of: chunk) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            for person in history.people {
                let timeline = timeline(of: person, among: lives, policy: history.policy)
                guard let spell = timeline.spells.last, let to = spell.to,
                    !spell.populations.contains(.chronic, .persons)
                else { continue }
                let night = to.adding(days: -1)
                guard spell.from <= night else { continue }
                let standing = chronicStanding(
                    of: person, among: lives, policy: history.policy, rules: ChronicRuleDocument.shipped, asOf: night)
                let verdict = standing?.verdicts.first { $0.rule == history.policy.chronicRule }
                #expect(spell.projectedChronic == verdict?.projected, "seed \(seed), \(history.story(of: person))")
                if spell.projectedChronic != nil { seen += 1 }
            }
        }
        #expect(seen > 0)
    }
}
