import ByNameList
import CivilTime
import Fixtures
import Dispatch
import Foundation
import Store
import Testing

@Suite struct `An erasure` {
    private let secrets = [
        "Zephyrine", "Quillfeather", "zephyrine", "quillfeather", "red coat", "at her sister's", "HM-4711",
    ]

    /// Somebody of whom everything is told that can be.
    private func tell(_ trial: TrialStore) throws -> PersonID {
        let origin = trial.origin
        return try trial.store.change { transaction in
            let ledger = CommunityLedger(transaction, origin: origin)
            let person = try ledger.newPerson()
            let today = try ledger.today()
            let identity = IdentityDetails(
                givenName: "Zephyrine", familyName: "Quillfeather", description: "red coat, tall")
            let household = try ledger.household(called: "the-Quillfeathers")
            _ = try ledger.append(
                [
                    NewFact(.intake(on: today, saidOf: .theDay), about: person),
                    NewFact(
                        .identity(named: true, birth: BirthDate(CivilDate(year: 1980, month: 2, day: 3) ?? today)),
                        about: person, identity: identity),
                    NewFact(.stay(Stay(.emergencyShelter, from: today)), about: person),
                    NewFact(
                        .household(HouseholdStatement(household: household, role: .head, from: today, to: nil)),
                        about: person),
                ], notes: [0: "at her sister's"])
            try ledger.add(ExternalID(system: "HMIS", value: "HM-4711"), to: person)
            return person
        }
    }

    private func erase(_ person: PersonID, in trial: TrialStore) throws {
        let origin = trial.origin
        try trial.store.change { transaction in try transaction.erase(person, for: .request, from: origin) }
    }

