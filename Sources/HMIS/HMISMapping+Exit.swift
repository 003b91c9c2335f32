import ByNameList
import CivilTime

extension HMISMapping {
    /// The exit and where it leads.
    mutating func addExit(_ enrolment: Enrolment) {
        guard let exit = enrolment.exit else { return }
        let shown = detail(enrolment.project, exit.stamps, code: ("Destination", exit.destination?.code))
        guard enrolment.project.type.destinationCounts else {
            // A prevention client was housed all the time: where to says nothing about homelessness.
            let contact = Contact(on: exit.date, seenHomeless: false, kind: .programmeExit)
            add(exit.row, "contact", .contact(contact), shown)
            return
        }
        var toUnknown = false
        switch exit.destination?.answer {
        case .situation(let situation): addDestination(exit, situation, shown)
        case .permanent: addMoveIn(exit, enrolment, shown)
        case .deceased: add(exit.row, "death", .death(on: exit.date), shown)
        case .unknown, .notAsked, .noSuchCode, nil: toUnknown = true
        }
        add(exit.row, "exit", .programmeExit(on: exit.date, toUnknown: toUnknown), shown)
    }

    private mutating func addDestination(_ exit: ExitRow, _ situation: Situation, _ shown: [FactDetail]) {
        if situation.nightClass == .literal {
            let contact = Contact(
                on: exit.date, seenHomeless: true, kind: .programmeExit, place: situation, isDestination: true)
            add(exit.row, "contact", .contact(contact), shown)
        }
        add(
            exit.row, "stay",
            .stay(Stay(situation, from: exit.date, knowledge: .reported, isDestination: true)), shown)
    }

    /// It dates the status; after an earlier move-in the person simply stays housed.
    private mutating func addMoveIn(_ exit: ExitRow, _ enrolment: Enrolment, _ shown: [FactDetail]) {
        guard enrolment.moveIn == nil else { return }
        let isRapid = exit.subsidy == LivingSituationCode.rapidRehousingSubsidy
        add(
            exit.row, "moveIn",
            .moveIn(
                MoveIn(on: exit.date, housing: isRapid ? .rapidRehousing : .permanentHousing, how: .destination)),
            shown)
    }
}
