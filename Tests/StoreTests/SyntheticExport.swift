import CivilTime
import Fixtures
import Foundation

/// An export of many people, the same every time.
struct SyntheticExport {
    let clients: Int

    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try file(
            "Export", "ExportID,SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus",
            ["X1,SRC,2024-03-31 10:00:00,2024-03-31,2024 v1.3,1"], folder)
        try file(
            "Project", "ProjectID,ProjectName,OperatingEndDate,ProjectType",
            ["ES,Harbour,,0", "RRH,Homes,,13", "SO,Van,,4"], folder)
        try writePeople(to: folder)
    }

    private func writePeople(to folder: URL) throws {
        var random = SplitMix64(seed: 1)
        var people: [String] = []
        var enrolments: [String] = []
        var exits: [String] = []
        for person in 1...clients {
            let birth = day("1990-01-01").adding(days: random.number(-9_000...9_000))
            people.append("\(person),Given\(person),Family\(person % 97),\(birth),1")
            // Neighbours share a household now and then.
            let household = person - (random.chance(30) ? person % 3 : 0)
            var begin = day("2021-01-01").adding(days: random.number(0...600))
            for place in 0..<random.number(1...4) {
                let enrolment = "E\(person)-\(place)"
                enrolments.append(
                    "\(enrolment),\(person),\(random.pick(["ES", "SO", "RRH"])),\(begin),H\(household)-\(place),1")
                let end = begin.adding(days: random.number(1...120))
                if random.chance(80) {
                    let destination = random.pick([116, 410, 30])
                    exits.append("Q\(enrolment),\(enrolment),\(person),\(end),\(destination)")
                }
                begin = end.adding(days: random.number(0...90))
            }
        }
        try file("Client", "PersonalID,FirstName,LastName,DOB,DOBDataQuality", people, folder)
        try file(
            "Enrollment", "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH", enrolments,
            folder)
        try file("Exit", "ExitID,EnrollmentID,PersonalID,ExitDate,Destination", exits, folder)
    }

    private func file(_ name: String, _ header: String, _ rows: [String], _ folder: URL) throws {
        try Data(([header] + rows).joined(separator: "\n").utf8 + [10])
            .write(to: folder.appendingPathComponent("\(name).csv"))
    }
}
