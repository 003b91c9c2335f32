package import ByNameList
package import CivilTime
import Crypto
import SQLite

/// Whose identity was erased, and up to when: what was said later stays.
package struct Erasure: Hashable, Sendable {
    /// By their record, of which somebody may have several.
    package let person: PersonID
    package let recorded: Instant
    package let reason: Reason

    /// Why. The raw value is what the record keeps, for ever.
    package enum Reason: UInt8, CaseIterable, Sendable {
        /// The person asked for it.
        case request = 1
        /// Nothing was heard of the person for as long as the policy keeps who somebody is.
        case retention = 2

        package var code: String {
            switch self {
            case .request: "request"
            case .retention: "retention"
            }
        }
    }

    package init(person: PersonID, recorded: Instant, reason: Reason) {
        self.person = person
        self.recorded = recorded
        self.reason = reason
    }
}

extension WriteTransaction {
    /// Erases who somebody is: names, descriptions, birth date, notes, numbers of other systems, and every key made of
    /// them. What the person counts in stays as it was.
    ///
    /// Each record of the person for itself: a backup may be of a time when they were two.
    package func erase(_ person: PersonID, for reason: Erasure.Reason, from origin: Origin) throws(StoreError) {
        let records = try translatingErrors { () throws(SQLiteError) in try journal.records(of: person) }
        for record in records {
            try apply(Erasure(person: PersonID(record), recorded: recorded, reason: reason), from: origin)
        }
    }

    /// Erases what was recorded up to then: anew, in a record that was restored from before it.
    package func apply(_ erasure: Erasure, from origin: Origin) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            let today = try localDate(of: origin.community)
            try IdentityEraser(connection: connection, erasure: erasure).run(today: today)
            let statement = try connection.statement(
                "INSERT INTO erasure (community, record, reason, actor, recorded) VALUES (?, ?, ?, ?, ?)")
            try statement.bind(1, origin.community)
            try statement.bind(2, erasure.person.number)
            try statement.bind(3, Int(erasure.reason.rawValue))
            try statement.bind(4, origin.actor)
            try statement.bind(5, erasure.recorded.microseconds)
            try statement.run()
            stage.note(erasure, in: origin.community)
        }
    }
}

/// Removes the rows that tell who somebody is.
private struct IdentityEraser {
    let connection: Connection
    let erasure: Erasure

    func run(today: CivilDate) throws(SQLiteError) {
        let journal = Journal(connection: connection)
        let record = erasure.person.number
        let facts = try journal.facts(on: record, about: erasure.person)
        let said = facts.filter { $0.recorded <= erasure.recorded }
        let births = try standIns(for: said, journal, today: today)
        for fact in said {
            if fact.content.isIdentity {
                let statement = try connection.statement(
                    """
                    UPDATE identity SET given_name = NULL, middle_name = NULL, family_name = NULL, name_suffix = NULL,
                        description = NULL, initials = NULL, birth = ?, birth_quality = ?
                    WHERE fact = ?
                    """)
                try statement.bind(1, births[fact.id].map { Int64($0.dayNumber) })
                try statement.bind(2, births[fact.id].map { _ in Int(BirthDateQuality.standIn.rawValue) })
                try statement.bind(3, fact.id.number)
                try statement.run()
            }
            try run("DELETE FROM note WHERE fact = ?", fact.id.number)
        }
        try hideNumbers(of: record)
        try run("DELETE FROM external_id WHERE record = ?", record)
        try run("DELETE FROM search_key WHERE record = ?", record)
        try run("DELETE FROM match_key WHERE record = ?", record)
        try run("DELETE FROM worklist WHERE record = ?1 OR other = ?1", record)
        try hideHouseholds(facts)
        // What was said of identity since the erasure is found by keys as before.
        try remakeKeys(of: record, facts.filter { $0.recorded > erasure.recorded })
    }

