import CivilTime
import HMIS

/// The rows of an export that the report looks at.
struct HMISTables {
    private(set) var projects: [String: Project] = [:]
    private(set) var enrolments: [Enrolment] = []
    /// Everybody in Client.csv, with the date of birth where it can be believed.
    private(set) var births: [String: Birth?] = [:]
    /// Rows that could not be read or said too little to be used.
    private(set) var unused: [HMISFile: Int] = [:]
    private var places: [String: Int] = [:]
    private let report: ReportParameters

    init(_ folder: some ExportFolder, _ report: ReportParameters) throws {
        self.report = report
        try readProjects(folder)
        try readContinua(folder)
        try readParticipations(folder)
        try readEnrolments(folder)
        try readExits(folder)
        try readBedNights(folder)
        try readBirths(folder)
    }

    /// Goes through a file and notes how many of its rows were of no use.
    private mutating func read(
        _ file: HMISFile, in folder: some ExportFolder, _ body: (inout HMISTables, inout TableRows) throws -> Void
    ) throws {
        var rows = try TableRows(file, in: folder, lastDay: report.end)
        try body(&self, &rows)
        if rows.unused > 0 { unused[file] = rows.unused }
    }

    /// The organisations that serve victims of violence keep their own counts (VictimServiceProvider).
    private mutating func organizations(_ folder: some ExportFolder) throws -> Set<String> {
        var organizations: Set<String> = []
        try read(.organization, in: folder) { _, rows in
            let id = try rows.place(of: "OrganizationID")
            let servesVictims = try rows.place(of: "VictimServiceProvider")
            while try rows.next() {
                if rows.code(servesVictims) == 0 { organizations.insert(rows.text(id)) }
            }
        }
        return organizations
    }

    private mutating func readProjects(_ folder: some ExportFolder) throws {
        let organizations = try organizations(folder)
        try read(.project, in: folder) { tables, rows in
            let id = try rows.place(of: "ProjectID")
            let organization = try rows.place(of: "OrganizationID")
            let start = try rows.place(of: "OperatingStartDate")
            let end = try rows.place(of: "OperatingEndDate")
            let isContinuum = try rows.place(of: "ContinuumProject")
            let type = try rows.place(of: "ProjectType")
            let subType = try rows.place(of: "RRHSubType")
            while try rows.next() {
                guard rows.code(isContinuum) == 1, organizations.contains(rows.text(organization)),
                    let type = LSAProjectType(
                        projectType: rows.code(type), rapidRehousingSubType: rows.code(subType))
                else { continue }
                guard let start = rows.date(start) else {
                    rows.leave()
                    continue
                }
                tables.projects[rows.text(id)] = Project(
                    type: type, operatingStart: start, operatingEnd: rows.date(end), tables.report)
            }
        }
    }

    private mutating func readContinua(_ folder: some ExportFolder) throws {
        try read(.projectCoC, in: folder) { tables, rows in
            let project = try rows.place(of: "ProjectID")
            let code = try rows.place(of: "CoCCode")
            while try rows.next() {
                guard rows.text(code) == tables.report.continuum else { continue }
                tables.projects[rows.text(project)]?.servesContinuum = true
            }
        }
    }

    private mutating func readParticipations(_ folder: some ExportFolder) throws {
        try read(.hmisParticipation, in: folder) { tables, rows in
            let project = try rows.place(of: "ProjectID")
            let type = try rows.place(of: "HMISParticipationType")
            let start = try rows.place(of: "HMISParticipationStatusStartDate")
            let end = try rows.place(of: "HMISParticipationStatusEndDate")
            while try rows.next() {
                guard rows.code(type) == 1 else { continue }
                guard let start = rows.date(start) else {
                    rows.leave()
                    continue
                }
                tables.projects[rows.text(project)]?.participations.append(
                    Project.Participation(start: start, end: rows.date(end)))
            }
        }
    }
}

extension HMISTables {
    private mutating func readEnrolments(_ folder: some ExportFolder) throws {
        try read(.enrollment, in: folder) { tables, rows in
            let reading = try EnrolmentReading(rows)
            while try rows.next() {
                guard let enrolment = reading.enrolment(&rows, tables.report) else {
                    rows.leave()
                    continue
                }
                guard tables.places[enrolment.id] == nil else { continue }
                tables.places[enrolment.id] = tables.enrolments.count
                tables.enrolments.append(enrolment)
            }
        }
    }

    private mutating func readExits(_ folder: some ExportFolder) throws {
        try read(.exit, in: folder) { tables, rows in
            let enrolment = try rows.place(of: "EnrollmentID")
            let date = try rows.place(of: "ExitDate")
            while try rows.next() {
                guard let date = rows.date(date) else {
                    rows.leave()
                    continue
                }
                guard let place = tables.places[rows.text(enrolment)], tables.enrolments[place].exit == nil else {
                    continue
                }
                tables.enrolments[place].exit = date
            }
        }
    }

    private mutating func readBedNights(_ folder: some ExportFolder) throws {
        try read(.services, in: folder) { tables, rows in
            let enrolment = try rows.place(of: "EnrollmentID")
            let date = try rows.place(of: "DateProvided")
            let type = try rows.place(of: "RecordType")
            while try rows.next() {
                guard rows.code(type) == 200 else { continue }
                guard let date = rows.date(date) else {
                    rows.leave()
                    continue
                }
                guard let place = tables.places[rows.text(enrolment)] else { continue }
                tables.enrolments[place].bedNights.append(date)
            }
        }
    }

    private mutating func readBirths(_ folder: some ExportFolder) throws {
        try read(.client, in: folder) { tables, rows in
            let id = try rows.place(of: "PersonalID")
            let date = try rows.place(of: "DOB")
            let quality = try rows.place(of: "DOBDataQuality")
            while try rows.next() {
                tables.births.updateValue(Birth(rows.date(date), quality: rows.code(quality)), forKey: rows.text(id))
            }
        }
    }
}
