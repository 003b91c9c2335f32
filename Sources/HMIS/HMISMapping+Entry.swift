import ByNameList
import CivilTime

extension HMISMapping {
    /// The first evidence is the identification: an entry into a homeless project, or a homeless night before it.
    mutating func addEntry(_ enrolment: Enrolment) {
        let row = enrolment.row
        let shown = detail(
            row.project, row.stamps, code: ("LivingSituation", row.livingSituation?.code))
        if row.project.type.isHomeless {
            add(row.row, "intake", .intake(on: row.entry, saidOf: .theDay), shown)
        } else if row.livingSituation?.isLiterallyHomeless == true {
            add(row.row, "intake", .intake(on: row.entry, saidOf: .nightBefore), shown)
        } else {
            add(row.row, "entry", .contact(Contact(on: row.entry, seenHomeless: false, kind: .programmeEntry)), shown)
        }
        if let date = row.engagement {
            add(row.row, "engagement", .contact(Contact(on: date, seenHomeless: false, kind: .engagement)), shown)
        }
    }

    /// What the person says of the time before: nights since a date, and answers without nights.
    mutating func addHistory(_ enrolment: Enrolment) throws {
        let row = enrolment.row
        try addStreetNights(enrolment)
        if let situation = try priorSituation(row) {
            add(
                row.row, "priorSituation",
                .answer(Answer(.priorLivingSituation, situation.rawValue, on: row.entry)),
                detail(row.project, row.stamps, code: ("LivingSituation", row.livingSituation?.code)))
        }
        try addCount(
            row, row.timesHomeless, "TimesHomelessPastThreeYears", .timesHomelessPastThreeYears, from: 1...4, less: 0)
        try addCount(
            row, row.monthsHomeless, "MonthsHomelessPastThreeYears", .monthsHomelessPastThreeYears, from: 101...113,
            less: 100)
    }

    private func priorSituation(_ row: EnrolmentRow) throws -> Situation? {
        switch row.livingSituation?.answer {
        case .situation(let situation): return situation
        case .permanent: return .permanentHousing
        case .unknown: return .unknown
        case .deceased:
            try note(row.row, .unknownCode, .valueDropped, column: "LivingSituation")
            return nil
        case .notAsked, .noSuchCode, nil: return nil
        }
    }

    private mutating func addCount(
        _ row: EnrolmentRow, _ code: Int?, _ column: String, _ question: Question, from range: ClosedRange<Int>,
        less: Int
    ) throws {
        guard let code, code != 99 else { return }
        let value: UInt8
        switch code {
        case range: value = UInt8(code - less)
        case 8: value = YesNo.dontKnow.rawValue
        case 9: value = YesNo.declined.rawValue
        default:
            try note(row.row, .unknownCode, .valueDropped, column: column)
            return
        }
        add(
            row.row, question.code, .answer(Answer(question, value, on: row.entry)),
            detail(row.project, row.stamps, code: (column, code)))
    }

    private mutating func addStreetNights(_ enrolment: Enrolment) throws {
        let row = enrolment.row
        let column = "DateToStreetESSH"
        guard let date = row.dateToStreet else { return }
        guard date <= row.entry else {
            try note(row.row, .streetDateAfterEntry, .valueDropped, column: column)
            return
        }
        guard row.livingSituation?.isLiterallyHomeless == true || row.previousStreet == 1 else {
            try note(row.row, .streetDateWithoutAnswer, .valueDropped, column: column)
            return
        }
        var end = row.entry
        if row.project.type.housing != nil {
            end = enrolment.moveIn?.on ?? enrolment.to ?? max(row.entry, export.endDate).adding(days: 1)
        }
        let start = max(date, client.birth ?? date)
        guard start < end else { return }
        add(
            row.row, "street",
            .stay(Stay(.unsheltered, from: start, to: end, knowledge: .selfReported)),
            detail(row.project, row.stamps, code: ("LivingSituation", row.livingSituation?.code)))
    }

    /// DisablingCondition from the entry; rows about disabilities up to it make it yes, later ones are answers
    /// of their day.
    mutating func addDisability(_ enrolment: Enrolment) {
        let row = enrolment.row
        let disabling = enrolment.disabilities.filter { $0.disability?.isDisabling(type: $0.code) == true }
        let atEntry = disabling.contains { $0.date <= row.entry }
        let answer: YesNo?
        switch row.disabling {
        case 1: answer = .yes
        case 0: answer = atEntry ? .yes : .no
        case 8: answer = atEntry ? .yes : .dontKnow
        case 9: answer = atEntry ? .yes : .declined
        default: answer = atEntry ? .yes : nil
        }
        if let answer {
            add(
                row.row, "disability", .answer(Answer(.disablingCondition, answer, on: row.entry)),
                detail(row.project, row.stamps, code: ("DisablingCondition", row.disabling)))
        }
        var said: Set<CivilDate> = []
        for later in disabling where later.date > row.entry && said.insert(later.date).inserted {
            add(
                later.row, "disability", .answer(Answer(.disablingCondition, .yes, on: later.date)),
                detail(row.project, later.stamps, code: ("DisabilityType", later.code)))
        }
    }
}
