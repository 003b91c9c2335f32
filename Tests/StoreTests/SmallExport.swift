import CivilTime
import HMIS

/// A small export written in a test, in clear or hashed.
struct SmallExport {
    var clients = ["7,Ash,Oak,1980-05-01,1,", "8,Elm,Oak,2015-03-04,1,"]
    var enrolments = ["E1,7,ES,2024-01-10,H1,1,", "E2,8,ES,2024-01-10,H1,2,"]
    var exits: [String] = []
    var services: [String] = []
    var hashStatus = 1
    var exportID = "X1"

    var folder: MemoryFolder {
        func file(_ header: String, _ rows: [String]) -> [UInt8] {
            Array(([header] + rows).joined(separator: "\n").utf8) + [10]
        }
        return MemoryFolder([
            "Export": file(
                "ExportID,SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus",
                ["\(exportID),SRC,2024-03-31 10:00:00,2024-03-31,2024 v1.3,\(hashStatus)"]),
            "Project": file(
                "ProjectID,ProjectName,OperatingEndDate,ProjectType", ["ES,Harbour,,0", "RRH,Homes,,13", "SO,Van,,4"]),
            "Client": file("PersonalID,FirstName,LastName,DOB,DOBDataQuality,DateDeleted", clients),
            "Enrollment": file(
                "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,DateDeleted",
                enrolments),
            "Exit": file("ExitID,EnrollmentID,PersonalID,ExitDate,Destination", exits),
            "Services": file("ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType", services),
        ])
    }
}
