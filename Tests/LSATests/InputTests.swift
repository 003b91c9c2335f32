import HMIS
import LSA
import Testing

@Suite struct `The input` {
    @Test(arguments: [
        HMISFile.organization, .project, .projectCoC, .hmisParticipation, .enrollment, .exit, .services, .client,
    ])
    func `is refused without a file that the report needs`(file: HMISFile) {
        var export = TrialExport()
        export.files[file.rawValue] = nil
        #expect(throws: LSAInputError.fileMissing(file)) { try export.report() }
    }

    @Test func `is refused without a column that the report needs`() {
        var export = TrialExport()
        export.files["Services"] = "EnrollmentID,DateProvided\n"
        #expect(throws: LSAInputError.columnMissing(.services, column: "RecordType")) { try export.report() }
    }

    @Test func `is counted where a row cannot be used, and the rest is reported`() throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2025-01-05")
        export.addStay("2", in: "0", from: "soon")
        export.addStay("3", of: "", in: "0", from: "2025-01-05")
        export.files["Exit"]? += "1,2025-02-30,\n1,2025-02-01,,spilt\n"
        let report = try export.report()
        #expect(report.unusedRows == [.enrollment: 2, .exit: 2])
        #expect(report.people.map(\.id) == ["A"])
    }

    @Test func `counts each id once, by its first row`() throws {
        var export = TrialExport()
        export.addStay("1", in: "0", from: "2025-01-05", to: "2025-02-01")
        export.addStay("1", in: "0", from: "2025-03-05", to: "2025-04-01", household: "other")
        #expect(try export.episodes() == ["2025-01-05 2025-01-31"])
    }

    @Test func `is written as CSV, quoted where an id needs it`() throws {
        var export = TrialExport()
        export.addClient("\"a,b\"", birth: "1980-05-01")
        export.addStay("1", of: "\"a,b\"", in: "0", from: "2025-12-01")
        let report = try export.report()
        #expect(report.personLines == ["PersonalID,CHTime,CHTimeStatus", "\"a,b\",0,-1"])
        #expect(
            report.episodeLines == [
                "PersonalID,episodeStart,episodeEnd,episodeDays", "\"a,b\",2025-12-01,2025-12-31,31",
            ])
    }
}
