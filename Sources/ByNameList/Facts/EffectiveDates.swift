package import CivilTime

extension FactContent {
    /// The date on which it was, or began to be, true; `nil` where it speaks of a whole life or of another fact.
    package var effectiveFrom: CivilDate? {
        switch self {
        case .identity, .samePerson, .void: nil
        case .intake(let on, _), .assessment(let on), .programmeExit(let on, _), .leave(let on, _), .death(let on),
            .consent(let on, _, _, _), .determination(let on, _, _), .sealed(let on):
            on
        case .stay(let stay): stay.from
        case .contact(let contact): contact.on
        case .moveIn(let moveIn): moveIn.on
        case .waiting(let span): span.from
        case .household(let statement): statement.from
        case .answer(let answer): answer.on
        }
    }

    /// The date from which it is not true any more; `nil` where none is stated.
    package var effectiveTo: CivilDate? {
        switch self {
        case .stay(let stay): stay.to
        case .moveIn(let moveIn): moveIn.to
        case .waiting(let span): span.to
        case .household(let statement): statement.to
        case .identity, .intake, .contact, .assessment, .programmeExit, .leave, .death, .consent, .answer,
            .determination, .sealed, .samePerson, .void:
            nil
        }
    }

    /// Why the fact is impossible in itself, whatever else is known (domain.md 8); `nil` if it is not.
    ///
    /// - Parameter today: the date of the recorded instant in the community's zone.
    package func refusal(today: CivilDate) -> Refusal? {
        let dates = [effectiveFrom, effectiveTo].compactMap { $0 }
        if let refusal = dates.lazy.compactMap({ Refusal(of: $0, today: today) }).first { return refusal }
        if let from = effectiveFrom, let to = effectiveTo, to < from { return .endBeforeStart(from: from, to: to) }
        // The end of a consent is agreed on beforehand: it may lie ahead.
        if case .consent(let on, _, _, let until?) = self, until < on { return .endBeforeStart(from: on, to: until) }
        return nil
    }
}

/// Why a fact is not accepted: it is impossible in itself (domain.md 8, and nothing else).
package enum Refusal: Error, Hashable, Sendable {
    case tooFarAhead(CivilDate, latest: CivilDate)
    case tooLongAgo(CivilDate)
    case endBeforeStart(from: CivilDate, to: CivilDate)

    /// Nothing before 1900 is accepted.
    package static let earliest = CivilDate(dayNumber: -25_567)

    /// Why a date by itself is not accepted; `nil` if it is.
    package init?(of date: CivilDate, today: CivilDate) {
        if date > today.adding(days: 1) {
            self = .tooFarAhead(date, latest: today.adding(days: 1))
        } else if date < Refusal.earliest {
            self = .tooLongAgo(date)
        } else {
            return nil
        }
    }

    /// Why, and what would be accepted; a sentence.
    package var explanation: String {
        switch self {
        case .tooFarAhead(let date, let latest):
            "\(date) lies in the future: the latest date that is accepted is \(latest)."
        case .tooLongAgo(let date):
            "\(date) lies before 1900: the earliest date that is accepted is \(Refusal.earliest)."
        case .endBeforeStart(let from, let to):
            "The end \(to) lies before the start \(from): state an end on or after it."
        }
    }
}
