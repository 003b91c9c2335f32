import ByNameList
import CivilTime

/// Who lives with whom, asked day by day (domain.md 3, readings 21 to 23).
struct SlowHouseholds {
    let records: [SlowRecord]

    /// The household of somebody on a day.
    struct Home {
        let type: HouseholdType
        let head: PersonID
    }

    func home(of person: Int, on day: CivilDate) -> Home {
        var members = company(of: person, on: day).filter { records[$0].isThere(on: day) }
        // Whoever is asked about on the day of their own death counts alone.
        if !members.contains(person) { members = [person] }
        return Home(type: type(of: members, on: day), head: head(of: members, on: day))
    }

    private func type(of members: [Int], on day: CivilDate) -> HouseholdType {
        let hasAdult = members.contains { records[$0].isAged(18, on: day) }
        let hasMinor = members.contains { !records[$0].isAged(18, on: day) }
        if hasAdult && hasMinor { return .family }
        return members.contains { records[$0].isAged(25, on: day) } ? .singles : .youth
    }

    private func head(of members: [Int], on day: CivilDate) -> PersonID {
        let stated = members.filter { statement(of: $0, on: day)?.role == .head }
        if let head = stated.map({ records[$0].person }).min(), members.count > 1 { return head }
        let adults = members.filter { records[$0].isAged(18, on: day) }
        let eldest = (adults.isEmpty ? members : adults).map { index in
            (born: records[index].birth?.date.dayNumber ?? Int32.max, person: records[index].person)
        }
        return eldest.min { ($0.born, $0.person) < ($1.born, $1.person) }?.person ?? records[members[0]].person
    }

    /// Everybody stated to be with somebody, whether alive or not.
    private func company(of person: Int, on day: CivilDate) -> [Int] {
        guard let own = statement(of: person, on: day) else { return [person] }
        if own.covers(day) { return inside(own.household, on: day) }
        guard let end = own.to else { return [person] }
        let staying = inside(own.household, on: end).filter { records[$0].isThere(on: end) }
        guard staying.isEmpty else { return [person] }
        return records.indices.filter { index in
            guard let other = statement(of: index, on: day) else { return false }
            return other.household == own.household && other.to == end
        }
    }

    /// Who is in a household by a statement that covers the day.
    private func inside(_ household: HouseholdID, on day: CivilDate) -> [Int] {
        records.indices.filter { index in
            guard let statement = statement(of: index, on: day) else { return false }
            return statement.covers(day) && statement.household == household
        }
    }

    /// Of the statements that cover the day the later-starting; if none does, the one that ended last.
    private func statement(of person: Int, on day: CivilDate) -> HouseholdStatement? {
        var covering: HouseholdStatement?
        var ended: HouseholdStatement?
        // In order of recording, so that of two that are alike the later one is kept.
        for statement in records[person].statements {
            if statement.covers(day) {
                if covering.map({ $0.from <= statement.from }) ?? true { covering = statement }
            } else if let to = statement.to, to <= day {
                if ended.map({ ($0.to ?? to, $0.from) <= (to, statement.from) }) ?? true { ended = statement }
            }
        }
        return covering ?? ended
    }
}

extension HouseholdStatement {
    fileprivate func covers(_ day: CivilDate) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }
}
