import ByNameList
import CivilTime

extension HMISMapping {
    /// CurrentLivingSituation: a contact, and a situation that was learnt once.
    mutating func addSituations(_ enrolment: Enrolment) throws {
        let answers = try enrolment.situations
            .sorted { ($0.date, $0.row.number) < ($1.date, $1.row.number) }
            .map { row in (row: row, code: try code(row)) }
        for (place, answer) in answers.enumerated() {
            let outside = answer.row.date < enrolment.entry || enrolment.to.map { answer.row.date > $0 } ?? false
            if outside { try note(answer.row.row, .answerOutsideEnrolment, .kept, column: "InformationDate") }
            let next = answers[(place + 1)...].first { later in
                later.code?.answer != answer.code?.answer && isSituation(later.code)
            }
            let end = [next?.row.date, outside ? nil : enrolment.to].compactMap(\.self).min()
            add(answer.row, answer.code, until: end, enrolment)
        }
    }

    private func code(_ row: DatedRow) throws -> LivingSituationCode? {
        guard let code = row.code.map({ LivingSituationCode($0, version: export.version) }) else { return nil }
        switch code.answer {
        case .noSuchCode, .deceased:
            try note(row.row, .unknownCode, .valueDropped, column: "CurrentLivingSituation")
        case .situation, .permanent, .unknown, .notAsked: break
        }
        return code
    }

    private func isSituation(_ code: LivingSituationCode?) -> Bool {
        switch code?.answer {
        case .situation, .permanent: true
        case .deceased, .unknown, .notAsked, .noSuchCode, nil: false
        }
    }

    private mutating func add(
        _ row: DatedRow, _ code: LivingSituationCode?, until next: CivilDate?, _ enrolment: Enrolment
    ) {
        let shown = detail(enrolment.project, row.stamps, code: ("CurrentLivingSituation", code?.code))
        var place: Situation?
        switch code?.answer {
        case .situation(let situation):
            add(row.row, "stay", .stay(Stay(situation, from: row.date, to: next, knowledge: .reported)), shown)
            if situation.nightClass == .literal { place = situation }
        case .permanent:
            // Who has moved in already is simply still housed.
            if let moved = enrolment.moveIn?.on, moved <= row.date { break }
            add(
                row.row, "moveIn",
                .moveIn(MoveIn(on: row.date, housing: .permanentHousing, how: .livingSituation)), shown)
        case .deceased, .unknown, .notAsked, .noSuchCode, nil: break
        }
        let contact = Contact(on: row.date, seenHomeless: place != nil, kind: .livingSituation, place: place)
        add(row.row, "contact", .contact(contact), shown)
    }
}
