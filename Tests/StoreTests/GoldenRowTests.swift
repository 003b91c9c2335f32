import ByNameList
import CivilTime
import Foundation
import SQLite
import Store
import Testing

/// A line of the journal as it was once written, and what it says; kept for ever.
struct GoldenRow: Sendable, CustomTestStringConvertible {
    let kind: Int
    let version: Int
    /// effective_from, effective_to, confirmed_to, code, subject, flags, target.
    let columns: String
    let content: FactContent
    /// birth and birth_quality of an identity.
    var identity: String?
    /// Whether the program still writes it so.
    var isWritten = true

    var testDescription: String { "kind \(kind), version \(version): \(columns)" }

    private static func on(_ dayNumber: Int32) -> CivilDate { CivilDate(dayNumber: dayNumber) }

    static let all: [GoldenRow] = identities + stays + others + answers

    private static let identities = [
        GoldenRow(
            kind: 1, version: 1, columns: "NULL NULL NULL 0 NULL 1 NULL",
            content: .identity(named: true, birth: BirthDate(on(5_000))), identity: "5000, 1"),
        GoldenRow(
            kind: 1, version: 1, columns: "NULL NULL NULL 0 NULL 0 NULL",
            content: .identity(named: false, birth: BirthDate(on(-3_000), quality: .yearOnly)), identity: "-3000, 2"),
        GoldenRow(
            kind: 1, version: 1, columns: "NULL NULL NULL 0 NULL 1 NULL",
            content: .identity(named: true, birth: BirthDate(on(1), quality: .approximate)), identity: "1, 3"),
        GoldenRow(
            kind: 1, version: 1, columns: "NULL NULL NULL 0 NULL 0 NULL", content: .identity(named: false, birth: nil),
            identity: "NULL, NULL"),
    ]

    private static let stays = [
        GoldenRow(
            kind: 3, version: 1, columns: "19000 19010 NULL 2 NULL 0 NULL",
            content: .stay(Stay(.emergencyShelter, from: on(19_000), to: on(19_010)))),
        GoldenRow(
            kind: 3, version: 1, columns: "19000 NULL 19007 8 NULL 0 NULL",
            content: .stay(Stay(.institution, from: on(19_000), confirmedTo: on(19_007)))),
        GoldenRow(
            kind: 3, version: 1, columns: "19000 NULL NULL 6 NULL 5 NULL",
            content: .stay(Stay(.doubledUp, from: on(19_000), knowledge: .reported, isDestination: true))),
        GoldenRow(
            kind: 3, version: 1, columns: "19000 19000 NULL 11 NULL 2 NULL",
            content: .stay(Stay(.unknown, from: on(19_000), to: on(19_000), knowledge: .selfReported))),
        GoldenRow(
            kind: 4, version: 1, columns: "19000 NULL NULL 1 NULL 1 NULL",
            content: .contact(Contact(on: on(19_000), seenHomeless: true, kind: .outreach))),
        GoldenRow(
            kind: 4, version: 1, columns: "19000 NULL NULL 12 NULL 1029 NULL",
            content: .contact(
                Contact(
                    on: on(19_000), seenHomeless: true, kind: .programmeExit, place: .transitional,
                    isDestination: true))),
        GoldenRow(
            kind: 4, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL",
            content: .contact(Contact(on: on(19_000), seenHomeless: false))),
        GoldenRow(
            kind: 7, version: 1, columns: "19000 NULL NULL 1 NULL 0 NULL",
            content: .moveIn(MoveIn(on: on(19_000), housing: .permanentHousing, to: nil, how: .programme))),
        GoldenRow(
            kind: 7, version: 1, columns: "19000 19300 NULL 2 NULL 1 NULL",
            content: .moveIn(MoveIn(on: on(19_000), housing: .rapidRehousing, to: on(19_300), how: .destination))),
        GoldenRow(
            kind: 7, version: 1, columns: "19000 NULL NULL 1 NULL 2 NULL",
            content: .moveIn(MoveIn(on: on(19_000), housing: .permanentHousing, to: nil, how: .livingSituation))),
    ]