    /// Of the secrets those that any file of the folder holds.
    private func found(in trial: TrialStore) throws -> [String] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: trial.folder.path)
        let bytes = files.compactMap { FileManager.default.contents(atPath: trial.folder.path + "/" + $0) }
        return secrets.filter { secret in bytes.contains { $0.range(of: Data(secret.utf8)) != nil } }
    }

    @Test func `leaves nothing in the file and its log, while the record is open`() throws {
        let trial = try TrialStore()
        let person = try tell(trial)
        // So that the log has pages of it, and so has the file.
        for _ in 0..<50 { _ = try trial.store.change(trial.admission) }
        trial.close()
        try trial.reopen()
        _ = try tell(trial)
        #expect(try Set(found(in: trial)) == Set(secrets))
        for person in [person, PersonID(person.number + 51)] { try erase(person, in: trial) }
        // What the writer does next comes after it has cut the log.
        _ = try trial.store.change(trial.admission)
        #expect(try found(in: trial) == [])
        #expect(try trial.problems() == [])
        _ = try trial.store.backUp(named: "after", program: "test", recipient: nil)
        #expect(try found(in: trial) == [])
    }

    @Test func `is cut out of the log once nobody reads what was before it`() throws {
        let trial = try TrialStore()
        let person = try tell(trial)
        let (begun, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let (store, gone) = (trial.store, DispatchSemaphore(value: 0))
        let community = trial.origin.community
        Thread.detachNewThread {
            _ = try? store.read { reader in
                _ = try reader.erasures(of: community)
                begun.signal()
                ended.wait()
                return 0
            }
            gone.signal()
        }
        begun.wait()
        try erase(person, in: trial)
        #expect(try !found(in: trial).isEmpty)
        ended.signal()
        gone.wait()
        _ = try trial.store.change(trial.admission)
        _ = try trial.store.change(trial.admission)
        #expect(try found(in: trial) == [])
    }

    @Test func `takes the person out of every search, and shows nothing of them`() throws {
        let trial = try TrialStore()
        let person = try tell(trial)
        try erase(person, in: trial)
        let community = trial.origin.community
        let searches = [
            PersonSearch(name: "Zephyrine"), PersonSearch(description: "coat"),
            PersonSearch(externalID: .init(value: "HM-4711")),
            PersonSearch(birth: .ages(0...120, on: "2024-04-01")),
        ]
        for search in searches {
            let answers = try trial.store.read { reader in try reader.search(search, in: community) { _ in true } }
            #expect(answers.isEmpty)
        }
        let disclosure = Disclosure(actor: trial.origin.actor, community: community, fields: "x", purpose: "x")
        let page = try trial.store.release(
            trial.store.read { reader in try reader.page(of: person, in: community) }, to: disclosure)
        #expect(page.identity == IdentityDetails() && page.birth == nil && page.notes.isEmpty)
        #expect(page.externalIDs.isEmpty && page.facts.count == 4)
        #expect(page.timeline.changes.last?.to == .active)
    }

    @Test func `is listed beside the backups, by number, and again at the next`() throws {
        let trial = try TrialStore()
        let (first, second) = (try tell(trial), try tell(trial))
        try erase(first, in: trial)
        trial.close()
        try trial.reopen()
        try erase(second, in: trial)
        let ids = try trial.store.read { reader in try reader.publicIDs() }
        let listed = try ErasureList(trial.folder).read(ids)
        #expect(listed.map(\.person) == [first, second] && listed.allSatisfy { $0.reason == .request })
        #expect(try trial.store.read { reader in try reader.erasures() } == listed)
        let text = try String(contentsOfFile: trial.folder.backupsPath + "/erasures.jsonl", encoding: .utf8)
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test func `lets what is said later stand`() throws {
        let trial = try TrialStore()
        let person = try tell(trial)
        let origin = trial.origin
        try erase(person, in: trial)
        _ = try trial.store.change { transaction in
            try transaction.append(
                NewFact(
                    .identity(named: true, birth: nil), about: person, identity: IdentityDetails(givenName: "Odette")),
                from: origin)
        }
        let erasure = try #require(try trial.store.read { reader in try reader.erasures() }.first)
        // As a restore does it.
        try trial.store.change { transaction in try transaction.apply(erasure, from: origin) }
        let found = try trial.store.read { reader in
            try reader.search(PersonSearch(name: "Odette"), in: origin.community) { _ in true }
        }
        #expect(found.map(\.person) == [person])
        #expect(try trial.problems() == [])
    }

    @Test func `keeps a household that its agency names again`() throws {
        let trial = try TrialStore()
        let person = try tell(trial)
        try erase(person, in: trial)
        let origin = trial.origin
        let members = try trial.store.change { transaction in
            let ledger = CommunityLedger(transaction, origin: origin)
            return try ledger.members(of: try ledger.household(called: "the-Quillfeathers"))
        }
        #expect(members == [person])
    }

    @Test func `comes by itself after the years of the policy, and before them to nobody`() throws {
        let trial = try TrialStore()
        let silent = try tell(trial)
        let origin = trial.origin
        let left = try trial.store.change { transaction in
            try transaction.append(
                NewFact(.leave(on: try transaction.today(in: origin.community), reason: .movedAway), about: silent),
                from: origin)
        }
        // Whoever is on the list is not forgotten, however long nobody has written anything.
        let listed = try tell(trial)
        trial.clock.set(try #require(Instant("2026-01-01T12:00:00Z")))
        let heard = try tell(trial)
        trial.clock.set(try #require(Instant("2031-03-31T12:00:00Z")))
        #expect(try trial.store.eraseSilentPeople() == 0)
        trial.clock.set(try #require(Instant("2031-04-02T12:00:00Z")))
        #expect(try trial.store.eraseSilentPeople() == 1)
        #expect(try trial.store.eraseSilentPeople() == 0)
        let erasures = try trial.store.read { reader in try reader.erasures() }
        #expect(erasures.map(\.person) == [silent] && erasures.map(\.reason) == [.retention])
        #expect(Set([silent, listed, heard]).count == 3 && left.number > 0)
    }
}

@Suite struct `Erasing somebody of a random history` {
    @Test(arguments: StoredHistories.seeds(share: 4))
    func `leaves every figure as it was, as known now and then`(seed: UInt64) throws {
        var written = try WrittenHistory(seed: seed)
        try written.write()
        let record = written.record
        var random = SplitMix64(seed: seed)
        let months = written.timelines().months
        guard !months.isEmpty else { return }
        let questions = ReportQuestion.all(of: months)
        let before = try record.stored(questions)
        let then = try knownThen(record, months, random.number(0...1_000))
        let people = random.shuffled(written.people).prefix(2)
        for person in people {
            try record.store.change { transaction in
                let community = try #require(try transaction.community("test"))
                let origin = try transaction.origin(
                    community: community.id, agency: "City", actor: "c", source: "s", isImport: false)
                try transaction.erase(person, for: .request, from: origin)
            }
        }
        let after = try record.stored(questions)
        for (place, question) in questions.enumerated() where before[place] != after[place] {
            Issue.record("\(question)\nbefore: \(before[place])\nafter: \(after[place])")
        }
        #expect(try knownThen(record, months, nil, at: then.at).figures == then.figures)
        #expect(try record.problems() == [])
    }

    /// The figures of one month as they were known at an instant in the middle of the history.
    private func knownThen(
        _ record: ScratchStore, _ months: [Month], _ share: Int?, at: Instant? = nil
    ) throws -> (at: Instant, figures: [MonthFigures]) {
        try record.store.read { reader in
            let community = try reader.community("test")
            let last = try reader.lastRecorded()
            let instant = at ?? Instant(microseconds: last.microseconds - Int64(share ?? 0) * 1_000)
            let figures = try Population.standard.map { population in
                let report = try reader.month(
                    months[months.count / 2], of: community, population: population, unit: .households,
                    asOf: months[months.count / 2].lastDay, knownAt: instant, calendar: utcDate)
                return try #require(report).figures
            }
            return (instant, figures)
        }
    }
}
