import ByNameList
import CivilTime
import HMIS
import JSON
import SQLite

/// Who imports what: the same for all persons of an export.
struct ImportTask: Sendable {
    let community: Int64
    let agency: String
    let actor: String
    /// Whose PersonalIDs and rows these are.
    let source: String
    let exportID: String
}

/// A few persons of an export, put into the record by one change.
struct ImportBatch: Sendable {
    /// What a batch came to.
    struct Outcome: Sendable {
        var counts = ImportCounts()
        var refused: [RefusedFact] = []
        /// The persons that are in the record now; those behind them were left for want of time.
        var personsDone = 0
        /// When the writer came to the batch.
        var begin: Int64 = 0
    }

    let task: ImportTask
    let persons: [ImportedPerson]
    let clock: Clock
    /// The batch takes no further person once this much time has gone.
    let microsecondsMax: Int64

    func apply(in transaction: WriteTransaction) throws(StoreError) -> Outcome {
        let begin = clock().microseconds
        let origin = try transaction.origin(
            community: task.community, agency: task.agency, actor: task.actor, source: task.source, isImport: true)
        var merging = PersonMerging(
            transaction: transaction, origin: origin, exportID: task.exportID,
            today: try transaction.today(in: task.community))
        merging.outcome.begin = begin
        for person in persons {
            try merging.merge(person)
            merging.outcome.personsDone += 1
            if clock().microseconds - begin >= microsecondsMax { break }
        }
        return merging.outcome
    }
}

/// Compares what an export says about a person with what the record holds from it, and writes the difference.
private struct PersonMerging {
    let transaction: WriteTransaction
    let origin: Origin
    let exportID: String
    let today: CivilDate
    var outcome = ImportBatch.Outcome()
    private let tables: ImportTables

    init(transaction: WriteTransaction, origin: Origin, exportID: String, today: CivilDate) {
        self.transaction = transaction
        self.origin = origin
        self.exportID = exportID
        self.today = today
        tables = ImportTables(
            connection: transaction.connection, origin: origin, recorded: transaction.recorded)
    }

    mutating func merge(_ imported: ImportedPerson) throws(StoreError) {
        guard let (person, held, isNew) = try findOrCreate(imported) else { return }
        outcome.counts.persons += 1
        let name = IdentityDetails(imported.name)
        var said: Set<String> = []
        for fact in imported.facts {
            said.insert(fact.key)
            if let refusal = fact.content.refusal(today: today) {
                outcome.counts.refused += 1
                outcome.refused.append(RefusedFact(key: fact.key, refusal: refusal))
                continue
            }
            try merge(fact, held, person, name)
        }
        for (key, entry) in held.entries.sorted(by: { $0.value.latest < $1.value.latest }) where !said.contains(key) {
            try withdraw(entry, held, person)
        }
        for key in imported.matchKeys {
            try translatingErrors { () throws(SQLiteError) in try tables.addMatchKey(key, of: person) }
        }
        if isNew { try suggest(person, name, imported.birth) }
    }

    /// Leaves for a coordinator who may be the same person as somebody new: by the very name and birth date, for of an
    /// export of thousands nobody looks at more.
    private func suggest(_ person: PersonID, _ name: IdentityDetails, _ birth: BirthDate?) throws(StoreError) {
        guard name.isNamed, let birth, birth.quality == .full else { return }
        try translatingErrors { () throws(SQLiteError) in
            let connection = transaction.connection
            let question = DuplicateQuestion(
                connection: connection, community: origin.community, identity: name, birth: birth)
            for record in try question.recordsOfSameName() where record != person.number {
                let other = try transaction.journal.person(of: PersonID(record))
                let who = try Reader(connection: connection).standingIdentity(of: other)
                let reasons = try question.reasons(other, who, hasSameNumber: false)
                guard reasons == [.sameName, .birthDate] else { continue }
                try WorklistTable(connection: connection).leave(
                    WorklistItem(person: person, other: other, reason: .sameIdentity), isNew: true,
                    in: origin.community, recorded: transaction.recorded)
            }
        }
    }

    /// The person's record; `nil` for somebody who was never heard of and of whom nothing is said.
    private mutating func findOrCreate(_ imported: ImportedPerson) throws(StoreError) -> (
        PersonID, KeyedFacts, isNew: Bool
    )? {
        let known = try translatingErrors { () throws(SQLiteError) in
            try tables.person(system: imported.source, value: imported.personalID)
        }
        if let known {
            let held = try translatingErrors { () throws(SQLiteError) in
                try KeyedFacts(of: known, source: origin.source, journal: transaction.journal)
            }
            return (known, held, false)
        }
        guard !imported.facts.isEmpty else { return nil }
        let isErased = try translatingErrors { () throws(SQLiteError) in
            try tables.isErased(system: imported.source, value: imported.personalID)
        }
        guard !isErased else {
            outcome.counts.erased += 1
            return nil
        }
        let person = try transaction.newPerson(in: origin.community)
        outcome.counts.personsNew += 1
        try translatingErrors { () throws(SQLiteError) in
            try tables.addExternalID(system: imported.source, value: imported.personalID, of: person)
        }
        return (person, KeyedFacts(), true)
    }

