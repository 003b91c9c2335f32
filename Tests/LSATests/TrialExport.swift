import CivilTime
import HMIS
import LSA
import Testing

/// A small export written in a test: a project of every kind, named by its number, and the stays that the test adds.
struct TrialExport {
    var files = [
        "Organization": "OrganizationID,VictimServiceProvider\nO,0\nV,1\n",
        "Project":
            "ProjectID,OrganizationID,OperatingStartDate,OperatingEndDate,ContinuumProject,ProjectType,RRHSubType\n",
        "ProjectCoC": "ProjectID,CoCCode\n",
        "HMISParticipation":
            "ProjectID,HMISParticipationType,HMISParticipationStatusStartDate,HMISParticipationStatusEndDate\n",
        "Client": "PersonalID,DOB,DOBDataQuality,DateDeleted\n",
        "Enrollment": """
        EnrollmentID,PersonalID,ProjectID,HouseholdID,RelationshipToHoH,EnrollmentCoC,EntryDate,MoveInDate,\
        LivingSituation,LengthOfStay,PreviousStreetESSH,DateToStreetESSH,TimesHomelessPastThreeYears,\
        MonthsHomelessPastThreeYears,DateDeleted

        """,
        "Exit": "EnrollmentID,ExitDate,DateDeleted\n",
        "Services": "EnrollmentID,DateProvided,RecordType,DateDeleted\n",
    ]

    /// What somebody answered at the entry: by default everything, and nothing that adds a night.
    struct Answers {
        var livingSituation = "116"
        var lengthOfStay = "3"
        var nightBefore = ""
        /// By default the day of the entry.
        var since: String?
        var times = "1"
        var months = "101"
    }

    init() {
        for type in [0, 1, 2, 3, 8] { addProject("\(type)", type: "\(type),") }
        addProject("13", type: "13,2")
        addProject("15", type: "13,1")
        addClient("A", birth: "1980-05-01")
    }

    mutating func addProject(
        _ id: String, type: String, organization: String = "O", from start: String = "2010-01-01", to end: String = "",
        isContinuum: Bool = true, coc: String? = "XX-501", participation: [String] = ["1,2010-01-01,"]
    ) {
        files["Project"]? += "\(id),\(organization),\(start),\(end),\(isContinuum ? 1 : 0),\(type)\n"
        if let coc { files["ProjectCoC"]? += "\(id),\(coc)\n" }
        for part in participation { files["HMISParticipation"]? += "\(id),\(part)\n" }
    }

    mutating func addClient(_ id: String, birth: String, quality: String = "1", deleted: String = "") {
        files["Client"]? += "\(id),\(birth),\(quality),\(deleted)\n"
    }

    mutating func addStay(
        _ id: String, of person: String = "A", in project: String, from entry: String, to exit: String? = nil,
        household: String? = nil, relationship: Int = 1, coc: String = "XX-501", moveIn: String = "",
        answers: Answers = Answers(), deleted: String = ""
    ) {
        files["Enrollment"]? +=
            [
                id, person, project, household ?? "H" + id, "\(relationship)", coc, entry, moveIn,
                answers.livingSituation, answers.lengthOfStay, answers.nightBefore, answers.since ?? entry,
                answers.times, answers.months, deleted,
            ].joined(separator: ",") + "\n"
        if let exit { files["Exit"]? += "\(id),\(exit),\n" }
    }

    mutating func addBedNights(_ enrolment: String, _ nights: [String], deleted: String = "") {
        for night in nights { files["Services"]? += "\(enrolment),\(night),200,\(deleted)\n" }
    }

    /// The report on the year 2025.
    func report(coc: String = "XX-501") throws -> LSAReport {
        let parameters = try #require(
            ReportParameters(start: day("2025-01-01"), end: day("2025-12-31"), continuum: coc))
        return try LSAReport(MemoryFolder(files.mapValues { Array($0.utf8) }), parameters)
    }

    /// The dates that count of an enrolment, as `entry/move-in/exit`; `nil` if the report does not look at it.
    func dates(_ enrolment: String) throws -> String? {
        let found = try report().enrolments.values.joined().first { $0.id == enrolment }
        return found.map { "\($0.entry)/\(text($0.moveIn))/\(text($0.exit))" }
    }

    /// CHTime and CHTimeStatus of the person, as `365/2`; `nil` if the person is not in the active cohort.
    func finding(_ person: String = "A") throws -> String? {
        let found = try report().people.first { $0.id == person }?.finding
        return found.map { "\($0.time.rawValue)/\($0.status.rawValue)" }
    }

    /// The three years that are looked at, as `2023-01-01 2025-12-31`; `nil` if there are none.
    func window(_ person: String = "A") throws -> String? {
        let found = try report().people.first { $0.id == person }?.window
        return found.map { "\($0.start) \($0.lastActive)" }
    }

    /// The episodes of the person, as `2025-01-01 2025-01-31`.
    func episodes(_ person: String = "A") throws -> [String] {
        try report().people.first { $0.id == person }?.episodes.map { "\($0.start) \($0.end)" } ?? []
    }

    private func text(_ date: CivilDate?) -> String { date.map { "\($0)" } ?? "" }
}

/// That day; the tests' own dates exist.
func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

/// The day that many days later.
func day(_ text: String, plus days: Int) -> String { "\(day(text).adding(days: days))" }
