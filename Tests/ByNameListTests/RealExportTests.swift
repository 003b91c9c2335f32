import ByNameList
import CivilTime
import Fixtures
import Foundation
import HMIS
import Testing

/// Real exports of other projects, where they are present: what the timeline and the slow model make of them.
@Suite struct `The timeline and the slow model on real exports` {
    @Test func `say the same of everybody in Eva's demo, and its 36 months balance`() throws {
        guard let export = try RealExport("abtassociates-eva/demo_fy2026") else { return }
        #expect(export.lives.count == 4_146)
        try export.expectAgreement(months: 36, endingWith: "2022-09")
    }

    @Test func `say the same of everybody in HUD's small sample, and its 36 months balance`() throws {
        guard let export = try RealExport("HUD-LSASampleCode/small") else { return }
        #expect(export.lives.count == 241)
        try export.expectAgreement(months: 36, endingWith: "2026-09")
    }
}

/// An export read into facts, in memory.
struct RealExport {
    let lives: [Life]

    /// `nil`, said on standard output, where the samples are not there.
    init?(_ name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("../shared/samples/\(name)").standardized.path
        guard FileManager.default.fileExists(atPath: folder) else {
            print("skipped: the real export \(name), for there is no ../shared/samples")
            return nil
        }
        var households: [String: HouseholdID] = [:]
        var facts: Int64 = 0
        var lives: [Life] = []
        let today: CivilDate = "2026-11-21"
        _ = try HMISImport(try DirectoryFolder(folder), staged: MemoryStagedRows(), today: today).run { person in
            var contents = [FactContent.identity(named: person.name != nil, birth: person.birth)]
            for fact in person.facts {
                switch fact.content {
                case .fact(let content): contents.append(content)
                case .household(let key, let role, let from, let to):
                    let household = households[key] ?? HouseholdID(Int64(households.count + 1))
                    households[key] = household
                    contents.append(
                        .household(HouseholdStatement(household: household, role: role, from: from, to: to)))
                }
            }
            let standing = contents.map { content in
                facts += 1
                return StandingFact(id: FactID(facts), position: facts, content: content)
            }
            lives.append(Life(person: PersonID(Int64(lives.count + 1)), facts: standing))
        }
        self.lives = lives
    }

    /// People who are bound together by households, directly or over others.
    private var circles: [[Life]] {
        var circleOf: [HouseholdID: Int] = [:]
        var circles: [[Life]] = []
        for life in lives {
            let known = Set(life.households.compactMap { circleOf[$0] })
            let circle = known.min() ?? circles.count
            if circle == circles.count { circles.append([]) }
            circles[circle].append(life)
            for other in known where other != circle {
                circles[circle] += circles[other]
                for member in circles[other] { for household in member.households { circleOf[household] = circle } }
                circles[other] = []
            }
            for household in life.households { circleOf[household] = circle }
        }
        return circles.filter { !$0.isEmpty }
    }

    /// Every day of every person, and the stock of every month counted by the slow model's own days.
    func expectAgreement(months count: Int, endingWith last: Month) throws {
        let horizon = last.lastDay.adding(days: 30)
        let months = (0..<count).map { last.adding(months: -$0) }
        var slowStock: [String: Int] = [:]
        var folded: [String: FoldedMonth] = [:]
        for circle in circles {
            let facts = Dictionary(uniqueKeysWithValues: circle.map { ($0.person, $0.facts) })
            let model = SlowModel.lives(
                standing: facts, of: circle.map(\.person).sorted(), policy: .likeUS, horizon: horizon)
            for life in model {
                let timeline = timeline(of: life.person, among: circle, policy: .likeUS)
                let account = Account(timeline, from: life.firstDay, to: horizon)
                if let found = Account(life).difference(from: account) {
                    Issue.record("person \(life.person.number) on \(found.day): \(found.own) against \(found.other)")
                    return
                }
                tally(life, timeline, months, &slowStock, &folded)
            }
        }
        compare(months, slowStock, folded)
        #expect(slowStock["\(last) 0 0"] ?? 0 > 0)
    }

    private func tally(
        _ life: SlowLife, _ timeline: Timeline, _ months: [Month], _ stock: inout [String: Int],
        _ folded: inout [String: FoldedMonth]
    ) {
        for month in months {
            let membership = life.membership(on: month.lastDay)
            SlowModel.each { population, unit in
                let key = "\(month) \(population.place) \(unit.rawValue)"
                if membership.contains(population, unit) { stock[key, default: 0] += 1 }
                var report =
                    folded[key]
                    ?? FoldedMonth(month: month, population: population, unit: unit, asOf: month.lastDay)
                report.add(timeline.spells)
                folded[key] = report
            }
        }
    }

    private func compare(_ months: [Month], _ stock: [String: Int], _ folded: [String: FoldedMonth]) {
        for (key, month) in folded {
            let report = month.report()
            #expect(report.error == 0, "\(key) does not balance")
            #expect(report.figures.activeAtEnd == stock[key] ?? 0, "\(key): the slow model counts another stock")
        }
        #expect(folded.count == months.count * SlowModel.populations.count * CountingUnit.allCases.count)
    }
}
