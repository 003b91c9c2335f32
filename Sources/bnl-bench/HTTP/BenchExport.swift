import CivilTime

/// An HMIS export of many clients, the same every time.
struct BenchExport {
    let clients: Int

    func write(to folder: String) throws {
        try file(
            "Export", "ExportID,SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus",
            ["X1,SRC,2024-03-31 10:00:00,2024-03-31,2024 v1.3,1"], folder)
        try file(
            "Project", "ProjectID,ProjectName,OperatingEndDate,ProjectType",
            ["ES,Harbour,,0", "RRH,Homes,,13", "SO,Van,,4"], folder)
        var people: [String] = []
        var enrolments: [String] = []
        var exits: [String] = []
        for client in 1...clients {
            let birth = CivilDate(dayNumber: Int32(client * 7_919 % 18_000))
            people.append("\(client),Given\(client),Family\(client % 997),\(birth),1")
            var begin = CivilDate(dayNumber: 18_628 + Int32(client * 31 % 600))
            for place in 0...(client % 3) {
                let end = begin.adding(days: 1 + (client * 17 + place * 29) % 120)
                let id = "E\(client)-\(place)"
                enrolments.append("\(id),\(client),\(["ES", "SO", "RRH"][(client + place) % 3]),\(begin),H\(id),1")
                if (client + place) % 5 > 0 { exits.append("Q\(id),\(id),\(client),\(end),\([116, 410, 30][place])") }
                begin = end.adding(days: client % 90)
            }
        }
        try file("Client", "PersonalID,FirstName,LastName,DOB,DOBDataQuality", people, folder)
        try file(
            "Enrollment", "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH", enrolments,
            folder)
        try file("Exit", "ExitID,EnrollmentID,PersonalID,ExitDate,Destination", exits, folder)
    }

    private func file(_ name: String, _ header: String, _ rows: [String], _ folder: String) throws {
        try FileText.write(([header] + rows).joined(separator: "\n") + "\n", to: "\(folder)/\(name).csv")
    }
}
