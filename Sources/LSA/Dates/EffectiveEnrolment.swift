package import CivilTime

/// Somebody's enrolment with the dates that count (tlsa_Enrollment, LSA 3.4).
package struct EffectiveEnrolment {
    /// The EnrollmentID.
    package let id: String
    /// The kind of the household's project.
    package let type: LSAProjectType
    /// The entry, not before the household's; in a night-by-night shelter the first bed night.
    package let entry: CivilDate
    /// The move-in, not before the entry.
    package let moveIn: CivilDate?
    /// The exit, not after the household's; in a night-by-night shelter the morning after the last bed night.
    package let exit: CivilDate?
    /// The enrolment belongs to the active cohort (5.2).
    package let isActive: Bool
    let isHead: Bool
    let answers: LivingSituationAnswers
    /// Of a night-by-night shelter: the nights that count.
    let bedNights: BedNights?

    /// `nil` if the enrolment has no part in that of its household (3.4 Record Selection).
    init?(_ enrolment: Enrolment, in household: HouseholdEnrolment, _ report: ReportParameters) {
        let dates: (entry: CivilDate, exit: CivilDate?)
        if household.type == .shelterNightByNight {
            guard
                let nights = BedNights(
                    enrolment.bedNights, from: [enrolment.entry, household.entry],
                    before: [enrolment.exit, household.exit], report)
            else { return nil }
            bedNights = nights
            dates = (nights.first, EffectiveEnrolment.exit(of: enrolment, after: nights, in: household, report))
        } else {
            guard let found = EffectiveEnrolment.dates(of: enrolment, in: household, report) else { return nil }
            bedNights = nil
            dates = found
        }
        id = enrolment.id
        type = household.type
        entry = dates.entry
        exit = dates.exit
        moveIn = EffectiveEnrolment.moveIn(entry: dates.entry, exit: dates.exit, in: household)
        isActive = household.isActive && (dates.exit.map { $0 >= report.start } ?? true)
        isHead = enrolment.isHead
        answers = enrolment.answers
    }

    /// The last day of which the enrolment speaks (5.5): the exit, where there is one, else the end of the report.
    func lastActive(_ report: ReportParameters) -> CivilDate {
        guard let bedNights else { return exit ?? report.end }
        return min(bedNights.last.adding(days: 1), report.end)
    }

    private static func dates(
        of enrolment: Enrolment, in household: HouseholdEnrolment, _ report: ReportParameters
    ) -> (entry: CivilDate, exit: CivilDate?)? {
        guard enrolment.entry <= household.exit ?? report.end else { return nil }
        let entry = max(enrolment.entry, household.entry)
        guard let exit = enrolment.exit, exit <= report.end else { return (entry, household.exit) }
        guard exit > household.entry, exit > enrolment.entry, exit > report.lookback else { return nil }
        if let householdExit = household.exit, exit >= householdExit { return (entry, householdExit) }
        // Who leaves on the day of the move-in was housed that night, also if the others stay: as HUD's sample code has
        // it, by which its results are made. The text has it only of the head (3.3).
        if household.type.mayEndAtMoveIn, exit == household.moveIn {
            return (entry, exit == report.end ? nil : exit.adding(days: 1))
        }
        return (entry, exit)
    }

    private static func exit(
        of enrolment: Enrolment, after nights: BedNights, in household: HouseholdEnrolment, _ report: ReportParameters
    ) -> CivilDate? {
        if enrolment.exit == nil, household.exit == nil, !nights.areLongOver(report) { return nil }
        return nights.last == report.end ? nil : nights.last.adding(days: 1)
    }

    private static func moveIn(entry: CivilDate, exit: CivilDate?, in household: HouseholdEnrolment) -> CivilDate? {
        guard let moveIn = household.moveIn else { return nil }
        if moveIn < entry { return entry }
        guard let exit else { return moveIn }
        // A member who leaves on the day on which the others move in does not move in.
        let othersStay = household.exit.map { $0 > exit } ?? true
        return moveIn < exit || (moveIn == exit && !othersStay) ? moveIn : nil
    }
}