    private mutating func merge(
        _ fact: KeyedFact, _ held: KeyedFacts, _ person: PersonID, _ name: IdentityDetails
    ) throws(StoreError) {
        let content = try content(of: fact.content)
        guard let entry = held.entries[fact.key] else {
            outcome.counts.added += 1
            return try append(
                fact, content, version: try nextVersion(of: fact.key, for: person), replacing: nil, person, name)
        }
        switch held.standing(of: entry) {
        case .corrected: outcome.counts.corrected += 1
        case .gone:
            outcome.counts.added += 1
            let version = try nextVersion(of: fact.key, for: person)
            try append(fact, content, version: version, replacing: entry.latest, person, name)
        case .stands:
            guard try !isSame(content, as: entry, name) else {
                outcome.counts.unchanged += 1
                return
            }
            outcome.counts.replaced += 1
            try append(fact, content, version: entry.version + 1, replacing: entry.latest, person, name)
        }
    }

    /// The version that a row of the source has next; at the person who had it before it is taken back.
    ///
    /// Clients are merged in the source, too: then a row comes to stand under another PersonalID.
    private mutating func nextVersion(of key: String, for person: PersonID) throws(StoreError) -> Int {
        let newest = try translatingErrors { () throws(SQLiteError) in try tables.newest(of: key) }
        guard let newest else { return 1 }
        if newest.person != person {
            let former = try translatingErrors { () throws(SQLiteError) in
                try KeyedFacts(of: newest.person, source: origin.source, journal: transaction.journal)
            }
            if let entry = former.entries[key] { try withdraw(entry, former, newest.person) }
        }
        return newest.version + 1
    }

    /// The source does not say it any more.
    private mutating func withdraw(
        _ entry: KeyedFacts.Entry, _ held: KeyedFacts, _ person: PersonID
    ) throws(StoreError) {
        switch held.standing(of: entry) {
        case .gone: return
        case .corrected: outcome.counts.corrected += 1
        case .stands:
            outcome.counts.voided += 1
            for fact in held.notVoided(of: entry) {
                try transaction.append(NewFact(.void(fact), about: person), from: origin)
            }
        }
    }

    /// A name may change while all that the journal holds of an identity stays the same.
    private func isSame(
        _ content: FactContent, as entry: KeyedFacts.Entry, _ name: IdentityDetails
    ) throws(StoreError) -> Bool {
        guard content == entry.content else { return false }
        guard case .identity = content else { return true }
        return try translatingErrors { () throws(SQLiteError) in try tables.identity(of: entry.latest) == name }
    }

    private func append(
        _ fact: KeyedFact, _ content: FactContent, version: Int, replacing former: FactID?, _ person: PersonID,
        _ name: IdentityDetails
    ) throws(StoreError) {
        var identity: IdentityDetails?
        if case .identity = content { identity = name }
        try transaction.append(
            NewFact(
                content, about: person, replaces: former, source: SourceKey(fact.key, version: version),
                identity: identity, detail: detail(of: fact)),
            from: origin)
    }

    private func content(of imported: ImportedContent) throws(StoreError) -> FactContent {
        switch imported {
        case .fact(let content): return content
        case .household(let key, let role, let from, let to):
            let household = try translatingErrors { () throws(SQLiteError) in try tables.household(key) }
            return .household(HouseholdStatement(household: household, role: role, from: from, to: to))
        }
    }

    /// Export, file and row beside what the page shows, as JSON.
    private func detail(of fact: KeyedFact) -> String {
        var writer = JSONWriter(bytesExpected: 256)
        writer.object { writer in
            writer.field("export", exportID)
            let key = fact.key.utf8
            // The id between the first slash and the last may hold one itself.
            if let first = key.firstIndex(of: UInt8(ascii: "/")), let last = key.lastIndex(of: UInt8(ascii: "/")),
                first < last
            {
                writer.field("file", String(fact.key[..<first]))
                writer.field("row", String(fact.key[key.index(after: first)..<last]))
            }
            for shown in fact.detail { writer.field(shown.name, shown.text) }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension IdentityDetails {
    /// An empty part of a name is none.
    init(_ name: NameParts?) {
        func part(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        self.init(
            givenName: part(name?.first), middleName: part(name?.middle), familyName: part(name?.last),
            nameSuffix: part(name?.suffix))
    }
}
