import ByNameList
import CivilTime
import Foundation
import HMIS
import Testing

/// The day on which the tests import.
private let importDay = day("2026-11-01")

/// Real test data that lies beside the repository and is not part of it.
enum Samples {
    static let path: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("../shared/samples").standardized.path
        let found = [ProcessInfo.processInfo.environment["BNL_SAMPLES"], folder].compactMap(\.self)
            .first { FileManager.default.fileExists(atPath: $0) }
        if found == nil { print("skipped: the tests on real exports, for there is no ../shared/samples") }
        return found
    }()

    struct Run {
        var persons: [ImportedPerson] = []
        var findings: [ImportFinding] = []
        var report = ImportReport.empty
    }

    static func run(_ folder: String) throws -> Run {
        var run = Run()
        var findings: [ImportFinding] = []
        let hmis = HMISImport(
            try DirectoryFolder((path ?? "") + "/" + folder), staged: MemoryStagedRows(), today: importDay,
            onFinding: { findings.append($0) })
        run.report = try hmis.run { run.persons.append($0) }
        run.findings = findings
        return run
    }

    static let importer = "greenriver-hmis-warehouse/importer_fy2024/"
}

@Suite(.enabled(if: Samples.path != nil)) struct `Real exports` {
    @Test func `Eva: every client is there, and every row is accounted for`() throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let run = try Samples.run("abtassociates-eva/demo_fy2026")
        print("Eva: \(clock.now - begin), \(run.report.facts) facts, \(run.findings.count) findings")
        #expect(run.persons.count == 4146)
        #expect(run.persons.allSatisfy { $0.name == nil && $0.source == "DEMO999" })
        #expect(run.report.files[.enrollment] == count(run, .enrollment, read: 4771))
        #expect(run.report.files[.exit]?.read == 4295)
        balances(run)
        for person in run.persons { #expect(Set(person.facts.map(\.key)).count == person.facts.count) }
    }

    private func count(_ run: Samples.Run, _ file: HMISFile, read: Int) -> FileCount? {
        let count = run.report.files[file]
        #expect(count?.read == read)
        #expect(count?.used == read)
        return count
    }

    private func balances(_ run: Samples.Run) {
        for (file, count) in run.report.files {
            #expect(count.read == count.used + count.notUsed, "\(file)")
            let said = run.findings.reduce(0) {
                $0 + ($1.file == file && $1.whatWasDone == .rowNotUsed ? $1.rows : 0)
            }
            #expect(said == count.notUsed, "\(file)")
        }
    }

    @Test(arguments: [
        "HUD-LSASampleCode/small", "greenriver-hmis-warehouse/bfz_system_cohorts_fy2022",
        "greenriver-hmis-warehouse/chronic_at_start_fy2022",
    ])
    func `balances`(folder: String) throws {
        let run = try Samples.run(folder)
        balances(run)
        #expect(run.report.files[.client]?.used == run.persons.count)
    }

    @Test func `every folder of odd exports is imported, or refused with a reason`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: (Samples.path ?? "") + "/" + Samples.importer)
        for folder in folders.sorted() {
            do {
                let run = try Samples.run(Samples.importer + folder)
                balances(run)
                print(folder, run.persons.count, "persons", run.findings.count, "findings")
            } catch let error as HMISImportError {
                print(folder, "refused:", error)
                #expect(["bad_ending", "loader_errors"].contains(folder))
            }
        }
    }

    @Test func `LSA: the latest export end of twenty-one counts`() throws {
        var export: HMISExport?
        let folder = try DirectoryFolder((Samples.path ?? "") + "/HUD-LSASampleCode/small")
        let report = try HMISImport(folder, staged: MemoryStagedRows(), today: importDay).run(
            onExport: { export = $0 }, onPerson: { _ in })
        #expect(export?.endDate == day("2026-10-23"))
        #expect(report.files[.export]?.read == 21)
        #expect(report.persons == 241)
    }

    @Test func `bad data: everybody is kept, nested quotes and odd dates are read`() throws {
        let run = try Samples.run(Samples.importer + "bad_data")
        #expect(run.persons.count == 134)
        #expect(run.persons.allSatisfy { $0.name?.last.isEmpty == false })
        #expect(run.persons.first { $0.personalID == "6798" }?.birth?.date == day("1967-05-08"))
        // `17-JUN-20` in an export of 2017: the century goes by the day of the import, as the sample's owner has it.
        #expect(run.persons.first { $0.personalID == "6800" }?.birth?.date == day("2020-06-17"))
        #expect(run.persons.first { $0.personalID == "6906" }?.name?.last == "\"\"Last1\"\"")
        #expect(run.persons.first { $0.personalID == "6921" }?.name?.last == "\"Last2 \"BAD DATA\"\"")
    }

    @Test func `the first of the rows with one key is kept`() throws {
        let run = try Samples.run(Samples.importer + "duplicate_primary_keys")
        #expect(run.report.files[.client]?.accepted == 3)
        #expect(run.report.files[.enrollment]?.accepted == 4)
        #expect(run.report.files[.assessment]?.accepted == 2)
        #expect(run.report.files[.funder]?.accepted == 1)
        #expect(run.report.count(.duplicateKey) == 6)
    }

    @Test func `the counts of the enrolment test files`() throws {
        let run = try Samples.run(Samples.importer + "enrollment_test_files")
        let expected: [(HMISFile, Int)] = [
            (.client, 3), (.enrollment, 4), (.services, 18), (.assessment, 2), (.event, 2),
            (.currentLivingSituation, 2),
        ]
        for (file, rows) in expected { #expect(run.report.files[file]?.accepted == rows, "\(file)") }
        // Events, assessments and living situations are of people and enrolments that the files do not have.
        #expect(run.report.count(.unknownClient, in: .event) == 2)
    }

    @Test func `three of eight move-ins are impossible, and five stand in a shelter`() throws {
        let run = try Samples.run(Samples.importer + "cleanup_move_ins")
        #expect(run.report.count(.moveInBeforeEntry) == 2)
        #expect(run.report.count(.moveInAfterExit) == 1)
        #expect(run.report.count(.moveInElsewhere) == 5)
    }

    @Test func `a byte order mark does not hide the first column`() throws {
        #expect(try Samples.run(Samples.importer + "bom_test").persons.count == 3)
    }
}
