import ByNameList
import CivilTime
import Foundation
import HMIS
import ShippedConfig
import Store
import Testing

/// Real test data that lies beside the repository and is not part of it.
enum Samples {
    static let path: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("../shared/samples").standardized.path
        let found = [ProcessInfo.processInfo.environment["BNL_SAMPLES"], folder].compactMap(\.self)
            .first { FileManager.default.fileExists(atPath: $0) }
        if found == nil { print("skipped: the imports of real exports, for there is no ../shared/samples") }
        return found
    }()

    static func folder(_ name: String) throws -> DirectoryFolder { try DirectoryFolder((path ?? "") + "/" + name) }
}

@Suite(.enabled(if: Samples.path != nil), .serialized) struct `Real exports in the record` {
    @Test(arguments: [("abtassociates-eva/demo_fy2026", 4146), ("HUD-LSASampleCode/small", 241)])
    func `hold every client, and a second import changes nothing`(name: String, clients: Int64) throws {
        // A day after the ends of both exports.
        let record = try ScratchStore(at: "2027-01-01T12:00:00Z")
        let clock = ContinuousClock()
        let begin = clock.now
        let first = try record.importing(try Samples.folder(name))
        let took = clock.now - begin
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        print("\(name): \(first.counts.added) facts in \(took), \(Int(Double(first.counts.added) / seconds)) a second")
        let rows = try record.rows()
        #expect(rows["record"] == clients && rows["external_id"] == clients)
        #expect(rows["fact"] == Int64(first.report.facts - first.counts.refused))
        #expect(first.counts.refused == 0)
        let again = clock.now
        let second = try record.importing(try Samples.folder(name))
        print("\(name): again in \(clock.now - again)")
        #expect(second.counts.unchanged == first.report.facts)
        #expect(try record.rows() == rows)
    }

    @Test func `the one client of the cohort sample changes as our rules say`() throws {
        let policy = try #require(PolicyDocument.template("us_bfz"))
            .replacingOccurrences(of: #""exit_to_unknown": "stay""#, with: #""exit_to_unknown": "inactive""#)
            .replacingOccurrences(of: #""return_lookback_days": null"#, with: #""return_lookback_days": 365"#)
        let record = try ScratchStore(policy: policy, at: "2022-10-01T12:00:00Z")
        try record.importing(try Samples.folder("greenriver-hmis-warehouse/bfz_system_cohorts_fy2022"))
        let changes = try record.timeline("5").changes.map {
            "\($0.on) \($0.from.code) \($0.to.code) \($0.measure?.code ?? "-") \($0.rule)"
        }
        // The sample's owner walks from 2021-03-30 and dates a change the day after it takes effect. Where we differ:
        #expect(
            changes == [
                // Before its walk begins: the shelter of February 2019, and 90 days of silence since its exit, whose
                // destination was homeless (old code 2), so that it did not end the time on the list by itself.
                "2019-02-07 unknown active newly_identified identification",
                "2019-05-11 active inactive moved_to_inactive inactivityLimit",
                // Back more than 365 days after the outflow: newly identified, as there.
                "2021-04-01 inactive active newly_identified returnFromInactive",
                // There 06-02: we date a move-in on its own day.
                "2021-06-01 active housed housing_move_ins moveIn",
                // There 07-02: the housing ended on 07-01 while the shelter stay went on.
                "2021-07-01 housed active returned_from_housing returnFromHousing",
                // There 07-06: an exit to an unknown destination makes inactive on the day of the exit.
                "2021-07-05 active inactive moved_to_inactive exitToUnknown",
                // There 07-16: the first bed night brings back.
                "2021-07-15 inactive active returned_from_inactive returnFromInactive",
                // There between 11-06 and 11-15: the last bed night began on 08-10; 90 days after it.
                "2021-11-08 active inactive moved_to_inactive inactivityLimit",
            ])
        #expect(try record.spells("5") == record.timeline("5").spells)
    }
}
