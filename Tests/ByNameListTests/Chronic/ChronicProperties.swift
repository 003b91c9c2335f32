import ByNameList
import CivilTime
import Fixtures
import Testing

/// What holds of the verdict on any stays (chronic-rules.md D).
@Suite struct `Every chronic verdict` {
    @Test(arguments: Histories.chunks)
    func `is the same with a stay told twice, and in any order`(chunk: Int) {
        forEach(chunk) { person, random in
            var stays = person.stays
            if let stay = stays.first { stays.append(stay) }
            return random.shuffled(stays)
        } isUnlike: {
            $0 != $1
        }
    }

    @Test(arguments: Histories.chunks)
    func `is the same where a stay that is over is told in two parts`(chunk: Int) {
        forEach(chunk) { person, random in
            var stays = person.stays
            // The second part of a homeless stay begins later, and ends open records that the whole did not (C8).
            let whole = stays.indices.filter { index in
                guard let end = stays[index].end, end - stays[index].start > 1 else { return false }
                return Situation(stays[index].kind).nightClass >= .institution
                    || !stays.contains { $0.end == nil && Situation($0.kind).nightClass >= .institution }
            }
            guard !whole.isEmpty else { return stays }
            let index = random.pick(whole)
            guard let end = stays[index].end else { return stays }
            var second = stays[index]
            second.start = second.start.adding(days: random.number(1...(end - second.start - 1)))
            stays[index].end = second.start
            stays.append(second)
            return stays
        } isUnlike: {
            $0 != $1
        }
    }

    @Test(arguments: Histories.chunks)
    func `knows nothing of stays that begin later`(chunk: Int) {
        forEach(chunk) { person, random in
            person.stays
                + (0..<3).map { _ in
                    let start = person.asOf.adding(days: random.number(1...400))
                    return SlowChronicCase.Stay(
                        kind: random.pick(SlowChronicCase.StayKind.allCases), start: start,
                        end: random.chance(50) ? nil : start.adding(days: random.number(1...90)))
                }
        } isUnlike: {
            $0 != $1
        }
    }

    @Test(arguments: Histories.chunks)
    func `under Ontario's rule implies the federal one, but for people in programmes and institutions`(chunk: Int) {
        for seed in Histories.seeds(of: chunk) {
            let person = RandomStays(seed: seed)
            let ontario = person.question(.on2018).verdict
            guard ontario.status == .chronic else { continue }
            let last = lastRecordedNight(person)
            guard last == .literal || last == .hidden else { continue }
            #expect(person.question(.caReachingHome).verdict.status == .chronic, "seed \(seed)")
        }
    }

    @Test(arguments: Histories.chunks)
    func `is not lost by a present stay that began earlier, unless occasions become one`(chunk: Int) {
        for seed in Histories.seeds(of: chunk) {
            let person = RandomStays(seed: seed)
            var random = SplitMix64(seed: seed)
            let present = person.stays.indices.first { index in
                let stay = person.stays[index]
                return Situation(stay.kind).nightClass == .literal && stay.start <= person.asOf
                    && stay.end.map { person.asOf < $0 } ?? true
            }
            // Begun before it, an open record is not ended by it any more (C8).
            let isEnding = person.stays.contains { $0.end == nil && Situation($0.kind).nightClass >= .institution }
            guard let present, !isEnding else { continue }
            var stays = person.stays
            stays[present].start = stays[present].start.adding(days: -random.number(1...200))
            for rule in SlowChronicCase.Rule.allCases {
                var earlier = person.question(rule)
                let before = earlier.verdict
                earlier.stays = stays
                let after = earlier.verdict
                guard before.status == .chronic, after.status != .chronic else { continue }
                #expect(
                    before.basis == .occasions && (after.occasions?.count ?? 0) < (before.occasions?.count ?? 0)
                        || before.basis == .carryOver,
                    "seed \(seed) under \(rule.rawValue)")
            }
        }
    }

    /// What the last recorded night up to the day counts as, where several records cover it.
    private func lastRecordedNight(_ person: RandomStays) -> SlowChronicNight? {
        let nights = SlowChronicNights(person.stays, until: person.asOf)
        return (0...2_000).lazy.map { nights[person.asOf.adding(days: -$0)] }.first { $0 != .unrecorded }
    }

    private func forEach(
        _ chunk: Int, _ change: (RandomStays, inout SplitMix64) -> [SlowChronicCase.Stay],
        isUnlike: (ChronicVerdict, ChronicVerdict) -> Bool
    ) {
        for seed in Histories.seeds(of: chunk) {
            let person = RandomStays(seed: seed)
            var random = SplitMix64(seed: seed)
            let stays = change(person, &random)
            for rule in SlowChronicCase.Rule.allCases {
                var changed = person.question(rule)
                let before = changed.verdict
                changed.stays = stays
                var after = changed.verdict
                // Which records were ended by later ones is told by record.
                after.evidence.endedByLater = before.evidence.endedByLater
                guard isUnlike(before, after) else { continue }
                Issue.record("seed \(seed) under \(rule.rawValue): \(before)\nis now \(after)")
                return
            }
        }
    }
}
