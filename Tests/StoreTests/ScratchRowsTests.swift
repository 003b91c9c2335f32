import Foundation
import HMIS
import Store
import Testing

@Suite struct `Rows on disk` {
    private func folder() throws -> DataFolder {
        try DataFolder(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path)
    }

    private func row(_ file: HMISFile, _ person: String, _ group: String, _ key: String, _ number: Int) -> StagedRow {
        StagedRow(file: file, person: person, group: group, key: key, number: number, fields: Array(key.utf8))
    }

    @Test func `are handed out as those in memory are`() throws {
        let folder = try folder()
        // The folder is empty but for the lock, and its going is nobody's concern.
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let stages: [any StagedRows] = [try ScratchRows(folder), MemoryStagedRows()]
        var seen: [[String: [StagedRow]]] = []
        var households: [[[StagedRow]]] = []
        for staged in stages {
            #expect(try staged.append(row(.client, "9", "", "9", 2)))
            #expect(try staged.append(row(.client, "10", "", "10", 3)))
            #expect(try !staged.append(row(.client, "9", "", "9", 4)))
            #expect(try staged.append(row(.enrollment, "10", "H", "9", 3)))
            #expect(try staged.append(row(.enrollment, "9", "H", "E1", 2)))
            #expect(try staged.append(row(.services, "9", "E1", "S", 2)))
            #expect(try staged.append(row(.exit, "9", "E1", "X", 2)))
            try staged.finishAppending()
            var persons: [String: [StagedRow]] = [:]
            var asked: [[StagedRow]] = []
            try staged.forEachPerson { person, rows in
                #expect(persons.updateValue(rows, forKey: person) == nil)
                asked.append(try staged.enrolments(ofHousehold: "H", limit: 100).sorted { $0.key < $1.key })
                #expect(try staged.enrolments(ofHousehold: "none", limit: 100).isEmpty)
            }
            #expect(try staged.enrolments(ofHousehold: "H", limit: 1).count(where: { $0.file == .enrollment }) == 1)
            seen.append(persons)
            households.append(asked)
        }
        #expect(seen[0] == seen[1])
        #expect(households[0] == households[1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `are staged quickly`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let rows = (0..<200_000).map { number in
            StagedRow(
                file: .services, person: "\(number * 7919 % 20_000)", group: "E\(number % 30_000)", key: "\(number)",
                number: number, fields: Array(repeating: 65, count: 60))
        }
        let staged = try ScratchRows(folder)
        let clock = ContinuousClock()
        let begin = clock.now
        for row in rows { _ = try staged.append(row) }
        let appended = clock.now
        try staged.finishAppending()
        let indexed = clock.now
        var count = 0
        try staged.forEachPerson { _, rows in count += rows.count }
        let times = [appended - begin, indexed - appended, clock.now - indexed]
        print("200,000 rows: staged, sorted and read in \(times)")
        #expect(count == rows.count)
    }
}
