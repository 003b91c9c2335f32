import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Testing

/// What the list says is to come, and what the rule says of the person.
@Suite struct `The day that is projected on the list` {
    private static let households = FoldedSample.households(`The sample community`.community)

    @Test(arguments: PolicyDocument.templates)
    func `is that of the verdict of the policy's rule`(template: String) throws {
        let policy = try #require(PolicyDocument.policy(template: template))
        let today = `The sample community`.lastDay
        var projected = 0
        for lives in Self.households {
            let person = lives[0].person
            let spells = timeline(of: person, among: lives, policy: policy).spells
            guard let spell = spells.last(where: { $0.from <= today && ($0.to.map { today < $0 } ?? true) }),
                !spell.populations.contains(.chronic, .persons)
            else { continue }
            let standing = try #require(
                chronicStanding(
                    of: person, among: lives, policy: policy, rules: ChronicRuleDocument.shipped, asOf: today))
            let verdict = try #require(standing.verdicts.first { $0.rule == policy.chronicRule })
            let listed = spell.projectedChronic.flatMap { today < $0 ? $0 : nil }
            #expect(listed == verdict.projected, "\(person) \(spell) \(verdict)")
            if listed != nil { projected += 1 }
        }
        #expect(projected > 20)
    }
}
