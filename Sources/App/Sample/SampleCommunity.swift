package import CivilTime

/// A community that never was, to try the product on: what its agencies wrote down about some two thousand people.
///
/// The same seed gives the same community. Everything was recorded by the last day, and a fact never refers to one
/// that comes later, so that a record can take the changes one by one.
package struct SampleCommunity: Sendable {
    /// In order of recording.
    package let changes: [SampleChange]
    /// People are numbered below it.
    package let peopleCount: Int
    /// Households are numbered below it.
    package let householdsCount: Int
    /// Facts are numbered below it.
    package let factsCount: Int
    /// The month in which the list began.
    package let firstMonth: Month
    /// Nothing was recorded after it.
    package let lastDay: CivilDate

    /// - Parameters:
    ///   - people: how many there are about: a child that is born into a home is never written about.
    ///   - months: how long there has been a list, the month of the last day included.
    package init(seed: UInt64, people: Int = 2_000, months: Int = 36, endingOn end: CivilDate) {
        firstMonth = end.month.adding(months: 1 - months)
        lastDay = end
        var writer = SampleWriter(seed: seed, start: firstMonth.firstDay, end: end)
        writer.fill(with: people)
        var order = SampleOrder()
        changes = order.arrange(writer.changes, recordedBy: end)
        peopleCount = order.people.count
        householdsCount = order.households.count
        factsCount = order.facts.count
    }
}

extension SampleWriter {
    /// Of a hundred people so many are homeless already when the list begins.
    private static let knownAtStartPercent = 19

    mutating func fill(with count: Int) {
        while people.count < count {
            let isFirst = people.count * 100 < count * SampleWriter.knownAtStartPercent
            let party = party(arriving: isFirst ? start.adding(days: random.number(0...20)) : arrivalDay())
            let first = changes.count
            live(party)
            while let next = pending.popLast() { live(next) }
            correct(from: first)
        }
    }

    /// More people come in winter than in summer.
    private mutating func arrivalDay() -> CivilDate {
        while true {
            let day = start.adding(days: random.number(0...max(0, end - start - 2)))
            let isWinter = day.month.monthOfYear >= 11 || day.month.monthOfYear <= 3
            if isWinter || random.chance(78) { return day }
        }
    }
}

/// Puts changes into the order of recording and numbers everything in that order.
struct SampleOrder {
    private(set) var people: [Int: Int] = [:]
    private(set) var households: [Int: Int] = [:]
    private(set) var facts: [Int: Int] = [:]

    mutating func arrange(_ changes: [SampleChange], recordedBy end: CivilDate) -> [SampleChange] {
        let limit = Int64(end.adding(days: 1).dayNumber) * 86_400
        let kept = changes.enumerated().filter { $0.element.recorded.seconds < limit }
            .sorted { ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset) }
        return kept.map { number($0.element) }
    }

    private mutating func number(_ change: SampleChange) -> SampleChange {
        let person = SampleOrder.number(change.person, in: &people)
        let facts = change.facts.map { fact in
            SampleFact(
                ordinal: SampleOrder.number(fact.ordinal, in: &self.facts), statement: number(fact.statement),
                replaces: fact.replaces.flatMap { self.facts[$0] }, identity: fact.identity)
        }
        return SampleChange(recorded: change.recorded, agency: change.agency, person: person, facts: facts)
    }

    private mutating func number(_ statement: SampleStatement) -> SampleStatement {
        switch statement {
        case .plain: statement
        case .household(let household, let role, let from, let to):
            .household(SampleOrder.number(household, in: &households), role, from: from, to: to)
        case .void(let fact): .void(SampleOrder.number(fact, in: &facts))
        }
    }

    private static func number(_ key: Int, in numbers: inout [Int: Int]) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
    }
}
