import CivilTime
import Fixtures

/// Up to a dozen stays of somebody who never was, over some four and a half years around a day.
///
/// The same seed gives the same stays. Most lie close to an edge of the chronic rules, on either side of it.
struct RandomStays: Hashable, Sendable {
    let seed: UInt64
    let asOf: CivilDate
    /// In any order; duplicates, overlaps, stays without a night and stays of the future among them.
    let stays: [SlowChronicCase.Stay]
    let disability: SlowChronicCase.Disability
    let role: SlowChronicCase.Role
    let options: SlowChronicCase.Options

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Neighbouring seeds begin alike; the first numbers are thrown away.
        for _ in 0..<4 { _ = random.next() }
        self.seed = seed
        asOf = RandomStays.asOf(using: &random)
        disability = random.pick(weighted: [(87, .yes), (5, .no), (8, .unknown)])
        role = random.pick(weighted: [(60, .single), (13, .adult), (13, .head), (9, .minorHead), (5, .child)])
        options = SlowChronicCase.Options(
            continuous: random.chance(70) ? .nights365 : .calendarMonths,
            cumulative: random.chance(70) ? .calendarMonths : .nights365, carryOver: random.chance(40))
        var writer = RandomStayWriter(random: random, asOf: asOf)
        writer.write()
        stays = writer.random.shuffled(writer.stays)
    }

    /// The question that a rule is asked of this person.
    func question(_ rule: SlowChronicCase.Rule) -> SlowChronicCase {
        SlowChronicCase(rule: rule, asOf: asOf, disability: disability, role: role, stays: stays, options: options)
    }

    private static func asOf(using random: inout SplitMix64) -> CivilDate {
        if random.chance(30) { return leapEdge(in: random.number(2023...2026), using: &random) }
        let day = CivilDate(dayNumber: 19_358).adding(days: random.number(0...1460))
        guard random.chance(15) else { return day }
        return random.chance(50) ? day.month.firstDay : day.month.lastDay
    }

    /// The last of February, or the day before it or after.
    static func leapEdge(in year: Int, using random: inout SplitMix64) -> CivilDate {
        let march = Month(monthNumber: Int32((year - 1970) * 12 + 2)).firstDay
        return march.adding(days: random.number(-2...0))
    }
}
