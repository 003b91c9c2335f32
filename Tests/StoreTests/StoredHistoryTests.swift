import ByNameList
import CivilTime
import Fixtures
import Foundation
import Store
import Testing

extension WrittenHistory {
    /// Writes half, the rest between the batches of a rebuild and after it; figures and rows are as another rebuild
    /// makes them.
    mutating func writeDuringRebuild() throws {
        try write(leaving: history.facts.count / 2)
        var error: (any Error)?
        try record.store.rebuild(community: "test", recordsPerBatch: 1) { _, _ in
            guard !isDone, error == nil else { return }
            do { try writeSome() } catch let failure { error = failure }
            #expect((try? record.problems()) == [])
        }
        if let error { throw error }
        let between = timelines()
        #expect(try record.firstDifference(ReportQuestion.all(of: between.months), from: between) == nil)
        try write()
        #expect(try record.problems() == [])
        let rows = try record.projectionRows()
        try record.store.rebuild(community: "test")
        #expect(try record.projectionRows() == rows)
        #expect(try record.problems() == [])
    }
}

/// The random histories that are written into records.
enum StoredHistories {
    /// `BNL_STORE_HISTORIES`, or 60.
    static let count = ProcessInfo.processInfo.environment["BNL_STORE_HISTORIES"].flatMap(UInt64.init) ?? 60
    /// `BNL_FIRST_SEED`, or 1, so that one history can be looked at again.
    static let first = ProcessInfo.processInfo.environment["BNL_FIRST_SEED"].flatMap(UInt64.init) ?? 1

    /// Of so many histories one.
    static func seeds(share: UInt64 = 1) -> [UInt64] { (0..<max(1, count / share)).map { first + $0 } }
}

@Suite struct `A random history in the record` {
    @Test(arguments: StoredHistories.seeds())
    func `is given back, folded and counted as the rules say`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        try written.write()
        let record = written.record
        let timelines = written.timelines()
        for (person, timeline) in zip(written.people, timelines) {
            let facts = written.facts.filter { $0.person == person }
            let (found, spells) = try record.store.read { reader in
                let projection = try reader.projection(of: try reader.community("test"))
                return (try reader.facts(of: person), try reader.spells(of: person, in: projection))
            }
            #expect(found == facts)
            #expect(spells == timeline.spells)
        }
        #expect(
            try record.firstDifference(
                ReportQuestion.all(of: timelines.months, written.history.policy), from: timelines) == nil)
        #expect(try record.problems() == [])
    }

    @Test(arguments: StoredHistories.seeds(share: 2))
    func `is counted as of a day within a month`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        var random = SplitMix64(seed: seed)
        try written.write()
        let timelines = written.timelines()
        // The months in which something happens are where a day cuts.
        let months = Set(timelines.flatMap(\.spells).flatMap { [$0.from.month] + ($0.to.map { [$0.month] } ?? []) })
        let questions = months.sorted().flatMap { month in
            ReportQuestion.all(of: [month]) { month in
                let length = month.lastDay - month.firstDay
                return month.firstDay.adding(days: random.number(0...(length - 1)))
            }
        }
        #expect(try written.record.firstDifference(questions, from: timelines) == nil)
    }

    @Test(arguments: StoredHistories.seeds(share: 2))
    func `is the same again after a rebuild, whatever is written between its batches`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        try written.writeDuringRebuild()
        let record = written.record
        #expect(try record.texts("SELECT count(*) FROM projection") == ["1"])
        let timelines = written.timelines()
        #expect(
            try record.firstDifference(
                ReportQuestion.all(of: timelines.months, written.history.policy), from: timelines) == nil)
    }

    @Test(arguments: StoredHistories.seeds(share: 2))
    func `gives a report again as it was known then`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        let record = written.record
        var taken: [(at: Instant, questions: [ReportQuestion], figures: [MonthFigures])] = []
        while !written.isDone {
            for _ in 0..<4 where !written.isDone { try written.writeSome() }
            let timelines = written.timelines()
            let months = timelines.months.filter { $0.monthNumber % 3 == Int32(seed % 3) }.prefix(12)
            let questions = ReportQuestion.all(of: Array(months))
            let now = try record.store.read { reader in try reader.lastRecorded() }
            taken.append((now, questions, try record.stored(questions)))
        }
        for (instant, questions, figures) in taken {
            let timelines = written.timelines(knownAt: instant)
            #expect(questions.map { $0.folded(timelines) } == figures)
            let months = questions.filter { $0.population == .all && $0.unit == .persons }.map(\.month)
            let reports = try record.store.read { reader in
                try reader.reports(
                    WantedReports(months, rows: MonthTable.rows, asOf: months.last?.lastDay ?? day("2024-01-01")),
                    of: try reader.community("test"), knownAt: instant, calendar: utcDate)
            }
            #expect(reports.map { $0.figures.withoutLateFacts } == figures)
        }
    }

    @Test(arguments: StoredHistories.seeds(share: 6))
    func `says which months heard of facts late`(seed: UInt64) throws {
        // In the midst of what the history speaks of.
        var written = try WrittenHistory(seed: seed, at: "2021-01-15T12:00:00Z")
        while !written.isDone {
            try written.writeSome()
            written.record.pass(days: 9)
        }
        var expected: [Month: Int] = [:]
        for fact in written.facts {
            let recorded = utcDate("UTC", fact.recorded).month
            guard let day = fact.content.effectiveFrom, day.month < recorded else { continue }
            expected[day.month, default: 0] += 1
        }
        let months = Set(written.facts.compactMap(\.content.effectiveFrom?.month)).sorted()
        let found = try written.record.store.read { reader in
            let community = try reader.community("test")
            return try months.map { month in
                try reader.month(month, of: community, population: .all, unit: .persons, asOf: month.lastDay).report
                    .figures.lateFacts
            }
        }
        #expect(found == months.map { expected[$0] ?? 0 })
    }

    @Test(arguments: StoredHistories.seeds(share: 4))
    func `is reported later without a write`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        try written.write()
        let record = written.record
        let timelines = written.timelines()
        let last = written.facts.compactMap(\.content.lastDay).max() ?? day("2024-01-01")
        let before = try record.checksums()
        for days in [1, 31, 91, 200, 400] {
            let asOf = last.adding(days: days)
            record.pass(days: days)
            let questions = ReportQuestion.all(of: [asOf.month.previous, asOf.month]) { min($0.lastDay, asOf) }
            #expect(try record.firstDifference(questions, from: timelines) == nil)
        }
        #expect(try record.checksums() == before)
    }
}