    private func run(_ sql: StaticString, _ number: Int64) throws(SQLiteError) {
        let statement = try connection.statement(sql)
        try statement.bind(1, number)
        try statement.run()
    }

    /// The records of the person and of everybody who ever shared a household with them, by whatever fact.
    private func records(_ journal: Journal) throws(SQLiteError) -> Set<PersonID> {
        var households: Set<HouseholdID> = []
        for fact in try journal.facts(of: erasure.person) {
            if case .household(let statement) = fact.content { households.insert(statement.household) }
        }
        var records = Set(try journal.records(of: erasure.person).map { PersonID($0) })
        for person in try journal.people(in: households) {
            records.formUnion(try journal.records(of: person).map { PersonID($0) })
        }
        return records
    }

    private func standIns(
        for facts: [Fact], _ journal: Journal, today: CivilDate
    ) throws(SQLiteError) -> [FactID: CivilDate] {
        let own = (try journal.person(of: erasure.person), erasure.person)
        var first = today
        var others: [(birth: CivilDate, comesFirst: Bool)] = []
        for record in try records(journal) {
            let person = try journal.person(of: record)
            let facts = try journal.facts(on: record.number, about: person)
            first = min(first, facts.compactMap { $0.content.effectiveFrom }.min() ?? first)
            guard record != erasure.person else { continue }
            // The records of one person among each other, too: they may be two again.
            let comesFirst = (person, record) < own
            others += facts.compactMap(\.content.birth).map { (birth: $0.date, comesFirst: comesFirst) }
        }
        // A day more: what is said today may be of tomorrow.
        let rule = StandInBirth(recorded: first...today.adding(days: 1), filters: try savedFilters())
        var found: [FactID: CivilDate] = [:]
        for fact in facts {
            if let birth = fact.content.birth { found[fact.id] = rule.date(for: birth.date, among: others) }
        }
        return found
    }

    /// Those of every policy that the community ever had: figures are asked for as they were known then.
    private func savedFilters() throws(SQLiteError) -> [SavedFilter] {
        let statement = try connection.statement(
            """
            SELECT document FROM policy JOIN record ON record.community = policy.community WHERE record.id = ?
            """)
        try statement.bind(1, erasure.person.number)
        var filters: [SavedFilter] = []
        try statement.forEach { row throws(SQLiteError) in
            filters += decodePolicy(row.string(0))?.savedFilters ?? []
        }
        return filters
    }

    private func hideNumbers(of record: Int64) throws(SQLiteError) {
        let find = try connection.statement("SELECT system, value, community FROM external_id WHERE record = ?")
        try find.bind(1, record)
        var hashes: [[UInt8]] = []
        let key = try ErasedWords(connection: connection)
        try find.forEach { row throws(SQLiteError) in
            hashes.append(key.hash("\(row.int64(2))", row.string(0), row.string(1)))
        }
        for hash in hashes {
            let statement = try connection.statement("INSERT OR IGNORE INTO erased_number (hash, record) VALUES (?, ?)")
            try statement.bind(1, hash)
            try statement.bind(2, record)
            try statement.run()
        }
    }

    /// What an agency calls a household may name the family; by a hash of it the household is found all the same.
    private func hideHouseholds(_ facts: [Fact]) throws(SQLiteError) {
        let words = try ErasedWords(connection: connection)
        for fact in facts {
            guard case .household(let statement) = fact.content else { continue }
            let find = try connection.statement("SELECT source_key FROM household WHERE id = ?")
            try find.bind(1, statement.household.number)
            guard let name = try find.first({ row throws(SQLiteError) in row.optionalString(0) }) ?? nil,
                !ErasedWords.isHash(name)
            else { continue }
            let update = try connection.statement("UPDATE household SET source_key = ? WHERE id = ?")
            try update.bind(1, words.text(name))
            try update.bind(2, statement.household.number)
            try update.run()
        }
    }

