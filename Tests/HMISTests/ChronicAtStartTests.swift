import ByNameList
import CivilTime
import HMIS
import Testing

/// HUD's flowchart at project start, on an export of another system whose authors say what it comes to.
@Suite(.enabled(if: Samples.path != nil)) struct `Chronic at project start, in an export of another system` {
    /// An enrolment as it lies there, with the changes that its authors make to see each branch.
    struct Change: Sendable, CustomTestStringConvertible {
        let enrolments: [String]
        let testDescription: String
        let expected: SelfReportStatus
        let make: @Sendable (inout SelfReportCodes) -> Void

        init(
            _ enrolments: [String], _ words: String, _ expected: SelfReportStatus,
            _ make: @escaping @Sendable (inout SelfReportCodes) -> Void
        ) {
            self.enrolments = enrolments
            testDescription = words
            self.expected = expected
            self.make = make
        }
    }

    private static let shelters = ["ESNbN", "ES", "SO"]
    private static let others = ["TH", "PH"]

    static let changes = [
        Change(shelters, "on the street since 364 days", .no) { $0.since(days: 364, times: 1, months: 112) },
        Change(shelters, "on the street since 365 days", .yes) { $0.since(days: 365, times: 1, months: 112) },
        Change(shelters, "four times and twelve months", .yes) { $0.since(days: 30, times: 4, months: 112) },
        Change(shelters, "four times and eleven months", .no) { $0.since(days: 30, times: 4, months: 111) },
        Change(shelters, "three times and twelve months", .no) { $0.since(days: 30, times: 3, months: 112) },
        Change(shelters, "as it lies there, times not known", .unknown) { _ in },
        Change(shelters + others, "no disability, whatever the time", .no) {
            $0.since(days: 800, times: 4, months: 113)
            $0.disablingCondition = 0
            $0.priorLivingSituation = 116
        },
        Change(others, "from the street, four times and twelve months", .yes) {
            $0.since(days: 30, times: 4, months: 112)
            $0.priorLivingSituation = LivingSituationCode(16, version: .fy2022).code
        },
        Change(others, "from the street, four times and eleven months", .no) {
            $0.since(days: 30, times: 4, months: 111)
            $0.priorLivingSituation = 116
        },
        Change(others, "from a rental of their own", .no) {
            $0.since(days: 800, times: 4, months: 112)
            $0.priorLivingSituation = 411
            $0.stayedUnderThreshold = 0
        },
        Change(others, "from nowhere that is said", .missing) { $0.since(days: 800, times: 4, months: 112) },
    ]

    @Test func `has the clients, enrolments and bed nights that its authors count`() throws {
        #expect(try rows("Client.csv").count == 4)
        #expect(try rows("Enrollment.csv").count == 5)
        #expect(try rows("Services.csv").filter { $0["RecordType"] == "200" }.count == 18)
    }

    @Test(arguments: changes) func `is what its authors say`(change: Change) throws {
        let enrolments = try enrolments()
        for name in change.enrolments {
            var codes = try #require(enrolments[name])
            change.make(&codes)
            #expect(SelfReport(codes).statusAtStart == change.expected, "\(name)")
        }
    }

    private func enrolments() throws -> [String: SelfReportCodes] {
        var types: [String: Int] = [:]
        for row in try rows("Project.csv") {
            // Before FY2024 a shelter's tracking method told night by night (3) from entry and exit.
            let type = Int(row["ProjectType"] ?? "") ?? 99
            types[row["ProjectID"] ?? ""] = type == 1 && row["TrackingMethod"] != "3" ? 0 : type
        }
        var enrolments: [String: SelfReportCodes] = [:]
        for row in try rows("Enrollment.csv") {
            func code(_ column: String) -> Int? { row[column].flatMap { Int($0) } }
            enrolments[row["EnrollmentID"] ?? ""] = SelfReportCodes(
                disablingCondition: code("DisablingCondition"),
                projectType: try #require(types[row["ProjectID"] ?? ""]),
                start: try #require(CivilDate(row["EntryDate"] ?? "")),
                priorLivingSituation: code("LivingSituation").map { LivingSituationCode($0, version: .fy2022).code },
                stayedUnderThreshold: code("LOSUnderThreshold"), wasHomelessBefore: code("PreviousStreetESSH"),
                approximateStart: CivilDate(row["DateToStreetESSH"] ?? ""),
                times: code("TimesHomelessPastThreeYears"), months: code("MonthsHomelessPastThreeYears"))
        }
        return enrolments
    }

    private func rows(_ name: String) throws -> [[String: String]] {
        let folder = (Samples.path ?? "") + "/greenriver-hmis-warehouse/chronic_at_start_fy2022"
        let bytes = try #require(try DirectoryFolder(folder).open(String(name.dropLast(4))))
        var reader = CSVReader(read: bytes.read)
        _ = try reader.next()
        let columns = (0..<reader.fieldCount).map { reader.text($0) }
        var rows: [[String: String]] = []
        while try reader.next() != nil {
            rows.append(Dictionary(columns.enumerated().map { ($1, reader.text($0)) }, uniquingKeysWith: { $1 }))
        }
        return rows
    }
}

extension SelfReportCodes {
    fileprivate mutating func since(days: Int, times: Int, months: Int) {
        approximateStart = start.adding(days: -days)
        self.times = times
        self.months = months
    }
}
