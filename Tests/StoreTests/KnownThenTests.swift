import ByNameList
import CivilTime
import Fixtures
import Store
import Testing

/// What was asked at an instant, and what was answered.
private struct Served: Sendable {
    let at: Instant
    let wanted: WantedReports
    let figures: [MonthFigures]
}

@Suite struct `A state of the record that is past` {
    /// Served from the counts, late facts and all, wherever in the history it is.
    private func serve(_ record: ScratchStore, _ wanted: WantedReports) throws -> Served {
        let (at, figures) = try record.store.read { reader in
            let community = try reader.community("test")
            let figures = try wanted.months.flatMap { month in
                try wanted.rows.map { row in
                    try reader.month(
                        month, of: community, population: row.population, unit: row.unit, asOf: wanted.asOf
                    ).report.figures
                }
            }
            return (community.changed, figures)
        }
        return Served(at: at, wanted: wanted, figures: figures)
    }

    /// Person by person, the plain way.
    private func walked(_ served: Served, _ reader: Reader) throws -> [MonthFigures] {
        let community = try reader.community("test")
        let policy = try reader.projection(of: community, knownAt: served.at).policy
        var timelines: [Timeline] = []
        try reader.forEachTimeline(of: community, policy: policy, knownAt: served.at) { timelines.append($1) }
        return served.wanted.months.flatMap { month in
            served.wanted.rows.map { row in
                var folded = FoldedMonth(
                    month: month, population: row.population, unit: row.unit,
                    asOf: min(served.wanted.asOf, month.lastDay))
                for timeline in timelines { folded.add(timeline.spells) }
                return folded.report().figures
            }
        }
    }

    private func wanted(_ written: WrittenHistory, _ random: inout SplitMix64) -> WantedReports {
        let days = written.facts.compactMap(\.content.effectiveFrom)
        let month = days.isEmpty ? day("2021-01-01").month : random.pick(days).month
        let months = [month, month.next, month.adding(months: random.number(2...9))]
        let asOf = random.chance(50) ? months[2].lastDay : month.firstDay.adding(days: random.number(0...60))
        return WantedReports(months.filter { $0.firstDay <= asOf }, rows: MonthTable.rows, asOf: asOf)
    }

    private func check(_ served: [Served], in record: ScratchStore) throws {
        for one in served {
            let found = try record.store.read { reader in
                let community = try reader.community("test")
                return (
                    walked: try walked(one, reader),
                    folded: try reader.foldedReports(
                        one.wanted, of: community, knownAt: one.at, calendar: utcDate
                    ).map(\.figures),
                    counted: try reader.countedReports(
                        one.wanted, of: community, knownAt: one.at, calendar: utcDate, changedAtMost: .max)?
                        .map(\.figures),
                    either: try reader.reports(one.wanted, of: community, knownAt: one.at, calendar: utcDate)
                        .map(\.figures)
                )
            }
            #expect(found.walked == one.figures.map(\.withoutLateFacts))
            #expect(found.folded == one.figures)
            #expect(found.counted ?? one.figures == one.figures)
            #expect(found.either == one.figures)
        }
    }

    /// By the counts, by a fold of everybody on all cores, and person by person, under two policies.
    @Test(arguments: StoredHistories.seeds(share: 2))
    func `is reported again by every way as it was served`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed, at: "2021-01-15T12:00:00Z", merges: seed.isMultiple(of: 2))
        var random = SplitMix64(seed: seed &* 97)
        let record = written.record
        var served = [try serve(record, wanted(written, &random))]
        var isPolicyOther = false
        while !written.isDone {
            for _ in 0..<4 where !written.isDone { try written.writeSome() }
            record.pass(days: random.number(0...40))
            served.append(try serve(record, wanted(written, &random)))
            if !isPolicyOther, written.facts.count > written.history.facts.count / 2 {
                isPolicyOther = true
                let other = Policy.random(using: &random, inside: day("2019-01-01")...day("2022-01-01"))
                try record.store.rebuild(community: "test", policy: other.document, recordsPerBatch: 1) { _, _ in
                    // The old policy holds until the last batch is in, whatever is written meanwhile.
                    guard !written.isDone else { return }
                    do {
                        try written.writeSome()
                        served.append(try serve(record, wanted(written, &random)))
                    } catch {
                        Issue.record(error)
                    }
                }
                served.append(try serve(record, wanted(written, &random)))
            }
        }
        try check(served, in: record)
    }
}
