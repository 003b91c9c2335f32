import ByNameList
import CivilTime
import HMIS

/// A small export written in a test: each file as CSV text, with what is not stated filled in.
struct ExportFixture {
    var files: [String: String] = [
        "Export": """
        ExportID,SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus
        X1,SRC,2024-03-31 10:00:00,2024-03-31,2024 v1.3,1
        """,
        "Organization": "OrganizationID,OrganizationName\nO1,Harbour House\n",
        "Project": ExportFixture.projects,
        "Client": "PersonalID,FirstName,LastName,DOB,DOBDataQuality\n7,Ash,Oak,1980-05-01,1\n",
        "Enrollment": "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH\n",
    ]

    /// One project for every type, its id the type; and a shelter that has closed.
    static let projects: String = {
        var text = "ProjectID,OrganizationID,ProjectName,OperatingEndDate,ProjectType\n"
        for type in ProjectType.allCases { text += "\(type.rawValue),O1,Project \(type.rawValue),,\(type.rawValue)\n" }
        return text + "closed,O1,Closed,2024-02-10,0\nodd,O1,Odd,,999\n"
    }()

    init(_ files: [String: String] = [:]) {
        self.files.merge(files) { $1 }
    }

    /// One enrolment of person 7 in the project of that type.
    init(
        project: String, entry: String, exit: String? = nil, _ more: [(String, String)] = [],
        _ files: [String: String] = [:]
    ) {
        let columns = ["EnrollmentID", "PersonalID", "ProjectID", "EntryDate", "HouseholdID", "RelationshipToHoH"]
        let values = ["E1", "7", project, entry, "H1", "1"]
        self.files["Enrollment"] =
            (columns + more.map(\.0)).joined(separator: ",") + "\n" + (values + more.map(\.1)).joined(separator: ",")
            + "\n"
        if let exit { self.files["Exit"] = "ExitID,EnrollmentID,PersonalID,ExitDate,Destination\nQ1,E1,7,\(exit)\n" }
        self.files.merge(files) { $1 }
    }

    struct Result {
        var persons: [ImportedPerson] = []
        var findings: [ImportFinding] = []
        var report = ImportReport.empty

        /// The facts of person 7, by key.
        var facts: [String: FactContent] {
            var facts: [String: FactContent] = [:]
            for fact in persons.first(where: { $0.personalID == "7" })?.facts ?? [] {
                if case .fact(let content) = fact.content { facts[fact.key] = content }
            }
            return facts
        }

        func kinds(_ file: HMISFile) -> Set<ImportFindingKind> {
            Set(findings.filter { $0.file == file && $0.row != nil }.map(\.what))
        }
    }

    func run() throws -> Result {
        var result = Result()
        let folder = MemoryFolder(files.mapValues { Array($0.utf8) })
        var findings: [ImportFinding] = []
        let hmis = HMISImport(
            folder, staged: MemoryStagedRows(), today: day("2024-04-01"),
            onFinding: { findings.append($0) })
        result.report = try hmis.run { result.persons.append($0) }
        result.findings = findings
        return result
    }
}

/// That day; the test's own dates exist.
func day(_ text: String) -> CivilDate {
    CivilDate(text) ?? CivilDate(dayNumber: 0)
}
