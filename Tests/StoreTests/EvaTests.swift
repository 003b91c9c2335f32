import ByNameList
import CivilTime
import Fixtures
import Foundation
import HMIS
import Testing

/// The flows that Eva finds in its own demo beside ours, month by month (decision 0015).
@Suite(.enabled(if: Samples.path != nil), .serialized) struct `The flows of Eva's demo` {
    /// Nobody has to look at the same difference twice: each falls into a class that the decision explains.
    @Test func `are ours, or differ for a reason that has a name`() throws {
        let record = try ScratchStore(at: "2027-01-01T12:00:00Z")
        try record.importing(try Samples.folder("abtassociates-eva/demo_fy2026"))
        let eva = try EvaFlows()
        #expect(eva.people.count == 40)
        var alike: [EvaFlows.Side: Int] = [:]
        var differences: [EvaDifference: Int] = [:]
        for (row, person) in zip(1..., eva.people) {
            let comparison = eva.compare(person, with: try record.timeline(person))
            alike.merge(comparison.alike, uniquingKeysWith: +)
            for (what, difference) in comparison.differences {
                guard let difference else {
                    Issue.record("row \(row), \(what): not explained")
                    continue
                }
                differences[difference, default: 0] += 1
            }
        }
        #expect(alike == [.into: 32, .out: 17])
        #expect(
            differences == [
                .silence: 13, .exitStillHomeless: 12, .monthBeforeExit: 10, .exitToUnknown: 4, .silentBefore: 2,
                .exitIntoInstitution: 2, .housedAlready: 1, .neverHomeless: 1, .lookBack: 1,
            ])
    }
}

/// Why a flow is counted otherwise; each case is a row of the table in decision 0015.
enum EvaDifference: CaseIterable {
    /// Eva: inactive 60 days after the last contact of street outreach; ours: 90.
    case silence
    /// Eva: an exit ends the time on the list; ours: who goes back to the street is on it until silent.
    case exitStillHomeless
    /// The same, to an unknown destination (`exit_to_unknown`).
    case exitToUnknown
    /// The same, into an institution: on the list for 90 days.
    case exitIntoInstitution
    /// Eva: who leaves street outreach is back in the month before; ours: on the day on which they were seen again.
    case monthBeforeExit
    /// Inactive when the exit came, which brought nobody back: a move-in or an institution.
    case silentBefore
    /// Eva counts who leaves a housing programme; ours counted the move-in.
    case housedAlready
    /// Eva counts everybody in rapid re-housing without a move-in; ours who came from literal homelessness.
    case neverHomeless
    /// Eva looks back two years for an earlier exit; ours by `return_lookback_days`.
    case lookBack
}

/// What Eva found of some people, and the exits that it found it from.
struct EvaFlows {
    enum Side { case into, out }

    let people: [String]
    private let rows: [String: [Month: [String: String]]]
    private let exits: [String: [(on: CivilDate, destination: Int)]]
    private static let months = (0..<12).map { ("2021-10" as Month).adding(months: $0) }

    init() throws {
        var people: [String] = []
        var rows: [String: [Month: [String: String]]] = [:]
        for row in try EvaFlows.table("expected_period_data_sample.csv") {
            let person = row["PersonalID"] ?? ""
            if people.last != person { people.append(person) }
            // The other rows are of the whole year.
            if let month = Month(row["period"]?.prefix(7) ?? "") { rows[person, default: [:]][month] = row }
        }
        var exits: [String: [(on: CivilDate, destination: Int)]] = [:]
        for row in try EvaFlows.table("demo_fy2026/Exit.csv") {
            guard let day = CivilDate(row["ExitDate"] ?? "") else { continue }
            exits[row["PersonalID"] ?? "", default: []].append((day, Int(row["Destination"] ?? "") ?? 99))
        }
        (self.people, self.rows, self.exits) = (people, rows, exits)
    }

    /// The rows of a file, each under the names of its columns.
    private static func table(_ name: String) throws -> [[String: String]] {
        let bytes = [UInt8](
            try Data(contentsOf: URL(fileURLWithPath: (Samples.path ?? "") + "/abtassociates-eva/" + name)))
        var place = 0
        var reader = CSVReader { buffer in
            let count = min(buffer.count, bytes.count - place)
            buffer.copyBytes(from: bytes[place..<(place + count)])
            place += count
            return count
        }
        guard try reader.next() != nil else { return [] }
        let names = (0..<reader.fieldCount).map { reader.text($0) }
        var rows: [[String: String]] = []
        while try reader.next() != nil {
            let cells = (0..<min(names.count, reader.fieldCount)).map { (names[$0], reader.text($0)) }
            rows.append(Dictionary(cells) { first, _ in first })
        }
        return rows
    }

