import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Testing

/// The day that the prevention list is sorted by, held against the verdict, which the slow model checks.
@Suite struct `The projected day of a spell` {
    @Test(arguments: Histories.chunks)
    func `is that of the verdict on the night before it, while the stay goes on`(chunk: Int) {
        var seen = 0
        for seed in Histories.seeds(of: chunk) {
            let history = RandomHistory(seed: seed)
            let lives = history.lives
            for person in history.people {
                let timeline = timeline(of: person, among: lives, policy: history.policy)
                guard let spell = timeline.spells.last, let projected = spell.projectedChronic else { continue }
                let night = min(spell.to ?? projected, projected).adding(days: -1)
                guard spell.from <= night else { continue }
                let standing = chronicStanding(
                    of: person, among: lives, policy: history.policy, rules: ChronicRuleDocument.shipped, asOf: night)
                // What is known of a disability later in the spell is not known that night.
                guard let standing, standing.disability != .no else { continue }
                let verdict = standing.verdicts.first { $0.rule == history.policy.chronicRule }
                guard verdict?.status != .notEvaluated else { continue }
                #expect(verdict?.projected == projected, "seed \(seed), \(history.story(of: person))")
                seen += 1
            }
        }
        // A handful of histories may hold nobody who is to become chronic.
        #expect(seen > 0 || Histories.count < 400)
    }
}
