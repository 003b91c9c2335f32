import ByNameList
import CivilTime

extension HMISMapping {
    /// An enrolment that says nothing for longer than this is a finding.
    private static var silentDaysMax: Int { 400 }

    /// Shelter, safe haven and transitional housing know each night between entry and exit.
    mutating func addResidence(_ enrolment: Enrolment) throws {
        let row = enrolment.row
        if enrolment.end == .open, export.endDate - enrolment.lastRow > HMISMapping.silentDaysMax {
            try note(row.row, .openWithoutRows, .kept)
        }
        guard let situation = row.project.type.situation else { return }
        let confirmed = enrolment.to == nil ? max(row.entry, export.endDate) : nil
        add(
            row.row, "stay", .stay(Stay(situation, from: row.entry, to: enrolment.to, confirmedTo: confirmed)),
            detail(row.project, row.stamps))
    }

    /// Bed nights of a shelter that counts night by night; every other service is a contact.
    mutating func addServices(_ enrolment: Enrolment) throws {
        var nights: [DatedRow] = []
        for service in enrolment.services {
            if service.code == 200, enrolment.project.type == .shelterNightByNight {
                nights.append(service)
                continue
            }
            if service.code == 200 { try note(service.row, .bedNightElsewhere, .kept, column: "RecordType") }
            addContact(service, kind: .service, project: enrolment.project)
        }
        try addNights(nights, enrolment)
    }

    /// Consecutive nights are one stay, known by the row of its first night.
    private mutating func addNights(_ nights: [DatedRow], _ enrolment: Enrolment) throws {
        var run: (first: DatedRow, last: CivilDate)?
        for night in nights.sorted(by: { ($0.date, $0.row.number) < ($1.date, $1.row.number) }) {
            if !enrolment.covers(night.date) {
                try note(night.row, .nightOutsideEnrolment, .kept, column: "DateProvided")
            }
            guard let present = run else {
                run = (night, night.date)
                continue
            }
            if night.date == present.last {
                try note(night.row, .nightTwice, .kept, column: "DateProvided")
            } else if night.date - present.last == 1 {
                run?.last = night.date
            } else {
                addRun(present, enrolment)
                run = (night, night.date)
            }
        }
        if let run { addRun(run, enrolment) }
    }

    private mutating func addRun(_ run: (first: DatedRow, last: CivilDate), _ enrolment: Enrolment) {
        add(
            run.first.row, "nights",
            .stay(Stay(.emergencyShelter, from: run.first.date, to: run.last.adding(days: 1))),
            detail(enrolment.project, run.first.stamps))
    }

    mutating func addContact(_ row: DatedRow, kind: ContactKind, project: ProjectRecord) {
        let columns = row.row.file.keptColumns
        add(
            row.row, "contact", .contact(Contact(on: row.date, seenHomeless: false, kind: kind)),
            detail(project, row.stamps, code: (columns[1], row.code)))
    }

    mutating func addAssessment(_ row: DatedRow, project: ProjectRecord) {
        let kind: ContactKind
        switch row.code {
        case 1: kind = .phone
        case 2: kind = .message
        case 3: kind = .visit
        default: kind = .other
        }
        addContact(row, kind: kind, project: project)
        add(
            row.row, "assessment", .assessment(on: row.date),
            detail(project, row.stamps, code: ("AssessmentType", row.code)))
    }

    /// Who flees violence is sealed until somebody who may says otherwise.
    mutating func addSeal(_ row: DatedRow) {
        guard row.code == 1 else { return }
        add(row.row, "sealed", .sealed(on: row.date), detail(nil, row.stamps))
    }
}
