import ByNameList
import CivilTime

/// How times of homelessness end, and who comes back.
extension SampleWriter {
    private enum Way {
        case movedIn
        case silence
        case movedAway
        case doubledUp
        case institution
        case otherReason
        case died
    }

    /// Writes how the time ended; gives the day on which the party is homeless here again, if it ever is.
    mutating func leave(_ party: SampleParty, on day: CivilDate) -> CivilDate? {
        switch way(of: party) {
        case .movedIn:
            return moveIn(party, on: day)
        case .silence:
            return back(after: 120...500, from: day, percent: 24)
        case .movedAway:
            write(.leave(on: day, reason: .movedAway), aboutAll: party, by: party.agency, on: day, within: 0...6)
            return back(after: 60...500, from: day, percent: 14)
        case .otherReason:
            write(.leave(on: day, reason: .other), aboutAll: party, by: party.agency, on: day, within: 0...6)
            return back(after: 60...300, from: day, percent: 20)
        case .doubledUp:
            let stay = FactContent.stay(Stay(.doubledUp, from: day, knowledge: .reported))
            write(stay, aboutAll: party, by: party.agency, on: day, within: 0...6)
            return back(after: 30...250, from: day, percent: 30)
        case .institution:
            let to = day.adding(days: random.number(100...400))
            stay(party, .institution, from: day, to: to, by: .outreach, within: 1...8)
            return random.chance(55) ? to : nil
        case .died:
            write([.plain(.death(on: day))], about: party.members[0], by: party.agency, on: day, within: 0...9)
            return nil
        }
    }

    private mutating func way(of party: SampleParty) -> Way {
        switch party.kind {
        case .single:
            random.pick(weighted: [
                (49, .movedIn), (23, .silence), (9, .movedAway), (5, .doubledUp), (5, .institution),
                (2, .otherReason), (4, .died),
            ])
        case .youth:
            random.pick(weighted: [
                (45, .movedIn), (22, .silence), (8, .movedAway), (14, .doubledUp), (2, .institution),
                (2, .otherReason), (1, .died),
            ])
        case .couple, .family:
            random.pick(weighted: [
                (70, .movedIn), (12, .silence), (8, .movedAway), (6, .doubledUp), (2, .otherReason),
            ])
        }
    }

    private mutating func back(after days: ClosedRange<Int>, from day: CivilDate, percent: Int) -> CivilDate? {
        random.chance(percent) ? day.adding(days: random.number(days)) : nil
    }

    mutating func write(
        _ content: FactContent, aboutAll party: SampleParty, by agency: SampleAgency, on day: CivilDate,
        within days: ClosedRange<Int>
    ) {
        for person in party.members { write([.plain(content)], about: person, by: agency, on: day, within: days) }
    }

    // MARK: Housing

    private mutating func moveIn(_ party: SampleParty, on day: CivilDate) -> CivilDate? {
        let rapidPercent = party.kind == .family ? 62 : 42
        let housing: Housing = random.chance(rapidPercent) ? .rapidRehousing : .permanentHousing
        let how: MoveInKnowledge = random.pick(weighted: [(76, .programme), (18, .destination), (6, .livingSituation)])
        let agency: SampleAgency = how == .programme ? .housingProvider : party.agency
        let isReturning = random.chance(housing == .rapidRehousing ? 22 : 11)
        let back = day.adding(days: random.number(45...500))
        // Some who lose their home tell when they did; for others nobody knows, and the home ends with the next night.
        let isEndKnown = isReturning && how == .programme && random.chance(40)
        if how == .programme { waitForHousing(party, until: day) }
        for person in party.members {
            let moveIn = FactContent.moveIn(MoveIn(on: day, housing: housing, how: how))
            let exit: [FactContent] = how == .destination ? [.programmeExit(on: day, toUnknown: false)] : []
            let first = write(
                (exit + [moveIn]).map { .plain($0) }, about: person, by: agency, on: day, within: 0...9)
            if isEndKnown {
                let ended = FactContent.moveIn(MoveIn(on: day, housing: housing, to: back, how: how))
                write([.plain(ended)], about: person, by: agency, on: back, within: 0...9, replacing: first)
            }
        }
        followUp(party, from: day, until: isReturning ? back : end)
        return isReturning ? back : nil
    }

    private mutating func waitForHousing(_ party: SampleParty, until day: CivilDate) {
        guard random.chance(55) else { return }
        let from = day.adding(days: -random.number(5...60))
        for person in party.members.prefix(party.adults) {
            let waiting = SampleStatement.plain(.waiting(WaitingForHousing(from: from, to: nil)))
            let done = SampleStatement.plain(.waiting(WaitingForHousing(from: from, to: day)))
            let open = write([waiting], about: person, by: .housingProvider, on: from)
            write([done], about: person, by: .housingProvider, on: day, replacing: open)
        }
    }

    private mutating func followUp(_ party: SampleParty, from day: CivilDate, until last: CivilDate) {
        var call = day.adding(days: random.number(20...60))
        for _ in 0..<random.number(0...2) where call < last {
            let contact = Contact(on: call, seenHomeless: false, kind: .followUp)
            write([.plain(.contact(contact))], about: party.members[0], by: .housingProvider, on: call)
            call = call.adding(days: random.number(40...120))
        }
    }
}
