import ByNameList
import CivilTime

/// What turns out to have been written wrong.
extension SampleWriter {
    /// Looks through the changes from that one on, as they stand now.
    mutating func correct(from first: Int) {
        for change in changes[first...] {
            guard change.facts.count == 1, !superseded.contains(change.facts[0].ordinal) else { continue }
            correct(change, change.facts[0])
        }
    }

    private mutating func correct(_ change: SampleChange, _ fact: SampleFact) {
        let recorded = CivilDate(dayNumber: Int32(change.recorded.seconds / 86_400))
        let day = recorded.adding(days: random.number(1...40))
        guard case .plain(let content) = fact.statement else { return }
        switch content {
        case .contact:
            if random.chance(2) { withdraw(fact.ordinal, change, on: day) }
        case .stay(let stay) where stay.to != nil && stay.knowledge == .watched:
            guard random.chance(3) else { return }
            let from = stay.from.adding(days: -random.number(1...3))
            let right = Stay(stay.situation, from: from, to: stay.to, knowledge: stay.knowledge)
            write([.plain(.stay(right))], about: change.person, by: change.agency, on: day, replacing: fact.ordinal)
        // Nobody watches the nights after another move-in: the shelter's last ones would bring the person back.
        case .moveIn(let moveIn) where moveIn.how == .programme:
            guard random.chance(5) else { return }
            let on = moveIn.on.adding(days: -random.number(1...5))
            let right = MoveIn(on: on, housing: moveIn.housing, to: moveIn.to, how: moveIn.how)
            write([.plain(.moveIn(right))], about: change.person, by: change.agency, on: day, replacing: fact.ordinal)
        case .stay, .moveIn, .identity, .intake, .assessment, .programmeExit, .leave, .death, .waiting, .household,
            .consent, .answer, .determination, .sealed, .samePerson, .void:
            break
        }
    }

    /// It was somebody else who was met; now and then it was not.
    private mutating func withdraw(_ fact: Int, _ change: SampleChange, on day: CivilDate) {
        let void = write([.void(fact)], about: change.person, by: change.agency, on: day)
        guard random.chance(15) else { return }
        write([.void(void)], about: change.person, by: change.agency, on: day.adding(days: random.number(1...20)))
    }
}
