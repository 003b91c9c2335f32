import CivilTime

/// How an enrolment ends.
enum EnrolmentEnd: Hashable {
    case open
    case exited(CivilDate)
    /// Nobody wrote an exit, but the project closed on that day.
    case projectClosed(CivilDate)
    /// It has ended, on a day that cannot be used.
    case unknownDay
}

/// An enrolment with its exit.
struct Enrolment {
    let row: EnrolmentRow
    var exit: ExitRow?
    var end: EnrolmentEnd
    /// Rows of other files that speak of it.
    var services: [DatedRow] = []
    var situations: [DatedRow] = []
    var disabilities: [DatedRow] = []
    /// The move-in that counts, once the household is known.
    var moveIn: StandingMoveIn?
    /// The latest day of which any row about it speaks.
    var lastRow: CivilDate

    var entry: CivilDate { row.entry }
    var project: ProjectRecord { row.project }

    /// The morning after its last night, if it has one; an enrolment that ended nobody knows when has no nights.
    var to: CivilDate? {
        switch end {
        case .open: nil
        case .exited(let date), .projectClosed(let date): date
        case .unknownDay: entry
        }
    }

    /// A move-in date of its own that can be true.
    var ownMoveIn: CivilDate? {
        guard project.type.housing != nil, let date = row.moveIn, date >= entry, to.map({ date <= $0 }) ?? true
        else { return nil }
        return date
    }

    func covers(_ day: CivilDate) -> Bool { entry <= day && (to.map { day < $0 } ?? true) }

    mutating func sawRow(on day: CivilDate) { lastRow = max(lastRow, day) }
}

extension Enrolment {
    /// Puts enrolments and their exits together; `rows` are in the order of a person, or of a household.
    static func assemble(_ rows: [StagedRow], _ context: MappingContext, quiet: Bool) throws -> [Enrolment] {
        var enrolments: [Enrolment] = []
        var places: [String: Int] = [:]
        for staged in rows where staged.file == .enrollment {
            guard let row = try EnrolmentRow(staged, context, quiet: quiet) else { continue }
            places[row.id] = enrolments.count
            enrolments.append(Enrolment(row: row, exit: nil, end: .open, lastRow: row.entry))
            if !quiet { context.log.used(.enrollment) }
        }
        for staged in rows where staged.file == .exit {
            let reading = RowReading(staged, context, quiet: quiet)
            guard let place = places[staged.group], enrolments[place].row.row.person == staged.person else {
                try reading.note(.unknownEnrolment, .rowNotUsed, column: "EnrollmentID")
                continue
            }
            try enrolments[place].take(staged, reading, context, quiet: quiet)
        }
        for place in enrolments.indices { try enrolments[place].close(context, quiet: quiet) }
        return enrolments
    }

    private mutating func take(
        _ staged: StagedRow, _ exitReading: RowReading, _ context: MappingContext, quiet: Bool
    ) throws {
        var reading = exitReading
        guard exit == nil else {
            try reading.note(.secondExit, .rowNotUsed)
            return
        }
        switch try reading.usableDate("ExitDate") {
        case .usable(let date) where date >= entry:
            exit = try ExitRow(staged, date: date, &reading)
            end = .exited(date)
            sawRow(on: date)
            if !quiet { context.log.used(.exit) }
        case .usable:
            end = .unknownDay
            try reading.note(.exitBeforeEntry, .rowNotUsed, column: "ExitDate")
        case .blank:
            end = .unknownDay
            try reading.note(.dateMissing, .rowNotUsed, column: "ExitDate")
        case .unusable(.dateAfterExport):
            // The exit has not come when the export is written: until then the person is enrolled.
            try reading.note(.dateAfterExport, .rowNotUsed, column: "ExitDate")
        case .unusable(let what):
            end = .unknownDay
            try reading.note(what, .rowNotUsed, column: "ExitDate")
        }
    }

    /// Ends what is open with its project, and says what is odd about the end.
    private mutating func close(_ context: MappingContext, quiet: Bool) throws {
        let reading = RowReading(row.row, context, quiet: quiet)
        if end == .unknownDay { try reading.note(.exitWithoutDay, .noNights) }
        guard end == .open, let closed = project.operatingEnd, closed <= context.export.endDate else { return }
        if closed < entry {
            end = .projectClosed(entry)
            try reading.note(.entryAfterProjectClosed, .noNights)
        } else {
            end = .projectClosed(closed)
            try reading.note(.openAfterProjectClosed, .endedThere)
        }
    }
}
