package import ByNameList
package import CivilTime

extension FactContent {
    /// The day from which it is true; `nil`: of the whole life.
    package var firstDay: CivilDate? {
        switch self {
        case .identity, .samePerson, .void: nil
        case .intake(let on, _), .assessment(let on), .programmeExit(let on, _), .leave(let on, _), .death(let on),
            .consent(let on, _, _, _), .determination(let on, _, _), .sealed(let on):
            on
        case .stay(let stay): stay.from
        case .contact(let contact): contact.on
        case .moveIn(let moveIn): moveIn.on
        case .waiting(let waiting): waiting.from
        case .household(let statement): statement.from
        case .answer(let answer): answer.on
        }
    }

    /// The last day that it speaks of.
    package var lastDay: CivilDate? {
        switch self {
        case .stay(let stay): stay.to ?? stay.confirmedTo ?? stay.from
        case .moveIn(let moveIn): moveIn.to ?? moveIn.on
        case .waiting(let waiting): waiting.to ?? waiting.confirmedTo ?? waiting.from
        case .household(let statement): statement.to ?? statement.from
        case .identity, .intake, .contact, .assessment, .programmeExit, .leave, .death, .consent, .answer,
            .determination, .sealed, .samePerson, .void:
            firstDay
        }
    }
}
