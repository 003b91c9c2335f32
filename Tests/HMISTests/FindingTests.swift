import ByNameList
import CivilTime
import HMIS
import Testing

private let enrolment = "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH"
private let exit = "ExitID,EnrollmentID,PersonalID,ExitDate,Destination\n"
private let services = "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType\n"
private let export = "SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus\n"

/// One kind of finding, the files that make it, and what is done.
struct FindingCase: Sendable, CustomTestStringConvertible {
    let what: ImportFindingKind
    let done: ImportFindingOutcome
    let file: HMISFile
    let row: Int?
    let files: [String: String]

    init(
        _ what: ImportFindingKind, _ done: ImportFindingOutcome, _ file: HMISFile, row: Int?, _ files: [String: String]
    ) {
        self.what = what
        self.done = done
        self.file = file
        self.row = row
        self.files = files
    }

    var testDescription: String { "\(what)" }

    private static let one = enrolment + "\nE1,7,0,2024-01-10,H,1\n"

    private static func enrolled(_ extra: String, _ values: String, project: String = "0") -> [String: String] {
        ["Enrollment": enrolment + extra + "\nE1,7,\(project),2024-01-10,H,1\(values)\n"]
    }

    private static func crowd() -> [String: String] {
        ["Enrollment": enrolment + "\n" + (0...100).map { "E\($0),7,0,2024-01-10,H,1\n" }.joined()]
    }

