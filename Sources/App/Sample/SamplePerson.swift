import ByNameList
import CivilTime
import Store

/// Somebody of the sample community.
struct SamplePerson {
    let isWoman: Bool
    let birth: CivilDate
    /// As well as it is known to the agencies; `nil`: not at all.
    let knownBirth: BirthDate?
    let details: IdentityDetails
    var isVeteran = false
    var isDisabled = false
    /// When somebody first wrote about the person; `nil`: not yet.
    var introduced: Instant?
    var isDeterminedChronic = false
}

/// People who come, stay and go together.
struct SampleParty {
    enum Kind {
        case single
        case youth
        case couple
        case family
    }

    let kind: Kind
    var members: [Int]
    /// The number of their household; `nil`: somebody alone.
    var household: Int?
    var adults: Int
    let arrival: CivilDate
    /// Who met them first.
    let agency: SampleAgency
    /// A child that will be born, and when, if they are still homeless then.
    var expected: CivilDate?
    /// They have been written about before, as part of another party.
    var isKnown = false
}

/// Makes up parties.
extension SampleWriter {
    mutating func party(arriving day: CivilDate) -> SampleParty {
        let kind: SampleParty.Kind = random.pick(weighted: [
            (66, .single), (13, .youth), (7, .couple), (14, .family),
        ])
        switch kind {
        case .single: return alone(kind, aged: random.number(25...70), day)
        case .youth: return alone(kind, aged: random.number(16...24), day)
        case .couple: return couple(day)
        case .family: return family(day)
        }
    }

    private mutating func alone(_ kind: SampleParty.Kind, aged years: Int, _ day: CivilDate) -> SampleParty {
        let agency: SampleAgency =
            kind == .youth
            ? random.pick(weighted: [(70, .youthService), (30, .outreach)])
            : random.pick(weighted: [(50, .outreach), (45, .shelter), (5, .victimServices)])
        let isWoman = agency == .victimServices || random.chance(33)
        let isNameless = agency == .victimServices || (agency == .outreach && random.chance(15))
        let person = add(aged: years, on: day, isWoman: isWoman, family: nil, isNameless: isNameless)
        people[person].isVeteran = years > 24 && random.chance(9)
        return SampleParty(kind: kind, members: [person], household: nil, adults: 1, arrival: day, agency: agency)
    }

    private mutating func couple(_ day: CivilDate) -> SampleParty {
        let years = random.number(22...58)
        let members = [
            add(aged: years, on: day, isWoman: true, family: nil, isNameless: false),
            add(aged: max(19, years + random.number(-4...7)), on: day, isWoman: false, family: nil, isNameless: false),
        ]
        let agency: SampleAgency = random.chance(55) ? .outreach : .shelter
        return SampleParty(
            kind: .couple, members: members, household: newHousehold(), adults: 2, arrival: day, agency: agency)
    }

    private mutating func family(_ day: CivilDate) -> SampleParty {
        let agency: SampleAgency = random.chance(28) ? .victimServices : .shelter
        let isNameless = agency == .victimServices
        let years = random.number(19...45)
        let name = random.pick(random.pick(weighted: SampleNames.cultures).family)
        var members = [add(aged: years, on: day, isWoman: true, family: name, isNameless: isNameless)]
        if !isNameless, random.chance(45) {
            members.append(add(aged: years + 3, on: day, isWoman: false, family: name, isNameless: false))
        }
        let adults = members.count
        for _ in 0..<random.pick(weighted: [(42, 1), (34, 2), (16, 3), (8, 4)]) {
            members.append(
                add(
                    aged: random.number(0...min(17, years - 17)), on: day, isWoman: random.chance(50), family: name,
                    isNameless: isNameless))
        }
        var party = SampleParty(
            kind: .family, members: members, household: newHousehold(), adults: adults, arrival: day, agency: agency)
        if random.chance(10) { party.expected = day.adding(days: random.number(15...180)) }
        return party
    }

    mutating func newHousehold() -> Int {
        households += 1
        return households - 1
    }

    mutating func add(
        aged years: Int, on day: CivilDate, isWoman: Bool, family: String?, isNameless: Bool
    ) -> Int {
        add(
            born: day.minusYears(years).adding(days: -random.number(1...364)), isWoman: isWoman, family: family,
            isNameless: isNameless)
    }

    mutating func add(born birth: CivilDate, isWoman: Bool, family: String?, isNameless: Bool) -> Int {
        let known: BirthDate? =
            isNameless
            ? random.chance(60) ? BirthDate(year: birth.month.year) : nil
            : random.pick(weighted: [
                (90, BirthDate(birth)), (4, BirthDate(year: birth.month.year)),
                (4, BirthDate(birth, quality: .approximate)), (2, nil),
            ])
        let details = isNameless ? description(isWoman, birth) : name(isWoman, family)
        var person = SamplePerson(isWoman: isWoman, birth: birth, knownBirth: known, details: details)
        person.isDisabled = end.minusYears(18) > birth && random.chance(55)
        people.append(person)
        return people.count - 1
    }

    mutating func name(_ isWoman: Bool, _ family: String?) -> IdentityDetails {
        let culture = random.pick(weighted: SampleNames.cultures)
        let given = random.pick(isWoman ? culture.feminine : culture.masculine)
        let middle = random.chance(12) ? random.pick(isWoman ? culture.feminine : culture.masculine) : nil
        return IdentityDetails(givenName: given, middleName: middle, familyName: family ?? random.pick(culture.family))
    }

    private mutating func description(_ isWoman: Bool, _ birth: CivilDate) -> IdentityDetails {
        let age = (end.month.year - birth.month.year) / 5 * 5
        let who = age < 18 ? "Child" : isWoman ? "Woman of about \(age)" : "Man of about \(age)"
        let wearing = random.pick(SampleDescriptions.wearing)
        return IdentityDetails(description: "\(who), \(wearing), \(random.pick(SampleDescriptions.places))")
    }
}