    private static let others = [
        GoldenRow(
            kind: 2, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL",
            content: .intake(on: on(19_000), saidOf: .theDay)),
        GoldenRow(
            kind: 2, version: 1, columns: "19000 NULL NULL 1 NULL 0 NULL",
            content: .intake(on: on(19_000), saidOf: .nightBefore)),
        GoldenRow(kind: 5, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL", content: .assessment(on: on(19_000))),
        GoldenRow(
            kind: 6, version: 1, columns: "19000 NULL NULL 0 NULL 1 NULL",
            content: .programmeExit(on: on(19_000), toUnknown: true)),
        GoldenRow(
            kind: 6, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL",
            content: .programmeExit(on: on(19_000), toUnknown: false)),
        GoldenRow(
            kind: 8, version: 1, columns: "19000 NULL NULL 2 NULL 0 NULL",
            content: .leave(on: on(19_000), reason: .movedAway)),
        GoldenRow(kind: 9, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL", content: .death(on: on(19_000))),
        GoldenRow(
            kind: 10, version: 1, columns: "19000 19050 NULL 0 NULL 0 NULL",
            content: .waiting(WaitingForHousing(from: on(19_000), to: on(19_050), confirmedTo: nil))),
        GoldenRow(
            kind: 10, version: 1, columns: "19000 NULL 19040 0 NULL 0 NULL",
            content: .waiting(WaitingForHousing(from: on(19_000), to: nil, confirmedTo: on(19_040)))),
        GoldenRow(
            kind: 11, version: 1, columns: "19000 19050 NULL 3 1 0 NULL",
            content: .household(
                HouseholdStatement(household: HouseholdID(1), role: .child, from: on(19_000), to: on(19_050)))),
        GoldenRow(
            kind: 11, version: 1, columns: "19000 NULL NULL 1 1 0 NULL",
            content: .household(
                HouseholdStatement(household: HouseholdID(1), role: .head, from: on(19_000), to: nil))),
        GoldenRow(kind: 15, version: 1, columns: "19000 NULL NULL 0 NULL 0 NULL", content: .sealed(on: on(19_000))),
        GoldenRow(kind: 16, version: 1, columns: "NULL NULL NULL 0 NULL 0 1", content: .void(FactID(1))),
        GoldenRow(
            kind: 17, version: 1, columns: "NULL NULL NULL 0 1 0 NULL", content: .samePerson(as: PersonID(1))),
    ]

    private static let answers = [
        GoldenRow(
            kind: 12, version: 1, columns: "19000 NULL NULL 3 NULL 2 NULL",
            content: .consent(on: on(19_000), purpose: .sharing, value: .withdrawn)),
        GoldenRow(
            kind: 12, version: 1, columns: "19000 NULL NULL 1 NULL 1 NULL",
            content: .consent(on: on(19_000), purpose: .list, value: .given)),
        GoldenRow(
            kind: 12, version: 1, columns: "19000 19365 NULL 1 NULL 2 NULL",
            content: .consent(on: on(19_000), purpose: .sharing, value: .given, until: on(19_365))),
        GoldenRow(
            kind: 13, version: 1, columns: "NULL NULL NULL 1 NULL 1 NULL", content: .answer(Answer(.veteran, .yes))),
        GoldenRow(
            kind: 13, version: 1, columns: "19000 NULL NULL 99 NULL 22 NULL",
            content: .answer(Answer(.priorLivingSituation, .declined, on: on(19_000)))),
        GoldenRow(
            kind: 14, version: 1, columns: "19000 NULL NULL 1 NULL 1 NULL",
            content: .determination(on: on(19_000), rule: .usHUD, chronic: true)),
        GoldenRow(
            kind: 14, version: 1, columns: "19000 NULL NULL 3 NULL 0 NULL",
            content: .determination(on: on(19_000), rule: .on2018, chronic: false)),
    ]
}

@Suite struct `A line of the journal` {
    private static let columns = "effective_from, effective_to, confirmed_to, code, subject, flags, target"
    private let trial: TrialStore
    private let person: PersonID

    /// Somebody with one fact, the line that a void names, and a household.
    init() throws {
        trial = try TrialStore()
        let origin = trial.origin
        person = try trial.store.change { transaction in
            let person = try transaction.newPerson(in: origin.community)
            _ = try transaction.newHousehold(from: origin)
            try transaction.append(NewFact(.assessment(on: day("2020-01-01")), about: person), from: origin)
            return person
        }
    }

    @Test(arguments: GoldenRow.all) func `is read for ever as it was meant`(row: GoldenRow) throws {
        let values = row.columns.split(separator: " ").joined(separator: ", ")
        trial.close()
        do {
            let connection = try Connection(
                path: trial.folder.databasePath, mode: .readWriteCreate, applicationID: 0x424E_4C31)
            try connection.execute(
                """
                INSERT INTO fact (seq, community, record, kind, version, actor, source, recorded, \(Self.columns))
                VALUES (2, 1, 1, \(row.kind), \(row.version), 1, 1, 1711972800000009, \(values))
                """)
            if let identity = row.identity {
                try connection.execute(
                    "INSERT INTO identity (fact, record, birth, birth_quality) VALUES (2, 1, \(identity))")
            }
        }
        try trial.reopen()
        let person = person
        let facts = try trial.store.read { reader in try reader.facts(of: person) }.sorted { $0.id < $1.id }
        #expect(facts.count == 2)
        let recorded = Instant(microseconds: 1_711_972_800_000_009)
        #expect(facts.last == Fact(id: FactID(2), person: person, recorded: recorded, content: row.content))
    }

    @Test(arguments: GoldenRow.all.filter(\.isWritten)) func `is still written so`(row: GoldenRow) throws {
        let origin = trial.origin
        let person = person
        _ = try trial.store.change { transaction in
            try transaction.append(NewFact(row.content, about: person), from: origin)
        }
        let connection = try Connection(
            path: trial.folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
        let statement = try connection.prepare("SELECT kind, version, \(Self.columns) FROM fact WHERE seq = 2")
        let written = try statement.first { line in
            (0..<statement.columnCount).map { line.optionalString($0) ?? "NULL" }.joined(separator: " ")
        }
        #expect(written == "\(row.kind) \(row.version) \(row.columns)")
        guard let identity = row.identity else { return }
        let birth = try connection.prepare("SELECT birth, birth_quality FROM identity WHERE fact = 2").first { line in
            "\(line.optionalString(0) ?? "NULL"), \(line.optionalString(1) ?? "NULL")"
        }
        #expect(birth == identity)
    }

    @Test func `has a golden row of every kind`() {
        #expect(Set(GoldenRow.all.map(\.kind)) == Set(1...17))
    }
}
