import ByNameList
import CivilTime
import Store

/// How people become known.
extension SampleWriter {
    mutating func arrive(_ party: SampleParty, on day: CivilDate) {
        for (place, person) in party.members.enumerated() {
            let role: HouseholdRole = place == 0 ? .head : place < party.adults ? .adult : .child
            introduce(person, of: party, as: role, on: day)
            if place < party.adults { ask(person, of: party, on: day) }
        }
        guard party.kind == .single else { return }
        if random.chance(4) { addAlias(of: party.members[0], by: party.agency, on: day) }
    }

    /// Identity, first meeting, household and consent, as one change.
    private mutating func introduce(
        _ person: Int, of party: SampleParty, as role: HouseholdRole, on day: CivilDate
    ) {
        let details = people[person].details
        var facts: [FactContent] = [.identity(named: details.isNamed, birth: people[person].knownBirth)]
        if party.agency == .outreach, !details.isNamed {
            facts.append(.contact(Contact(on: day, seenHomeless: true, kind: .outreach)))
        } else {
            facts.append(.intake(on: day, saidOf: .theDay))
            facts.append(.consent(on: day, purpose: .list, value: consent()))
            facts.append(.consent(on: day, purpose: .sharing, value: consent()))
            if random.chance(30) { facts.append(.consent(on: day, purpose: .research, value: consent())) }
        }
        if party.agency == .victimServices { facts.append(.sealed(on: day)) }
        if people[person].isVeteran { facts.append(.answer(Answer(.veteran, .yes))) }
        var statements = facts.map { SampleStatement.plain($0) }
        if let household = party.household {
            statements.append(.household(household, role, from: day, to: nil))
        }
        let first = write(statements, about: person, by: party.agency, on: day, identity: details)
        if let household = party.household {
            membership[person] = SampleMembership(
                fact: first + statements.count - 1, household: household, role: role, from: day)
        }
    }

    private mutating func consent() -> ConsentValue {
        random.pick(weighted: [(86, .given), (9, .refused), (5, .notAsked)])
    }

    /// The time before, an assessment with the data points, and for a few what changes later.
    private mutating func ask(_ person: Int, of party: SampleParty, on day: CivilDate) {
        if random.chance(45) { tellOfTimeBefore(person, by: party.agency, on: day) }
        guard random.chance(people[person].details.isNamed ? 80 : 35) else { return }
        let assessed = day.adding(days: random.pick(weighted: [(50, 0), (30, 4), (15, 12), (5, 30)]))
        let answers = answers(of: person, isFamily: party.kind == .family, on: assessed)
        let facts = [FactContent.assessment(on: assessed)] + answers.map { .answer($0) }
        write(facts.map { .plain($0) }, about: person, by: party.agency, on: assessed)
        if !people[person].details.isNamed, party.agency == .outreach {
            let named = name(people[person].isWoman, nil)
            let identity = SampleStatement.plain(.identity(named: true, birth: BirthDate(people[person].birth)))
            write([identity], about: person, by: .outreach, on: assessed, identity: named)
        }
        if random.chance(2) {
            let withdrawn = assessed.adding(days: random.number(20...300))
            let consent = FactContent.consent(on: withdrawn, purpose: .list, value: .withdrawn)
            write([.plain(consent)], about: person, by: party.agency, on: withdrawn)
        }
    }

    private mutating func tellOfTimeBefore(_ person: Int, by agency: SampleAgency, on day: CivilDate) {
        // Whom the list finds when it begins has often been homeless for long.
        let isEarly = day - start < 28
        let nights =
            random.pick(weighted: [(isEarly ? 20 : 45, 12), (30, 60), (20, 180), (isEarly ? 40 : 14, 400)])
            + random.number(0...60)
        let stay = Stay(.unsheltered, from: day.adding(days: -nights), to: day, knowledge: .selfReported)
        write([.plain(.stay(stay))], about: person, by: agency, on: day)
        if nights > 365, people[person].isDisabled { determine(person, chronic: true, on: day.adding(days: 14)) }
    }

    mutating func determine(_ person: Int, chronic: Bool, on day: CivilDate) {
        people[person].isDeterminedChronic = chronic
        let determination = FactContent.determination(on: day, rule: .usHUD, chronic: chronic)
        write([.plain(determination)], about: person, by: .housingProvider, on: day, within: 0...7)
    }

    private mutating func addAlias(of person: Int, by agency: SampleAgency, on day: CivilDate) {
        let later = day.adding(days: random.number(3...90))
        var alias = name(people[person].isWoman, people[person].details.familyName)
        alias.middleName = nil
        let identity = SampleStatement.plain(.identity(named: true, birth: people[person].knownBirth))
        write([identity], about: person, by: agency, on: later, identity: alias)
    }
}
