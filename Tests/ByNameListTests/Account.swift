import ByNameList
import CivilTime

/// What can be said of somebody day by day; the slow model and the timeline are both brought to it.
struct Account {
    /// Who is left out of all populations has a place of its own, which no population has.
    private static let populationBits = ~(UInt64(1) << 31 | UInt64(1) << 63)

    /// What one day shows.
    struct Day: Equatable {
        var status: ListStatus
        var membership: PopulationSet
        var changes: [SlowChange] = []
        /// In a fixed order: within a day the flows of different populations have none.
        var flows: [SlowFlow] = []
    }

    let firstDay: CivilDate
    let days: [Day]

    init(_ life: SlowLife) {
        firstDay = life.firstDay
        var days = zip(life.statuses, life.memberships).map { Day(status: $0, membership: $1) }
        for change in life.changes { days[change.on - life.firstDay].changes.append(change) }
        for flow in life.flows { days[flow.on - life.firstDay].flows.append(flow) }
        self.days = days.map(Account.sorted)
    }

    /// What a timeline says of the days from `firstDay` to `lastDay`.
    init(_ timeline: Timeline, from firstDay: CivilDate, to lastDay: CivilDate) {
        self.firstDay = firstDay
        var days = Account.statuses(of: timeline, from: firstDay, to: lastDay)
        for spell in timeline.spells {
            var day = max(spell.from, firstDay)
            let end = min(spell.to ?? lastDay.adding(days: 1), lastDay.adding(days: 1))
            while day < end {
                days[day - firstDay].membership.bits |= spell.populations.bits & Account.populationBits
                day = day.adding(days: 1)
            }
        }
        for flow in timeline.flows where firstDay <= flow.on && flow.on <= lastDay {
            days[flow.on - firstDay].flows.append(flow)
        }
        self.days = days.map(Account.sorted)
    }

    /// The first day on which the two do not agree, and what each says.
    func difference(from other: Account) -> (day: CivilDate, own: Day, other: Day)? {
        for (index, pair) in zip(days, other.days).enumerated() where pair.0 != pair.1 {
            return (firstDay.adding(days: index), pair.0, pair.1)
        }
        return nil
    }

    private static func statuses(of timeline: Timeline, from firstDay: CivilDate, to lastDay: CivilDate) -> [Day] {
        var status = ListStatus.unknown
        var tracker = EpisodeTracker()
        var changes = timeline.changes[...]
        var days: [Day] = []
        var day = firstDay
        while day <= lastDay {
            var today: [SlowChange] = []
            while let change = changes.first, change.on <= day {
                changes.removeFirst()
                status = change.to
                today.append(tracker.measured(change))
            }
            days.append(Day(status: status, membership: PopulationSet(), changes: today))
            day = day.adding(days: 1)
        }
        return days
    }

    private static func sorted(_ day: Day) -> Day {
        var day = day
        day.flows.sort { left, right in
            (left.population.place, left.unit.rawValue, left.measure.rawValue, left.reason)
                < (right.population.place, right.unit.rawValue, right.measure.rawValue, right.reason)
        }
        return day
    }
}

/// Finds how long somebody waited for a move-in, from the changes before it.
private struct EpisodeTracker {
    var start: CivilDate?
    var identified: CivilDate?

    mutating func measured(_ change: StatusChange) -> SlowChange {
        if change.to == .active {
            start = change.on
            identified = identified ?? change.on
        }
        var slow = SlowChange(
            on: change.on, from: change.from, to: change.to, measure: change.measure,
            reason: change.measure == nil ? 0 : change.reason)
        if change.measure == .housingMoveIns {
            slow.daysSinceStart = start.map { change.on - $0 }
            slow.daysSinceIdentification = identified.map { change.on - $0 }
        }
        return slow
    }
}

extension Timeline {
    /// The flows that the spells stand for, as `Spell` says.
    var flows: [SlowFlow] {
        var flows: [SlowFlow] = []
        var before = PopulationSet()
        for spell in spells {
            if spell.beginsEpisode {
                flows += whole(spell.populations, on: spell.from, spell.opened, reason: 0)
            } else {
                flows += crossing(from: before, to: spell.populations, on: spell.from)
            }
            if let closed = spell.closed, let to = spell.to, spell.endsEpisode {
                flows += whole(spell.populations, on: to, closed, reason: spell.closedReason)
            }
            before = spell.populations
        }
        return flows
    }

    private func whole(_ set: PopulationSet, on day: CivilDate, _ measure: Measure, reason: UInt8) -> [SlowFlow] {
        var flows: [SlowFlow] = []
        SlowModel.each { population, unit in
            guard set.contains(population, unit) else { return }
            flows.append(SlowFlow(on: day, measure: measure, reason: reason, population: population, unit: unit))
        }
        return flows
    }

    private func crossing(from before: PopulationSet, to after: PopulationSet, on day: CivilDate) -> [SlowFlow] {
        var flows: [SlowFlow] = []
        SlowModel.each { population, unit in
            let was = before.contains(population, unit)
            let stays = before.contains(population, .persons) == after.contains(population, .persons)
            guard was != after.contains(population, unit) else { return }
            flows.append(
                SlowFlow(
                    on: day, measure: was ? .noLongerMeetsCriteria : .newlyMeetsCriteria,
                    reason: (unit == .households && stays ? CriteriaReason.headship : .criteria).rawValue,
                    population: population, unit: unit))
        }
        return flows
    }
}

extension Account.Day: CustomStringConvertible {
    var description: String {
        var lines = ["\(status), in \(populations(membership))"]
        for change in changes {
            let days = change.daysSinceStart.map { ", \($0) days" } ?? ""
            let flow = change.measure?.code ?? "no flow"
            lines.append("    \(change.from) -> \(change.to): \(flow) reason \(change.reason)\(days)")
        }
        for flow in flows {
            lines.append(
                "    \(flow.population.code) \(flow.unit.code): \(flow.measure.code) reason \(flow.reason)")
        }
        return lines.joined(separator: "\n")
    }

    private func populations(_ set: PopulationSet) -> String {
        var codes: [String] = []
        SlowModel.each { population, unit in
            if set.contains(population, unit) { codes.append(population.code + (unit == .households ? "*" : "")) }
        }
        return codes.isEmpty ? "nothing" : codes.joined(separator: " ")
    }
}