    private func remakeKeys(of record: Int64, _ facts: [Fact]) throws(SQLiteError) {
        guard facts.contains(where: \.content.isIdentity) else { return }
        let find = try connection.statement(
            """
            SELECT identity.fact, community, given_name, middle_name, family_name, name_suffix, description
            FROM identity JOIN fact ON seq = identity.fact WHERE identity.record = ? AND recorded > ?
            """)
        try find.bind(1, record)
        try find.bind(2, erasure.recorded.microseconds)
        var found: [(FactID, Int64, IdentityDetails)] = []
        try find.forEach { row throws(SQLiteError) in
            found.append(
                (
                    FactID(row.int64(0)), row.int64(1),
                    IdentityDetails(
                        givenName: row.optionalString(2), middleName: row.optionalString(3),
                        familyName: row.optionalString(4), nameSuffix: row.optionalString(5),
                        description: row.optionalString(6))
                ))
        }
        let keys = SearchKeys(connection: connection)
        for (fact, community, identity) in found { try keys.add(identity, of: fact, record: record, in: community) }
    }
}

/// Words that are gone and must be known again, as keyed hashes: the key lies in the record and never leaves it.
struct ErasedWords {
    private let key: SymmetricKey
    private static let mark = "erased:"

    init(connection: Connection) throws(SQLiteError) {
        var bytes: [UInt8] = []
        try connection.statement("SELECT value FROM setting WHERE name LIKE 'public_id_key_%' ORDER BY name").forEach {
            row throws(SQLiteError) in
            withUnsafeBytes(of: row.int64(0).littleEndian) { bytes += $0 }
        }
        key = SymmetricKey(data: bytes)
    }

    func hash(_ words: String...) -> [UInt8] {
        var hash = HMAC<SHA256>(key: key)
        for word in words {
            withUnsafeBytes(of: Int64(word.utf8.count).littleEndian) { hash.update(data: $0) }
            hash.update(data: Array(word.utf8))
        }
        return Array(hash.finalize())
    }

    /// What stands in the place of a word.
    func text(_ word: String) -> String { ErasedWords.mark + Hex.text(hash(word)) }

    static func isHash(_ text: String) -> Bool { text.hasPrefix(mark) }

    /// Whether any household of the source is known by such a word.
    static func hasHouseholds(of source: Int64, _ connection: Connection) throws(SQLiteError) -> Bool {
        // What begins with the mark, whose last character `;` follows.
        let statement = try connection.statement(
            """
            SELECT 1 FROM household WHERE source = ? AND source_key >= 'erased:' AND source_key < 'erased;' LIMIT 1
            """)
        try statement.bind(1, source)
        return try statement.first { row throws(SQLiteError) in row.int(0) } != nil
    }

    /// Whether that number of another system is an erased person's.
    func isErased(
        system: String, value: String, in community: Int64, _ connection: Connection
    ) throws(SQLiteError) -> Bool {
        let statement = try connection.statement("SELECT 1 FROM erased_number WHERE hash = ?")
        try statement.bind(1, hash("\(community)", system, value))
        return try statement.first { row throws(SQLiteError) in row.int(0) } != nil
    }
}

extension FactContent {
    fileprivate var isIdentity: Bool {
        if case .identity = self { true } else { false }
    }

    fileprivate var birth: BirthDate? {
        if case .identity(_, let birth) = self { birth } else { nil }
    }
}

extension Reader {
    /// Whose identity was erased, in order.
    package func erasures(of community: Int64? = nil) throws(StoreError) -> [Erasure] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "SELECT record, recorded, reason FROM erasure WHERE ?1 IS NULL OR community = ?1 ORDER BY id")
            try statement.bind(1, community)
            var found: [Erasure] = []
            try statement.forEach { row throws(SQLiteError) in
                guard let reason = Erasure.Reason(rawValue: UInt8(truncatingIfNeeded: row.int(2))) else { return }
                found.append(
                    Erasure(
                        person: PersonID(row.int64(0)), recorded: Instant(microseconds: row.int64(1)), reason: reason))
            }
            return found
        }
    }
}
