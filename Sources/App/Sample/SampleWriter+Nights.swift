import ByNameList
import CivilTime

/// Where people spend their nights while they are homeless.
extension SampleWriter {
    private enum Stretch {
        case shelter
        case outdoors
        case transitional
        case institution
        case doubledUp
        case silence
    }

    /// Writes the nights of one time of homelessness; gives the day on which it ends.
    mutating func stayHomeless(_ party: inout SampleParty, from first: CivilDate) -> CivilDate {
        let nights = random.pick(weighted: [
            (28, random.number(3...30)), (35, random.number(31...140)), (27, random.number(141...380)),
            (12, random.number(381...1000)),
        ])
        let last = first.adding(days: nights)
        var day = first
        while day < last, day < end {
            day = spend(party, from: day, until: last)
            changeHousehold(&party, on: day)
            review(party, homelessSince: first, on: day)
        }
        return day
    }

    private mutating func spend(_ party: SampleParty, from day: CivilDate, until last: CivilDate) -> CivilDate {
        switch stretch(of: party) {
        case .shelter: return shelter(party, from: day, until: last)
        case .outdoors: return outdoors(party, from: day, until: last)
        case .transitional:
            let to = day.adding(days: random.number(60...200))
            stay(party, .transitional, from: day, to: to, by: .housingProvider)
            return to
        case .institution:
            let to = day.adding(days: random.chance(22) ? random.number(95...210) : random.number(3...50))
            stay(party, .institution, from: day, to: to, by: .outreach, within: 1...6)
            return to
        case .doubledUp:
            let to = day.adding(days: random.number(7...70))
            stay(party, .doubledUp, from: day, to: to, by: party.agency, knowledge: .reported)
            return to
        case .silence:
            return day.adding(days: random.number(60...150))
        }
    }

    private mutating func stretch(of party: SampleParty) -> Stretch {
        switch party.kind {
        case .single:
            random.pick(weighted: [
                (42, .shelter), (40, .outdoors), (3, .transitional), (7, .institution), (2, .doubledUp), (4, .silence),
            ])
        case .youth:
            random.pick(weighted: [
                (42, .shelter), (24, .outdoors), (14, .transitional), (3, .institution), (6, .doubledUp),
                (5, .silence),
            ])
        case .couple:
            random.pick(weighted: [(35, .shelter), (57, .outdoors), (3, .doubledUp), (3, .silence)])
        case .family:
            random.pick(weighted: [(84, .shelter), (11, .transitional), (2, .doubledUp)])
        }
    }

    private mutating func shelter(_ party: SampleParty, from day: CivilDate, until last: CivilDate) -> CivilDate {
        let nights = random.pick(weighted: [
            (30, random.number(1...10)), (40, random.number(11...45)), (30, random.number(46...120)),
        ])
        let to = min(day.adding(days: nights), max(last, day.adding(days: 1)))
        let agency: SampleAgency =
            party.kind == .youth ? .youthService : party.agency == .victimServices ? .victimServices : .shelter
        stay(party, .emergencyShelter, from: day, to: to, by: agency)
        if random.chance(25) {
            let toUnknown = random.chance(55)
            for person in party.members {
                write([.plain(.programmeExit(on: to, toUnknown: toUnknown))], about: person, by: agency, on: to)
            }
        }
        return to
    }

    /// Nights outside, of which outreach knows what it sees.
    private mutating func outdoors(_ party: SampleParty, from day: CivilDate, until last: CivilDate) -> CivilDate {
        let to = min(day.adding(days: random.number(10...75)), max(last, day.adding(days: 1)))
        if random.chance(20) { stay(party, .unsheltered, from: day, to: to, by: .outreach) }
        var seen = day
        while seen < to {
            for person in party.members {
                let contact = Contact(on: seen, seenHomeless: true, kind: .outreach)
                write([.plain(.contact(contact))], about: person, by: .outreach, on: seen)
            }
            seen = seen.adding(days: random.number(5...28))
        }
        if random.chance(15) {
            let contact = Contact(on: to, seenHomeless: false, kind: random.pick([.foodBank, .phone, .event]))
            write([.plain(.contact(contact))], about: party.members[0], by: .outreach, on: to)
        }
        return to
    }

    /// Nights of everybody in the party, written when they begin and again when they have ended; a few nights, once.
    mutating func stay(
        _ party: SampleParty, _ situation: Situation, from: CivilDate, to: CivilDate, by agency: SampleAgency,
        within days: ClosedRange<Int> = 0...2, knowledge: StayKnowledge = .watched
    ) {
        for person in party.members {
            let whole = SampleStatement.plain(.stay(Stay(situation, from: from, to: to, knowledge: knowledge)))
            if to - from <= 7 {
                write([whole], about: person, by: agency, on: to, within: days)
                continue
            }
            let begun = SampleStatement.plain(.stay(Stay(situation, from: from, knowledge: knowledge)))
            let open = write([begun], about: person, by: agency, on: from, within: days)
            write([whole], about: person, by: agency, on: to, within: days, replacing: open)
        }
    }

    /// A file is made for who has been homeless for a year with a disabling condition, and sometimes looked at again.
    private mutating func review(_ party: SampleParty, homelessSince first: CivilDate, on day: CivilDate) {
        for person in party.members.prefix(party.adults) where people[person].isDisabled {
            if people[person].isDeterminedChronic {
                if random.chance(5) { determine(person, chronic: false, on: day) }
            } else if day - first > 365, random.chance(85) {
                determine(person, chronic: true, on: day)
            }
        }
    }
}