    /// How many flows are alike, and each that is not with the reason, if there is one.
    func compare(
        _ person: String, with timeline: Timeline
    ) -> (alike: [Side: Int], differences: [(what: String, EvaDifference?)]) {
        var alike: [Side: Int] = [:]
        var differences: [(what: String, EvaDifference?)] = []
        for month in EvaFlows.months {
            for side in [Side.into, .out] {
                let row = rows[person]?[month]
                let theirs = row.flatMap { EvaFlows.measure($0, side) }
                let ours = timeline.changes.filter { change in
                    change.on.month == month && change.measure.map { $0.isInflow == (side == .into) } ?? false
                }
                guard theirs != nil || !ours.isEmpty else { continue }
                if ours.count == 1, theirs == ours[0].measure {
                    alike[side, default: 0] += 1
                    continue
                }
                let pair = Pair(
                    month: month, row: row ?? [:], theirs: theirs, ours: ours.first,
                    isOnce: ours.count <= 1, exits: exits[person] ?? [], timeline: timeline)
                differences.append(("\(month) \(side)", side == .into ? pair.into : pair.out))
            }
        }
        return (alike, differences)
    }

    private static func measure(_ row: [String: String], _ side: Side) -> Measure? {
        switch side {
        case .into:
            switch row["InflowTypeDetail"] {
            case "First-Time Homeless": .newlyIdentified
            case "Re-engaged from Non-Permanent": .returnedFromInactive
            case "Returned from Permanent": .returnedFromHousing
            default: nil
            }
        case .out:
            switch row["OutflowTypeDetail"] {
            case "Exited, Permanent": .housingMoveIns
            case "Exited, Non-Permanent", "Inactive": .movedToInactive
            default: nil
            }
        }
    }
}

/// A flow of one month as Eva has it and as we have it, which are not the same; either may be missing.
private struct Pair {
    let month: Month
    let row: [String: String]
    let theirs: Measure?
    let ours: StatusChange?
    let isOnce: Bool
    let exits: [(on: CivilDate, destination: Int)]
    let timeline: Timeline

    var into: EvaDifference? {
        guard isOnce else { return nil }
        guard let ours else {
            if timeline.changes.isEmpty { return .neverHomeless }
            let end = month.lastDay
            return exits.contains { end < $0.on && $0.on <= end.adding(days: 60) } ? .monthBeforeExit : nil
        }
        if theirs == .newlyIdentified {
            guard let before = timeline.changes.last(where: { $0.on < ours.on }) else { return nil }
            return ours.on - before.on > 730 ? .lookBack : nil
        }
        let isSeenAtExit = exits.contains { $0.on == ours.on && 100..<200 ~= $0.destination }
        return theirs == nil && isSeenAtExit ? .monthBeforeExit : nil
    }

    var out: EvaDifference? {
        guard isOnce, theirs == nil || ours == nil else { return nil }
        if let ours {
            // A limit that was counted from an exit, or from the last contact.
            guard let since = ours.since else { return nil }
            return exits.first { $0.on == since }.map { difference($0.destination) } ?? .silence
        }
        if row["OutflowTypeDetail"] == "Inactive" { return .silence }
        if theirs == .housingMoveIns, row["InflowTypeDetail"] == "Housed" { return .housedAlready }
        guard let exit = exits.first(where: { $0.on.month == month }) else { return .silence }
        let isSilent = status(before: exit.on) == .inactive && status(before: exit.on.adding(days: 1)) != .active
        return isSilent ? .silentBefore : difference(exit.destination)
    }

    private func difference(_ destination: Int) -> EvaDifference? {
        switch destination {
        case 100..<200: .exitStillHomeless
        case 200..<300: .exitIntoInstitution
        case 8, 9, 17, 30, 37, 99: .exitToUnknown
        default: nil
        }
    }

    private func status(before day: CivilDate) -> ListStatus {
        timeline.changes.last { $0.on < day }?.to ?? .unknown
    }
}
