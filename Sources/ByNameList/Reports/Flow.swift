package import CivilTime

/// One event of the monthly report: somebody entered or left some populations on a day (domain.md 7, event counting).
package struct Flow: Hashable, Sendable {
    package let day: CivilDate
    package let measure: Measure
    /// An `InactiveReason`, `Housing` or `CriteriaReason`, as its raw value; 0 where the measure has no reasons.
    package let reason: UInt8
    package let populations: PopulationSet
    /// For a move-in: days since the episode began, and since the first identification ever.
    package let length: LengthOfTime?

    package struct LengthOfTime: Hashable, Sendable {
        package let fromEpisode: Int
        package let fromIdentification: Int
    }
}

/// The flows that the spells of one person come to, in order.
package func flows(of spells: [Spell]) -> [Flow] {
    var flows: [Flow] = []
    var episodeBegan = spells.first?.from
    for (index, spell) in spells.enumerated() {
        if spell.beginsEpisode {
            episodeBegan = spell.from
            flows.append(
                Flow(day: spell.from, measure: spell.opened, reason: 0, populations: spell.populations, length: nil))
        }
        guard let end = spell.to, let closed = spell.closed else { continue }
        if spell.endsEpisode {
            flows.append(
                Flow(
                    day: end, measure: closed, reason: spell.closedReason, populations: spell.populations,
                    length: closed == .housingMoveIns
                        ? Flow.LengthOfTime(
                            fromEpisode: end - (episodeBegan ?? end), fromIdentification: end - spells[0].from) : nil))
        } else if index + 1 < spells.count {
            flows += changes(on: end, from: spell.populations, to: spells[index + 1].populations)
        }
    }
    return flows
}

/// Entering and leaving populations while staying active; a household whose head alone changed is told apart.
private func changes(on day: CivilDate, from old: PopulationSet, to new: PopulationSet) -> [Flow] {
    let personsInBoth = (old.bits & new.bits) << 32
    let entered = new.bits & ~old.bits
    let left = old.bits & ~new.bits
    let parts: [(Measure, CriteriaReason, UInt64)] = [
        (.noLongerMeetsCriteria, .criteria, left & ~personsInBoth),
        (.noLongerMeetsCriteria, .headship, left & personsInBoth),
        (.newlyMeetsCriteria, .criteria, entered & ~personsInBoth),
        (.newlyMeetsCriteria, .headship, entered & personsInBoth),
    ]
    return parts.filter { $0.2 != 0 }.map {
        Flow(day: day, measure: $0.0, reason: $0.1.rawValue, populations: PopulationSet(bits: $0.2), length: nil)
    }
}
