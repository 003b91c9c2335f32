import ByNameList
import CivilTime
import Foundation
import HMIS
import Store
import Testing

@Suite struct `An import` {
    private let record: ScratchStore

    init() throws {
        record = try ScratchStore()
    }

    @Test func `makes people, households and facts`() throws {
        let outcome = try record.importing(SmallExport().folder)
        #expect(outcome.counts.persons == 2 && outcome.counts.personsNew == 2)
        #expect(outcome.counts.added == outcome.report.facts)
        #expect(outcome.counts.replaced + outcome.counts.voided + outcome.counts.unchanged == 0)
        let rows = try record.rows()
        #expect(rows["record"] == 2 && rows["external_id"] == 2 && rows["household"] == 1)
        #expect(try record.texts("SELECT family_name FROM identity ORDER BY record") == ["Oak", "Oak"])
        #expect(
            try record.texts("SELECT detail FROM fact WHERE source_key = 'Enrollment/E1/stay'")
                == [#"{"export":"X1","file":"Enrollment","row":"E1","ProjectName":"Harbour"}"#])
    }

    @Test func `of the same export again changes nothing`() throws {
        try record.importing(SmallExport().folder)
        let before = try record.rows()
        let log = URL(fileURLWithPath: record.folder.databasePath + "-wal")
        let bytes = try Data(contentsOf: log)
        let outcome = try record.importing(SmallExport().folder)
        #expect(try record.rows() == before)
        #expect(outcome.counts.unchanged == outcome.report.facts)
        #expect(outcome.counts.added + outcome.counts.replaced + outcome.counts.voided == 0)
        // A start cuts the log once, as soon as no reader is in the way, which may be between the two looks.
        if try Data(contentsOf: log) != bytes {
            #expect(try Data(contentsOf: log).isEmpty)
            try record.importing(SmallExport().folder)
            #expect(try Data(contentsOf: log).isEmpty)
        }
    }

    @Test func `replaces the fact of a changed row, however often it changes`() throws {
        try record.importing(SmallExport().folder)
        for date in ["2024-01-11", "2024-01-12", "2024-01-13"] {
            var changed = SmallExport()
            changed.enrolments[0] = "E1,7,ES,\(date),H1,1,"
            let outcome = try record.importing(changed.folder)
            #expect(outcome.counts.replaced == 3 && outcome.counts.voided == 0 && outcome.counts.added == 0)
            let facts = try record.standingFacts("7")
            #expect(facts.compactMap { if case .stay(let stay) = $0 { stay.from } else { nil } } == [day(date)])
            #expect(try record.spells("7").map(\.from) == [day(date)])
        }
        #expect(
            try record.texts("SELECT source_version FROM fact WHERE source_key = 'Enrollment/E1/stay'")
                == ["1", "2", "3", "4"])
    }

    @Test func `voids the facts of a row that is gone or deleted, and restores them when it is back`() throws {
        let export = SmallExport(exits: ["Q1,E1,7,2024-02-01,410"])
        try record.importing(export.folder)
        var changed = export
        changed.exits = ["Q1,E1,7,2024-02-02,410"]
        try record.importing(changed.folder)
        let whole = try record.standingFacts("7")
        changed.exits = []
        let outcome = try record.importing(changed.folder)
        #expect(outcome.counts.voided > 0 && outcome.counts.added == 0)
        #expect(try record.spells("7").allSatisfy { $0.closed != .housingMoveIns })
        let bare = try record.rows()
        try record.importing(changed.folder)
        #expect(try record.rows() == bare)
        changed.exits = ["Q1,E1,7,2024-02-02,410"]
        #expect(try record.importing(changed.folder).counts.added > 0)
        #expect(Set(try record.standingFacts("7")) == Set(whole))
        let back = try record.rows()
        try record.importing(changed.folder)
        #expect(try record.rows() == back)
    }

    @Test func `voids the facts of an enrolment or a person deleted at the source`() throws {
        try record.importing(SmallExport().folder)
        var changed = SmallExport()
        changed.enrolments[0] += "2024-03-01"
        try record.importing(changed.folder)
        #expect(try record.spells("7").isEmpty && !record.spells("8").isEmpty)
        #expect(!(try record.standingFacts("7").isEmpty))
        changed.clients[0] += "2024-03-02"
        try record.importing(changed.folder)
        #expect(try record.standingFacts("7").isEmpty)
        let before = try record.rows()
        try record.importing(changed.folder)
        #expect(try record.rows() == before)
        try record.importing(SmallExport().folder)
        #expect(!(try record.spells("7").isEmpty))
    }

    @Test func `of somebody who was deleted before anybody here knew them makes nobody`() throws {
        var export = SmallExport()
        export.clients[0] += "2024-03-02"
        #expect(try record.importing(export.folder).counts.personsNew == 1)
        #expect(try record.rows()["record"] == 1)
    }

