import CivilTime

/// A row of Enrollment.csv with its exit and its bed nights, as they were entered.
struct Enrolment {
    let id: String
    let person: String
    let project: String
    /// HouseholdID.
    let household: String
    /// RelationshipToHoH is 1.
    let isHead: Bool
    /// EnrollmentCoC is the continuum of the report.
    let isInContinuum: Bool
    let entry: CivilDate
    let moveIn: CivilDate?
    let answers: LivingSituationAnswers
    var exit: CivilDate?
    /// The nights that Services.csv records (RecordType 200), in no order.
    var bedNights: [CivilDate] = []
}
