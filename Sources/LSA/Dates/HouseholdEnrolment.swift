import CivilTime

/// The enrolment of a household, by that of its head, with the dates that count (tlsa_HHID, LSA 3.3).
struct HouseholdEnrolment {
    let type: LSAProjectType
    let entry: CivilDate
    let moveIn: CivilDate?
    let exit: CivilDate?
    /// The household belongs to the active cohort (5.1).
    let isActive: Bool

    /// `nil` if the head's enrolment is not one that the report looks at (3.3 Record Selection).
    init?(of head: Enrolment, in project: Project, _ report: ReportParameters) {
        guard head.isHead, head.isInContinuum, head.entry <= report.end else { return nil }
        // An exit behind the report is none.
        let recordedExit = head.exit.flatMap { $0 <= report.end ? $0 : nil }
        guard let bounds = project.bounds(entry: head.entry, exit: recordedExit, report),
            bounds.ends(after: head.entry)
        else { return nil }
        if let recordedExit {
            guard recordedExit > report.lookback, recordedExit > head.entry, recordedExit > bounds.start else {
                return nil
            }
        }
        type = project.type
        moveIn = HouseholdEnrolment.moveIn(of: head, in: type, exit: recordedExit, bounds, report)
        if type == .shelterNightByNight {
            guard
                let nights = BedNights(
                    head.bedNights, from: [head.entry, bounds.start], before: [recordedExit, bounds.end], report)
            else { return nil }
            entry = nights.first
            exit = HouseholdEnrolment.exit(after: nights, recorded: recordedExit, bounds, report)
        } else {
            entry = max(head.entry, bounds.start)
            exit = HouseholdEnrolment.exit(of: head, in: type, recorded: recordedExit, bounds, report)
        }
        isActive = project.servesContinuum && entry <= report.end && (exit.map { $0 >= report.start } ?? true)
    }

    /// The move-in, if it is one that can be (3.3 MoveInDate).
    private static func moveIn(
        of head: Enrolment, in type: LSAProjectType, exit: CivilDate?, _ bounds: Project.Bounds,
        _ report: ReportParameters
    ) -> CivilDate? {
        guard type.hasMoveIn, let moveIn = head.moveIn, moveIn >= head.entry, moveIn <= report.end,
            bounds.ends(after: moveIn)
        else { return nil }
        if let exit {
            guard moveIn < exit || (moveIn == exit && type.mayEndAtMoveIn) else { return nil }
        }
        return max(moveIn, bounds.start)
    }

    /// The exit from a night-by-night shelter is the morning after the last night (3.3 ExitDate, priorities 1 and 2).
    ///
    /// So it is too where the recorded exit lies behind the project's end, of which HUD's sample code makes that end.
    private static func exit(
        after nights: BedNights, recorded: CivilDate?, _ bounds: Project.Bounds, _ report: ReportParameters
    ) -> CivilDate? {
        if nights.last == report.end { return nil }
        if recorded.map({ $0 < report.end }) ?? false || nights.areLongOver(report) {
            return nights.last.adding(days: 1)
        }
        return withinBounds(recorded, bounds)
    }

    /// The exit from any other project (3.3 ExitDate, priorities 3 to 6).
    private static func exit(
        of head: Enrolment, in type: LSAProjectType, recorded: CivilDate?, _ bounds: Project.Bounds,
        _ report: ReportParameters
    ) -> CivilDate? {
        if type.mayEndAtMoveIn, let recorded, recorded == head.moveIn, bounds.ends(after: recorded) {
            return recorded == report.end ? nil : recorded.adding(days: 1)
        }
        return withinBounds(recorded, bounds)
    }

    /// What lasts longer than its project ends with it.
    private static func withinBounds(_ exit: CivilDate?, _ bounds: Project.Bounds) -> CivilDate? {
        [exit, bounds.end].compactMap(\.self).min()
    }
}
