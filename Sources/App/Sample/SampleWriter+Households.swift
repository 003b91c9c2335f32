import ByNameList
import CivilTime
import Store

/// What happens in families and couples while they are homeless.
extension SampleWriter {
    mutating func changeHousehold(_ party: inout SampleParty, on day: CivilDate) {
        if let birth = party.expected, birth <= day {
            party.expected = nil
            bear(into: &party, on: birth)
        }
        guard party.adults == 2, party.household != nil, day < end else { return }
        if random.chance(4) { part(&party, on: day) } else if random.chance(4) { changeHead(&party, on: day) }
    }

    /// A child is born: it is homeless from its first day.
    private mutating func bear(into party: inout SampleParty, on birth: CivilDate) {
        guard let household = party.household else { return }
        let family = people[party.members[0]].details.familyName
        let child = add(born: birth, isWoman: random.chance(50), family: family, isNameless: family == nil)
        party.members.append(child)
        let facts: [SampleStatement] = [
            .plain(.identity(named: people[child].details.isNamed, birth: BirthDate(birth))),
            .plain(.intake(on: birth, saidOf: .theDay)),
            .plain(.consent(on: birth, purpose: .list, value: .given)),
            .household(household, .child, from: birth, to: nil),
        ]
        let first = write(facts, about: child, by: party.agency, on: birth, identity: people[child].details)
        membership[child] = SampleMembership(
            fact: first + facts.count - 1, household: household, role: .child, from: birth)
    }

    /// The second adult goes alone from here on.
    private mutating func part(_ party: inout SampleParty, on day: CivilDate) {
        let leaver = party.members.remove(at: 1)
        party.adults = 1
        end(membershipOf: leaver, on: day, by: party.agency)
        var alone = SampleParty(
            kind: .single, members: [leaver], household: nil, adults: 1, arrival: day, agency: .shelter)
        alone.isKnown = true
        pending.append(alone)
    }

    private mutating func changeHead(_ party: inout SampleParty, on day: CivilDate) {
        guard let household = party.household else { return }
        for (person, role) in [(party.members[0], HouseholdRole.adult), (party.members[1], .head)] {
            end(membershipOf: person, on: day, by: party.agency)
            let fact = write(
                [.household(household, role, from: day, to: nil)], about: person, by: party.agency, on: day)
            membership[person] = SampleMembership(fact: fact, household: household, role: role, from: day)
        }
        party.members.swapAt(0, 1)
    }

    /// States the end of a membership: the statement is replaced by one that has it.
    private mutating func end(membershipOf person: Int, on day: CivilDate, by agency: SampleAgency) {
        guard let held = membership[person], held.from <= day else { return }
        write(
            [.household(held.household, held.role, from: held.from, to: day)], about: person, by: agency, on: day,
            replacing: held.fact)
        membership[person] = nil
    }
}