    @Test func `gives way to others after fifty milliseconds`() throws {
        let slow = try ScratchStore(tickMicroseconds: 30_000)
        let people = (1...20).map { "\($0),Ash,Oak,1980-05-01,1," }
        let enrolments = (1...20).map { "E\($0),\($0),ES,2024-01-10,H\($0),1," }
        let outcome = try slow.importing(SmallExport(clients: people, enrolments: enrolments).folder)
        #expect(outcome.counts.personsNew == 20)
        #expect(try slow.rows()["external_id"] == 20)
        #expect(try slow.texts("SELECT DISTINCT recorded FROM fact").count >= 10)
    }

    @Test func `replaces an identity of which only the name changed`() throws {
        try record.importing(SmallExport().folder)
        let outcome = try record.importing(SmallExport(clients: ["7,Ash,Birch,1980-05-01,1,"]).folder)
        #expect(outcome.counts.replaced == 1)
        #expect(try record.texts("SELECT family_name FROM identity WHERE record = 1") == ["Oak", "Birch"])
    }

    @Test func `leaves people alone who are not in the export`() throws {
        try record.importing(SmallExport().folder)
        let facts = try record.facts("8")
        let part = SmallExport(clients: ["7,Ash,Oak,1980-05-01,1,"], enrolments: ["E1,7,ES,2024-01-10,H1,1,"])
        #expect(try record.importing(part.folder).counts.persons == 1)
        #expect(try record.facts("8") == facts)
    }

    @Test func `leaves alone what somebody has corrected by hand`() throws {
        try record.importing(SmallExport().folder)
        let stay = try #require(try record.facts("7").first { if case .stay = $0.content { true } else { false } })
        let community = record.community
        try record.store.change { transaction in
            let origin = try transaction.origin(
                community: community, agency: "Agency", actor: "worker", source: "intake", isImport: false)
            try transaction.append(NewFact(.void(stay.id), about: stay.person), from: origin)
        }
        let before = try record.rows()
        #expect(try record.importing(SmallExport().folder).counts.corrected == 1)
        #expect(try record.rows() == before)
        var changed = SmallExport()
        changed.exits = ["Q1,E1,7,2024-02-01,"]
        try record.importing(changed.folder)
        #expect(try !record.standingFacts("7").contains { if case .stay = $0 { true } else { false } })
    }

    @Test func `of a hashed export gives people without names, and keys to match them by`() throws {
        let hashed = SmallExport(clients: ["7,aa11,bb22,1980-05-01,1,"], hashStatus: 4)
        try record.importing(hashed.folder)
        #expect(try record.standingFacts("7").contains(.identity(named: false, birth: BirthDate(day("1980-05-01")))))
        #expect(try record.texts("SELECT given_name FROM identity") == [""])
        #expect(try record.texts("SELECT key FROM match_key ORDER BY key") == ["1:aa11", "3:bb22"])
        let before = try record.rows()
        try record.importing(hashed.folder)
        #expect(try record.rows() == before)
    }

    @Test func `folds the members of a household anew`() throws {
        try record.importing(SmallExport(enrolments: ["E1,7,ES,2024-01-10,H1,1,"]).folder)
        #expect(try record.timeline("7").spells.first?.populations.contains(.families, .persons) == false)
        try record.importing(SmallExport().folder)
        #expect(try record.spells("7").first?.populations.contains(.families, .persons) == true)
        #expect(try record.spells("7") == record.timeline("7").spells)
        #expect(try record.spells("8") == record.timeline("8").spells)
    }

    @Test func `does not accept a date in the future, and says which row said it`() throws {
        let early = try ScratchStore(at: "2024-01-05T12:00:00Z")
        let outcome = try early.importing(SmallExport().folder)
        #expect(outcome.counts.refused > 0 && outcome.counts.refused == outcome.refused.count)
        #expect(outcome.refused.contains { $0.key == "Enrollment/E1/stay" })
        #expect(try early.rows()["household"] == 0)
    }

    @Test func `tried dry counts and writes nothing`() throws {
        let before = try record.rows()
        let outcome = try record.importing(SmallExport().folder, isDryRun: true)
        #expect(outcome.counts.persons == 2 && outcome.report.facts > 0)
        #expect(try record.rows() == before)
    }

    @Test func `leaves no file behind, and clears away that of a killed one`() throws {
        let leftover = record.folder.path + "/import.scratch-abcdef"
        #expect(FileManager.default.createFile(atPath: leftover, contents: Data()))
        try record.importing(SmallExport().folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: record.folder.path)
        #expect(!names.contains { $0.contains("scratch") })
    }
}
