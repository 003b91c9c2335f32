import ByNameList
import CivilTime
import Fixtures
import Store
import Testing

/// People who are found to be one person and to be two again, in records, held against folds without any.
@Suite struct `A merge in the record` {
    @Test(arguments: StoredHistories.seeds())
    func `is counted as the rules say, whatever came first`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed, merges: true)
        try written.write()
        let record = written.record
        let timelines = written.timelines()
        let same = slowPeople(written.facts)
        let spells = Dictionary(uniqueKeysWithValues: timelines.map { ($0.person, $0.spells) })
        for one in written.people {
            let person = same[one] ?? one
            let facts = written.facts.filter { (same[$0.person] ?? $0.person) == person }.map(\.id)
            let found = try record.store.read { reader in
                let projection = try reader.projection(of: try reader.community("test"))
                #expect(try reader.person(of: one) == person)
                #expect(try reader.facts(of: one).map(\.id) == facts)
                #expect(try reader.facts(of: one).allSatisfy { $0.person == person })
                return try reader.spells(of: one, in: projection)
            }
            #expect(found == (person == one ? spells[one] : []))
        }
        #expect(try record.firstDifference(ReportQuestion.all(of: timelines.months), from: timelines) == nil)
        #expect(try record.problems() == [])
    }

    @Test(arguments: StoredHistories.seeds(share: 2))
    func `is in a projection that is built while it is written`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed, merges: true)
        try written.writeDuringRebuild()
    }

    @Test(arguments: StoredHistories.seeds(share: 4))
    func `leaves what was known before it as it was served`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed, merges: true)
        let record = written.record
        var taken: [(at: Instant, questions: [ReportQuestion], figures: [MonthFigures])] = []
        while !written.isDone {
            for _ in 0..<5 where !written.isDone { try written.writeSome() }
            let months = written.timelines().months.filter { $0.monthNumber % 5 == Int32(seed % 5) }.prefix(2)
            let questions = ReportQuestion.all(of: Array(months))
            let now = try record.store.read { reader in try reader.lastRecorded() }
            taken.append((now, questions, try record.stored(questions)))
        }
        for (instant, questions, figures) in taken {
            let timelines = written.timelines(knownAt: instant)
            #expect(questions.map { $0.folded(timelines) } == figures)
            for (question, figures) in zip(questions, figures).prefix(3) {
                let report = try record.store.read { reader in
                    try reader.month(
                        question.month, of: try reader.community("test"), population: question.population,
                        unit: question.unit, asOf: question.asOf, knownAt: instant, calendar: utcDate)
                }
                var found = try #require(report).figures
                (found.lateFacts, found.lateImportedFacts) = (0, 0)
                #expect(found == figures)
            }
        }
    }

    @Test(arguments: StoredHistories.seeds(share: 2))
    func `undone, in whatever order, leaves everything as it was`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        try written.write()
        guard written.people.count > 1 else { return }
        var random = SplitMix64(seed: seed)
        let before = try written.record.projectionRows()
        let facts = written.facts
        var merges: [(fact: FactID, record: PersonID)] = []
        for _ in 0..<random.number(1...4) {
            let pair = random.shuffled(written.people)
            merges.append((try written.say(.samePerson(as: pair[1]), about: pair[0]), pair[0]))
        }
        #expect(try written.record.problems() == [])
        let between = written.timelines()
        #expect(
            try written.record.firstDifference(
                ReportQuestion.all(of: Array(between.months.prefix(12))), from: between) == nil)
        let merged = try written.record.projectionRows()
        var voids: [(fact: FactID, record: PersonID)] = []
        for merge in random.shuffled(merges) {
            voids.append((try written.say(.void(merge.fact), about: merge.record), merge.record))
        }
        #expect(try written.record.projectionRows() == before)
        #expect(try written.record.problems() == [])
        for record in written.people {
            let found = try written.record.store.read { reader in try reader.facts(of: record) }
            let own = Set(facts.filter { $0.person == record }.map(\.id))
            #expect(found.filter { own.contains($0.id) } == facts.filter { $0.person == record })
            #expect(found.allSatisfy { $0.person == record })
        }
        // A voided undoing merges again.
        for void in random.shuffled(voids) { _ = try written.say(.void(void.fact), about: void.record) }
        #expect(try written.record.projectionRows() == merged)
    }

    @Test(arguments: StoredHistories.seeds(share: 4))
    func `gives the same spells wherever it stands among the facts`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let plain = RandomHistory(seed: seed)
        let pairs = (0..<2).map { _ in random.shuffled(plain.people) }.filter { $0.count > 1 }
        var rows: Set<[String]> = []
        for _ in 0..<3 {
            let record = try ScratchStore(policy: plain.policy.document)
            var recorder = HistoryRecorder(community: record.community)
            // Numbers are given out in one order, so that the records can be told apart.
            let first = plain.people.map { person in
                Fact(
                    id: FactID(0), person: person, recorded: Instant(microseconds: 0),
                    content: .identity(named: false, birth: nil))
            }
            try record.write(first, &recorder, using: &random)
            var facts = plain.facts
            for pair in pairs {
                let place = random.number(0...facts.count)
                facts.insert(
                    Fact(
                        id: FactID(-1), person: pair[0], recorded: Instant(microseconds: 0),
                        content: .samePerson(as: pair[1])), at: place)
            }
            try record.write(facts, &recorder, using: &random)
            #expect(try record.problems() == [])
            rows.insert(try record.projectionRows())
        }
        #expect(rows.count == 1)
    }
}