    static let shape: [FindingCase] = [
        .init(.tooFewFields, .kept, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,7,0,2024-01-10\n"]),
        .init(.tooManyFields, .rowNotUsed, .enrollment, row: 2, enrolled("", ",x")),
        .init(.tooManyFields, .kept, .enrollment, row: 2, enrolled("", ",, ")),
        .init(.tooManyFields, .kept, .client, row: 2, ["Client": "PersonalID,DOB\n7,1980-05-01,x\n"]),
        .init(
            .rowTooLong, .rowNotUsed, .client, row: 2,
            ["Client": "PersonalID\n" + String(repeating: "x", count: CSVReader.rowBytesMax + 1) + "\n7\n"]),
        .init(.unclosedQuote, .rowNotUsed, .client, row: 2, ["Client": "PersonalID,FirstName\n8,\"A\n7,B\n"]),
        .init(.textAfterQuote, .kept, .client, row: 2, ["Client": "PersonalID,FirstName\n7,\"A\"b\n"]),
        .init(.columnMissing, .onlyShown, .client, row: nil, ["Client": "PersonalID\n7\n"]),
        .init(.keyMissing, .rowNotUsed, .client, row: 2, ["Client": "PersonalID,DOB\n,1980-05-01\n7,\n"]),
        .init(.duplicateKey, .rowNotUsed, .client, row: 3, ["Client": "PersonalID,DOB\n7,\n7,1980-05-01\n"]),
        .init(.deletedAtSource, .rowNotUsed, .client, row: 2, ["Client": "PersonalID,DateDeleted\n8,2024-01-01\n7,\n"]),
        .init(.notPartOfList, .rowNotUsed, .funder, row: nil, ["Funder": "FunderID,ProjectID\n1,0\n"]),
        .init(.sourceMissing, .onlyShown, .export, row: 2, ["Export": export + ",2024-03-31,2024-03-31,2024,1\n"]),
        .init(
            .sourcesDiffer, .onlyShown, .export, row: 3,
            ["Export": export + "A,2024-03-30,2024-03-30,2024,1\nB,2024-03-31,2024-03-31,2024,1\n"]),
        .init(.versionDoubtful, .onlyShown, .export, row: 2, ["Export": export + "A,2024-03-31,2024-03-31,new,1\n"]),
        .init(.hashStatusUnknown, .onlyShown, .export, row: 2, ["Export": export + "A,2024-03-31,2024-03-31,2024,\n"]),
    ]

    static let meaning: [FindingCase] = [
        .init(
            .unknownClient, .rowNotUsed, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,8,0,2024-01-10,H,1\n"]),
        .init(.unknownEnrolment, .rowNotUsed, .exit, row: 2, ["Exit": exit + "1,gone,7,2024-02-01,30\n"]),
        .init(.unknownProject, .rowNotUsed, .enrollment, row: 2, enrolled("", "", project: "none")),
        .init(.unknownProjectType, .kept, .project, row: 17, [:]),
        .init(.unknownCode, .valueDropped, .enrollment, row: 2, enrolled(",LivingSituation", ",999")),
        .init(.dateMissing, .rowNotUsed, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,7,0,,H,1\n"]),
        .init(
            .dateUnreadable, .rowNotUsed, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,7,0,2024-02-30,H,1\n"]),
        .init(.dateTooEarly, .valueDropped, .client, row: 2, ["Client": "PersonalID,DOB\n7,1899-12-31\n"]),
        .init(
            .dateAfterExport, .rowNotUsed, .enrollment, row: 2,
            ["Enrollment": enrolment + "\nE1,7,0,2024-04-02,H,1\n"]),
        .init(.centuryGuessed, .kept, .client, row: 2, ["Client": "PersonalID,DOB\n7,08-MAY-67\n"]),
        .init(.birthAfterExport, .valueDropped, .client, row: 2, ["Client": "PersonalID,DOB\n7,2024-04-01\n"]),
        .init(
            .exitBeforeEntry, .rowNotUsed, .exit, row: 2, ["Enrollment": one, "Exit": exit + "1,E1,7,2024-01-09,30\n"]),
        .init(.exitWithoutDay, .noNights, .enrollment, row: 2, ["Enrollment": one, "Exit": exit + "1,E1,7,soon,30\n"]),
        .init(
            .secondExit, .rowNotUsed, .exit, row: 3,
            ["Enrollment": one, "Exit": exit + "1,E1,7,2024-02-01,30\n2,E1,7,2024-02-02,30\n"]),
        .init(
            .nightTwice, .kept, .services, row: 3,
            enrolled("", "", project: "1").merging(
                ["Services": services + "1,E1,7,2024-01-10,200\n2,E1,7,2024-01-10,200\n"]) { $1 }),
        .init(
            .nightOutsideEnrolment, .kept, .services, row: 2,
            enrolled("", "", project: "1").merging(["Services": services + "1,E1,7,2024-01-09,200\n"]) { $1 }),
        .init(
            .bedNightElsewhere, .kept, .services, row: 2,
            ["Enrollment": one, "Services": services + "1,E1,7,2024-01-10,200\n"]),
        .init(
            .answerOutsideEnrolment, .kept, .currentLivingSituation, row: 2,
            [
                "Enrollment": one,
                "CurrentLivingSituation":
                    "CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation\n"
                    + "1,E1,7,2024-01-09,116\n",
            ]),
        .init(.openWithoutRows, .kept, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,7,0,2023-02-24,H,1\n"]),
        .init(
            .waitingLong, .kept, .enrollment, row: 2,
            ["Enrollment": enrolment + ",LivingSituation\nE1,7,3,2023-03-31,H,1,116\n"]),
        .init(
            .householdMissing, .onlyShown, .enrollment, row: 2, ["Enrollment": enrolment + "\nE1,7,0,2024-01-10,,1\n"]),
        .init(.householdTooLarge, .valueDropped, .enrollment, row: 2, crowd()),
        .init(
            .severalHeads, .kept, .enrollment, row: 2,
            ["Client": "PersonalID\n7\n8\n", "Enrollment": one + "E2,8,0,2024-01-10,H,1\n"]),
        // The other six have their own tests beside the facts.
    ]
}

@Suite struct `A finding` {
    @Test(arguments: FindingCase.shape + FindingCase.meaning)
    func `is made, and the rows still add up`(example: FindingCase) throws {
        let result = try ExportFixture(example.files).run()
        let found = result.findings.first { $0.what == example.what && $0.file == example.file }
        #expect(found?.whatWasDone == example.done)
        #expect(found?.row == example.row)
        for (file, count) in result.report.files {
            #expect(count.read == count.used + count.notUsed, "\(file)")
            let said = result.findings.reduce(0) {
                $0 + ($1.file == file && $1.whatWasDone == .rowNotUsed ? $1.rows : 0)
            }
            #expect(said == count.notUsed, "\(file)")
        }
        #expect(result.persons.contains { $0.personalID == "7" })
    }

    @Test func `is a sentence, whatever its kind, and each kind has a case`() {
        for what in ImportFindingKind.allCases {
            #expect(what.sentence.hasSuffix("."))
        }
        let elsewhere: Set<ImportFindingKind> = [
            .moveInElsewhere, .moveInBeforeEntry, .moveInAfterExit, .moveInDiffersFromHead, .moveInWithoutHead,
            .streetDateAfterEntry, .streetDateWithoutAnswer, .openAfterProjectClosed, .entryAfterProjectClosed,
        ]
        let tried = Set((FindingCase.shape + FindingCase.meaning).map(\.what))
        #expect(tried.union(elsewhere) == Set(ImportFindingKind.allCases))
    }

    @Test func `holds no value of the row`() throws {
        let result = try ExportFixture(["Client": "PersonalID,FirstName,DOB\n7,\"Zebedee\"x,1899-07-07\n"]).run()
        for finding in result.findings {
            #expect(!finding.sentence.contains("Zebedee") && !finding.sentence.contains("1899-07"))
        }
        #expect(!result.findings.isEmpty)
    }

    @Test func `is counted even where it is no longer kept as an example`() throws {
        let rows = (0..<50).map { "E\($0),8,0,2024-01-10,H\($0),1\n" }.joined()
        let result = try ExportFixture(["Enrollment": enrolment + "\n" + rows]).run()
        #expect(result.report.count(.unknownClient) == 50)
        #expect(result.report.examples.values.allSatisfy { $0.count <= ImportReport.examplesMax })
    }
}

@Suite struct `An export` {
    @Test func `whose enrolment ends before it begins keeps the entry and no nights`() throws {
        let files = ["Enrollment": enrolment + "\nE1,7,0,2024-01-10,H,1\n", "Exit": exit + "1,E1,7,2024-01-09,410\n"]
        let facts = try ExportFixture(files).run().facts
        let entry = day("2024-01-10")
        #expect(facts["Enrollment/E1/stay"] == .stay(Stay(.emergencyShelter, from: entry, to: entry)))
        #expect(facts["Exit/1/moveIn"] == nil)
    }

    @Test func `keeps dates up to the day after it, and no exit that has not come`() throws {
        let open = ["Enrollment": enrolment + "\nE1,7,0,2024-01-10,H,1\n", "Exit": exit + "1,E1,7,2024-04-02,410\n"]
        #expect(
            try ExportFixture(open).run().facts["Enrollment/E1/stay"]
                == .stay(Stay(.emergencyShelter, from: day("2024-01-10"), confirmedTo: day("2024-03-31"))))
        let last = ["Enrollment": enrolment + "\nE1,7,0,2024-01-10,H,1\n", "Exit": exit + "1,E1,7,2024-04-01,410\n"]
        #expect(try ExportFixture(last).run().facts["Exit/1/moveIn"] != nil)
    }

    @Test func `of 2022 speaks old codes`() throws {
        let files = [
            "Export": export + "S,2024-03-31,2024-03-31,FY2022,1\n",
            "Project": "ProjectID,ProjectName,ProjectType,TrackingMethod\nee,A,1,0\nnbn,B,1,3\nnone,C,1,\n",
            "Enrollment": enrolment + ",LivingSituation\nE1,7,ee,2024-01-10,H,1,16\nE2,7,nbn,2024-01-10,G,1,4\n",
            "Exit": exit + "1,E1,7,2024-02-01,31\n2,E2,7,2024-02-01,12\n",
        ]
        let facts = try ExportFixture(files).run().facts
        #expect(facts["Enrollment/E1/stay"] != nil && facts["Enrollment/E2/stay"] == nil)
        #expect(
            facts["Enrollment/E2/priorSituation"]
                == .answer(Answer(.priorLivingSituation, Situation.institution.rawValue, on: day("2024-01-10"))))
        #expect(
            facts["Exit/1/moveIn"]
                == .moveIn(MoveIn(on: day("2024-02-01"), housing: .rapidRehousing, how: .destination)))
        #expect(
            facts["Exit/2/stay"]
                == .stay(Stay(.doubledUp, from: day("2024-02-01"), knowledge: .reported, isDestination: true)))
    }

    @Test(arguments: [
        (16, 116), (1, 101), (18, 118), (2, 302), (4, 204), (5, 205), (6, 206), (7, 207), (15, 215), (25, 225),
        (12, 312),
        (13, 313), (14, 314), (27, 327), (29, 329), (32, 332), (35, 335), (36, 336), (10, 410), (11, 411), (21, 421),
        (22, 422), (23, 423), (26, 426), (3, 435), (19, 435), (20, 435), (28, 435), (31, 435), (33, 435), (34, 435),
        (8, 8), (9, 9), (17, 17), (24, 24), (30, 30), (37, 37), (99, 99), (116, 116),
    ])
    func `of 2022 is translated code by code`(old: Int, new: Int) {
        #expect(LivingSituationCode(old, version: .fy2022).code == new)
        #expect(LivingSituationCode(old, version: .fy2024).code == old)
    }

    @Test(arguments: [
        ("2022", HMISVersion.fy2022), ("FY2022", .fy2022), ("2024 v1.3", .fy2024), ("FY2025 v1.0", .fy2024),
        ("2026 v1", .fy2026), ("2026 v1.0", .fy2026),
    ])
    func `names its version`(text: String, version: HMISVersion) {
        #expect(HMISVersion(csvVersion: text) == version)
    }

    @Test func `needs its four files, their keys and an end`() {
        for file in [HMISFile.export, .client, .enrollment, .project] {
            var fixture = ExportFixture()
            fixture.files[file.rawValue] = nil
            #expect(throws: HMISImportError.fileMissing(file)) { try fixture.run() }
        }
        #expect(throws: HMISImportError.columnMissing(.client, column: "PersonalID")) {
            try ExportFixture(["Client": "Name\nA\n"]).run()
        }
        // Of two the row's own key is named, each time.
        for _ in 0..<16 {
            #expect(throws: HMISImportError.columnMissing(.enrollment, column: "EnrollmentID")) {
                try ExportFixture(["Enrollment": "EntryDate\n2024-01-01\n"]).run()
            }
        }
        #expect(throws: HMISImportError.noExportEnd) { try ExportFixture(["Export": export]).run() }
    }

    @Test func `cut off anywhere never traps, and its rows add up`() throws {
        var fixture = ExportFixture(
            project: "3", entry: "2024-01-10", exit: "2024-02-01,410",
            [("LivingSituation", "116"), ("DateToStreetESSH", "\"2023-09-01\""), ("MoveInDate", "2024-01-20")],
            ["Services": services + "1,E1,7,2024-01-10,200\r\n\"2\",E1,7,2024-01-11,200"])
        for file in fixture.files.keys.sorted() {
            let whole = fixture.files[file, default: ""]
            for length in 0...whole.utf8.count {
                fixture.files[file] = String(decoding: Array(whole.utf8.prefix(length)), as: UTF8.self)
                guard let result = try? fixture.run() else { continue }  // Without its keys a file is refused.
                for (_, count) in result.report.files { #expect(count.read == count.used + count.notUsed) }
            }
            fixture.files[file] = whole
        }
    }

    @Test func `says the same however often it is read`() throws {
        let fixture = ExportFixture(project: "3", entry: "2024-01-10", exit: "2024-02-01,410")
        let (first, second) = (try fixture.run(), try fixture.run())
        #expect(first.persons == second.persons)
        #expect(first.findings == second.findings)
    }
}
