import Foundation
import HMIS
import LSA
import Testing

/// HUD's sample with HUD's results, which lies beside the repository and is not part of it.
enum Sample {
    static let path: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("../shared/samples").standardized.path
        let found = [ProcessInfo.processInfo.environment["BNL_SAMPLES"], folder].compactMap(\.self)
            .map { $0 + "/HUD-LSASampleCode/small" }.first { FileManager.default.fileExists(atPath: $0) }
        if found == nil { print("skipped: the tests on HUD's LSA sample, for there is no ../shared/samples") }
        return found
    }()

    static func report() throws -> LSAReport {
        let parameters = try #require(
            ReportParameters(start: day("2025-10-01"), end: day("2026-09-30"), continuum: "XX-501"))
        return try LSAReport(try DirectoryFolder(path ?? ""), parameters)
    }

    /// The rows of a file with expected results, each as its values by column.
    static func expected(_ name: String) throws -> [[String: String]] {
        let bytes = try #require(try DirectoryFolder(path ?? "").open(name))
        var reader = CSVReader(read: bytes.read)
        _ = try reader.next()
        let columns = (0..<reader.fieldCount).map { reader.text($0) }
        var rows: [[String: String]] = []
        while try reader.next() != nil {
            rows.append(Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, reader.text($0)) }))
        }
        return rows
    }
}

@Suite(.enabled(if: Sample.path != nil)) struct `HUD's sample` {
    @Test func `has the chronic time and status that HUD found for every person`() throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let report = try Sample.report()
        let time = clock.now - begin
        let lines = Set(report.personLines)
        let expected = try Sample.expected("expected_person_chtime").map {
            "\($0["PersonalID"] ?? ""),\($0["CHTime"] ?? ""),\($0["CHTimeStatus"] ?? "")"
        }
        print("LSA: \(expected.filter(lines.contains).count) of \(expected.count) people equal, in \(time)")
        #expect(expected.count == 140)
        #expect(expected.filter { !lines.contains($0) } == [])
    }

    @Test func `has the window that HUD found for every person`() throws {
        let windows = Dictionary(uniqueKeysWithValues: try Sample.report().people.map { ($0.id, $0.window) })
        for row in try Sample.expected("expected_person_chtime") {
            let window = windows[row["PersonalID"] ?? ""] ?? nil
            #expect(window.map { "\($0.start)" } ?? "" == row["CHStart"])
            #expect(window.map { "\($0.lastActive)" } ?? "" == row["LastActive"])
        }
    }

    @Test func `has every episode that HUD found, and those people no other`() throws {
        let expected = try Sample.expected("expected_ch_episodes").map {
            "\($0["PersonalID"] ?? ""),\($0["episodeStart"] ?? ""),\($0["episodeEnd"] ?? ""),\($0["episodeDays"] ?? "")"
        }
        let people = Set(try Sample.expected("expected_person_chtime").compactMap { $0["PersonalID"] })
        let found = try Sample.report().episodeLines.filter { line in
            people.contains(String(line.prefix { $0 != "," }))
        }
        print("LSA: \(Set(expected).intersection(found).count) of \(expected.count) episodes equal")
        #expect(expected.count == 230)
        #expect(found.sorted() == expected.sorted())
    }

    @Test func `has the dates that HUD found for every enrolment`() throws {
        let expected = try Sample.expected("expected_adjusted_enrollments")
        let enrolments = try Sample.report().enrolments
        for row in expected {
            let found = try #require(enrolments[row["PersonalID"] ?? ""]?.first { $0.id == row["EnrollmentID"] })
            #expect("\(found.type.rawValue)" == row["LSAProjectType"])
            #expect("\(found.entry)" == row["EntryDate"])
            #expect(found.moveIn.map { "\($0)" } ?? "" == row["MoveInDate"])
            #expect(found.exit.map { "\($0)" } ?? "" == row["ExitDate"])
            #expect((found.isActive ? "1" : "0") == row["Active"])
        }
        let people = Set(expected.compactMap { $0["PersonalID"] })
        #expect(expected.count == 436)
        #expect(enrolments.filter { people.contains($0.key) }.values.reduce(0) { $0 + $1.count } == 436)
    }
}
