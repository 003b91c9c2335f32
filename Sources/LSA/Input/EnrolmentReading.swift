import CivilTime

/// Where the columns of Enrollment.csv stand that the report reads.
struct EnrolmentReading {
    private let id: Int
    private let person: Int
    private let project: Int
    private let household: Int
    private let relationship: Int
    private let continuum: Int
    private let entry: Int
    private let moveIn: Int
    private let livingSituation: Int
    private let lengthOfStay: Int
    private let nightBefore: Int
    private let homelessSince: Int
    private let times: Int
    private let months: Int

    init(_ rows: TableRows) throws {
        id = try rows.place(of: "EnrollmentID")
        person = try rows.place(of: "PersonalID")
        project = try rows.place(of: "ProjectID")
        household = try rows.place(of: "HouseholdID")
        relationship = try rows.place(of: "RelationshipToHoH")
        continuum = try rows.place(of: "EnrollmentCoC")
        entry = try rows.place(of: "EntryDate")
        moveIn = try rows.place(of: "MoveInDate")
        livingSituation = try rows.place(of: "LivingSituation")
        lengthOfStay = try rows.place(of: "LengthOfStay")
        nightBefore = try rows.place(of: "PreviousStreetESSH")
        homelessSince = try rows.place(of: "DateToStreetESSH")
        times = try rows.place(of: "TimesHomelessPastThreeYears")
        months = try rows.place(of: "MonthsHomelessPastThreeYears")
    }

    /// The enrolment of the present row; `nil` if it is not a valid one (LSA 3.3).
    func enrolment(_ rows: inout TableRows, _ report: ReportParameters) -> Enrolment? {
        let enrolmentID = rows.text(id)
        let personID = rows.text(person)
        let householdID = rows.text(household)
        guard !enrolmentID.isEmpty, !personID.isEmpty, !householdID.isEmpty,
            let relationship = rows.code(relationship), (1...5).contains(relationship),
            let entry = rows.date(entry)
        else { return nil }
        return Enrolment(
            id: enrolmentID, person: personID, project: rows.text(project), household: householdID,
            isHead: relationship == 1, isInContinuum: rows.text(continuum) == report.continuum, entry: entry,
            moveIn: rows.date(moveIn), answers: answers(&rows))
    }

    private func answers(_ rows: inout TableRows) -> LivingSituationAnswers {
        LivingSituationAnswers(
            livingSituation: rows.code(livingSituation), lengthOfStay: rows.code(lengthOfStay),
            nightBefore: rows.code(nightBefore), homelessSince: rows.date(homelessSince), times: rows.code(times),
            months: rows.code(months))
    }
}
