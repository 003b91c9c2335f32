import ByNameList
import CivilTime
import Fixtures

/// A few facts told in order of recording, and the figures that the slow model makes of them.
struct Story {
    let policy: Policy
    var facts: [Fact] = []

    init(_ policy: Policy) {
        self.policy = policy
    }

    mutating func say(_ name: String, _ content: FactContent, replacing target: FactID? = nil) {
        let number = Int64(facts.count + 1)
        facts.append(
            Fact(
                id: FactID(number), person: person(name), recorded: Instant(microseconds: number), replaces: target,
                content: content))
    }

    mutating func born(_ name: String, _ date: CivilDate) {
        say(name, .identity(named: true, birth: BirthDate(date)))
    }

    /// The names behind each measure of a month; measures without anybody are left out.
    func figures(_ month: Month, _ population: Population, _ unit: CountingUnit = .persons) -> [String: String] {
        var names: [String: [String]] = [:]
        for life in lives(until: month.lastDay) {
            let name = name(of: life.person)
            let start = life.membership(on: month.firstDay.adding(days: -1))
            if start.contains(population, unit) { names["active_start", default: []].append(name) }
            if life.membership(on: month.lastDay).contains(population, unit) {
                names["active_end", default: []].append(name)
            }
            for flow in life.flows where flow.on.month == month && flow.population == population {
                guard flow.unit == unit else { continue }
                let reason = InactiveReason(rawValue: flow.reason).map { ":\($0.code)" } ?? ""
                let label = flow.measure == .movedToInactive ? name + reason : name
                names[flow.measure.code, default: []].append(label)
            }
        }
        return names.mapValues { $0.sorted().joined(separator: " ") }
    }

    /// Days from the start of the episode to each move-in.
    func daysToMoveIn(_ name: String) -> [Int] {
        lives(until: "2025-01-01").filter { $0.person == person(name) }.flatMap(\.changes).compactMap(\.daysSinceStart)
    }

    private func lives(until day: CivilDate) -> [SlowLife] {
        SlowModel.lives(facts: facts, policy: policy, horizon: day)
    }

    private func person(_ name: String) -> PersonID {
        PersonID(name.unicodeScalars.first.map { Int64($0.value) } ?? 0)
    }

    private func name(of person: PersonID) -> String {
        UnicodeScalar(UInt32(person.number)).map { String(Character($0)) } ?? "?"
    }
}
