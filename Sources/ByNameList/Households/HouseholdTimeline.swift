import CivilTime

/// What a person's household is like from a day on.
package struct HouseholdStanding: Hashable, Sendable {
    package let type: HouseholdType
    package let isHead: Bool
}

/// How the household of one person is composed over time (domain.md 3; decision 0002, 21 to 23).
struct HouseholdTimeline {
    let person: HouseholdMember
    /// The person first, then everybody who shares a household with the person by any statement.
    let everybody: [HouseholdMember]
    private(set) var steps: [Step<HouseholdStanding>] = []
    private(set) var findings: [Finding] = []

    init(of life: Life, among lives: [Life]) {
        person = HouseholdMember(life)
        let households = life.households
        var everybody = [person]
        if !households.isEmpty {
            for other in lives where other.person != life.person && !other.households.isDisjoint(with: households) {
                everybody.append(HouseholdMember(other))
            }
        }
        self.everybody = everybody
        for day in days() { step(on: day) }
        noteOverlaps()
    }

    /// The days on which the composition may change, in order, from the beginning of time.
    private func days() -> [Day] {
        var days: [Day] = [.min]
        for member in everybody {
            for placement in member.statements {
                days.append(placement.from)
                days.append(placement.to)
            }
            days.append(member.death)
            if let birth = member.birth {
                days.append(birth.day)
                days.append(birth.turns18)
                days.append(birth.turns25)
            }
        }
        days.sort()
        var unique: [Day] = []
        for day in days where day != .never && unique.last != day { unique.append(day) }
        return unique
    }

    /// Who is the head of the person's household on the day.
    func head(on day: Day) -> PersonID? {
        let (members, heads) = composition(on: day)
        return heads.min() ?? eldest(of: members, on: day)
    }

    /// Everybody in the person's household on the day.
    func members(on day: Day) -> [PersonID] { composition(on: day).members.map(\.person) }

    private mutating func step(on day: Day) {
        let (members, heads) = composition(on: day)
        let isHead = (heads.min() ?? eldest(of: members, on: day)) == person.person
        let standing = HouseholdStanding(type: type(of: members, on: day), isHead: isHead)
        if members.count > 1 { noteHeads(heads, on: day) }
        if steps.last?.value != standing { steps.append(Step(from: day, value: standing)) }
    }

    /// Everybody who is in the person's household on the day, and those stated to be its head.
    private func composition(on day: Day) -> (members: [HouseholdMember], heads: [PersonID]) {
        guard person.isAlive(on: day), let own = place(of: person, on: day) else { return ([person], []) }
        let stands = own.to <= day
        var members: [HouseholdMember] = []
        var heads: [PersonID] = []
        for member in everybody {
            guard member.isAlive(on: day), let place = place(of: member, on: day), place.household == own.household
            else { continue }
            // The composition of the last day stands by itself: who is given the household later is in a new one.
            guard stands ? place.to == own.to : place.to > day else { continue }
            members.append(member)
            if place.role == .head { heads.append(member.person) }
        }
        return (members, heads)
    }

    /// The statement that puts somebody into a household on the day; after its end too, where the last stay together.
    private func place(of member: HouseholdMember, on day: Day) -> HouseholdMember.Placement? {
        if let covering = member.covering(day) { return covering }
        guard let ended = member.lastEnded(by: day) else { return nil }
        let somebodyStays = everybody.contains {
            $0.person != member.person && $0.isAlive(on: ended.to)
                && $0.covering(ended.to)?.household == ended.household
        }
        return somebodyStays ? nil : ended
    }

    private func type(of members: [HouseholdMember], on day: Day) -> HouseholdType {
        let hasChild = members.contains { $0.isUnder18(on: day) }
        if hasChild, members.contains(where: { !$0.isUnder18(on: day) }) { return .family }
        return members.allSatisfy { $0.isUnder25(on: day) } ? .youth : .singles
    }

    /// The oldest adult, a known age before an unknown one; without an adult the oldest; then the smaller id.
    private func eldest(of members: [HouseholdMember], on day: Day) -> PersonID? {
        func rank(_ member: HouseholdMember) -> (Int, Day, PersonID) {
            let group = member.isUnder18(on: day) ? 2 : member.birth == nil ? 1 : 0
            return (group, member.birth?.day ?? 0, member.person)
        }
        return members.min { rank($0) < rank($1) }?.person
    }

    private mutating func noteHeads(_ heads: [PersonID], on day: Day) {
        if heads.count > 1 { note(.severalHeads, on: day) }
        if heads.isEmpty { note(.noHead, on: day) }
    }

    private mutating func noteOverlaps() {
        for (index, one) in person.statements.enumerated() {
            for other in person.statements[..<index]
            where other.household != one.household && other.from < one.to && one.from < other.to {
                note(.overlappingHouseholds, on: max(one.from, other.from))
            }
        }
    }

    private mutating func note(_ kind: FindingKind, on day: Day) {
        let finding = Finding(kind: kind, on: CivilDate(dayNumber: day), fact: nil)
        if day != .min, !findings.contains(finding) { findings.append(finding) }
    }
}
