/// The files of an HMIS CSV export, in the order in which they are read (peers-and-formats.md 2.1).
package enum HMISFile: String, CaseIterable, Sendable {
    case export = "Export"
    case organization = "Organization"
    case project = "Project"
    case client = "Client"
    case enrollment = "Enrollment"
    case exit = "Exit"
    case currentLivingSituation = "CurrentLivingSituation"
    case services = "Services"
    case healthAndDV = "HealthAndDV"
    case disabilities = "Disabilities"
    case assessment = "Assessment"
    case event = "Event"
    case user = "User"
    case funder = "Funder"
    case projectCoC = "ProjectCoC"
    case inventory = "Inventory"
    case affiliation = "Affiliation"
    case hmisParticipation = "HMISParticipation"
    case ceParticipation = "CEParticipation"
    case incomeBenefits = "IncomeBenefits"
    case employmentEducation = "EmploymentEducation"
    case assessmentQuestions = "AssessmentQuestions"
    case assessmentResults = "AssessmentResults"
    case youthEducationStatus = "YouthEducationStatus"
    case enrollmentCoC = "EnrollmentCoC"

    /// What the list does with the rows of the file.
    package enum Part: Hashable, Sendable {
        /// The export itself, its projects and their organisations: held in memory.
        case table
        /// Rows about people: staged, then mapped person by person.
        case people
        /// Carries nothing for the list; small enough to look for keys that are said twice.
        case projectsOnly
        /// Carries nothing for the list.
        case notRead
    }

    package var part: Part {
        switch self {
        case .export, .organization, .project: .table
        case .client, .enrollment, .exit, .currentLivingSituation, .services, .healthAndDV, .disabilities,
            .assessment, .event:
            .people
        case .funder, .projectCoC, .inventory, .affiliation, .hmisParticipation, .ceParticipation: .projectsOnly
        case .user, .incomeBenefits, .employmentEducation, .assessmentQuestions, .assessmentResults,
            .youthEducationStatus, .enrollmentCoC:
            .notRead
        }
    }

    /// Without these there is nothing to import.
    package var isNeeded: Bool {
        switch self {
        case .export, .project, .client, .enrollment: true
        case .organization, .exit, .currentLivingSituation, .services, .healthAndDV, .disabilities, .assessment,
            .event, .user, .funder, .projectCoC, .inventory, .affiliation, .hmisParticipation, .ceParticipation,
            .incomeBenefits, .employmentEducation, .assessmentQuestions, .assessmentResults, .youthEducationStatus,
            .enrollmentCoC:
            false
        }
    }

    /// The column that names a row; no two rows of a file share it.
    package var keyColumn: String {
        switch self {
        case .client: "PersonalID"
        case .disabilities: "DisabilitiesID"
        case .currentLivingSituation: "CurrentLivingSitID"
        case .services: "ServicesID"
        case .assessmentQuestions: "AssessmentQuestionID"
        case .assessmentResults: "AssessmentResultID"
        case .export, .organization, .project, .enrollment, .exit, .healthAndDV, .assessment, .event, .user, .funder,
            .projectCoC, .inventory, .affiliation, .hmisParticipation, .ceParticipation, .incomeBenefits,
            .employmentEducation, .youthEducationStatus, .enrollmentCoC:
            rawValue + "ID"
        }
    }

    /// The column by which rows are looked up beside the person: the household of an enrolment, else the enrolment.
    var groupColumn: String { self == .enrollment ? "HouseholdID" : "EnrollmentID" }

    /// The columns that the mapping reads, in the order in which a staged row holds them.
    var keptColumns: [String] { HMISFile.columnsByFile[self] ?? [] }

    private static let columnsByFile = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.columns) })

    private var columns: [String] {
        switch self {
        case .export: ExportRow.columns
        case .organization: ["OrganizationID", "OrganizationName", "VictimServiceProvider"]
        case .project: ProjectRecord.columns
        case .client: ClientRow.columns
        case .enrollment: EnrolmentRow.columns
        case .exit: ExitRow.columns
        case .currentLivingSituation: ["InformationDate", "CurrentLivingSituation"] + stampColumns
        case .services: ["DateProvided", "RecordType"] + stampColumns
        case .healthAndDV: ["InformationDate", "CurrentlyFleeing"] + stampColumns
        case .disabilities: ["InformationDate", "DisabilityType"] + stampColumns + DisabilityRow.columns
        case .assessment: ["AssessmentDate", "AssessmentType"] + stampColumns
        case .event: ["EventDate", "Event"] + stampColumns
        case .user, .funder, .projectCoC, .inventory, .affiliation, .hmisParticipation, .ceParticipation,
            .incomeBenefits, .employmentEducation, .assessmentQuestions, .assessmentResults, .youthEducationStatus,
            .enrollmentCoC:
            []
        }
    }
}

/// When the source wrote and changed a row: shown, never used for *known at*.
let stampColumns = ["DateCreated", "DateUpdated"]
