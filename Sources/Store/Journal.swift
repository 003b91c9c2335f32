import ByNameList
import CivilTime
import SQLite

/// The lines of the journal, in and out.
struct Journal {
    let connection: Connection
    /// All merges of a community as of one instant, where everybody is asked about; else each is looked up.
    var merges: SamePerson?

    private static let columns = 17

    /// Of so many facts that are left to write, those that one statement takes: few sizes, so that few are prepared.
    static func rowsTogether(of count: Int) -> Int { count >= 16 ? 16 : count >= 4 ? 4 : min(count, 1) }

    func append(
        _ fact: NewFact, from origin: Origin, recorded: Instant
    ) throws(SQLiteError) -> FactID {
        try append(CollectionOfOne(fact), from: origin, recorded: recorded)
    }

    /// Writes facts in one statement, in order; their numbers follow each other, and the first is answered.
    func append<Facts: Collection<NewFact>>(
        _ facts: Facts, from origin: Origin, recorded: Instant
    ) throws(SQLiteError) -> FactID {
        let statement = try connection.statement(
            """
            INSERT INTO fact (community, record, kind, version, effective_from, effective_to, confirmed_to, code,
                subject, flags, actor, source, source_key, source_version, recorded, target, detail)
            VALUES
            """, row: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", times: facts.count)
        var place = 0
        for fact in facts {
            try bind(fact, from: origin, recorded: recorded, to: statement, after: place)
            place += Journal.columns
        }
        try statement.run()
        // The keys of rows that one statement adds follow each other: nobody else writes meanwhile.
        let first = connection.lastInsertRowID - Int64(facts.count) + 1
        for (offset, fact) in facts.enumerated() {
            guard case .identity(_, let birth) = fact.content else { continue }
            try appendIdentity(fact, FactID(first + Int64(offset)), birth: birth, in: origin.community)
        }
        return FactID(first)
    }

    private func bind(
        _ fact: NewFact, from origin: Origin, recorded: Instant, to statement: Statement, after place: Int
    ) throws(SQLiteError) {
        let row = FactRow(fact.content)
        try statement.bind(place + 1, origin.community)
        try statement.bind(place + 2, fact.person.number)
        try statement.bind(place + 3, row.kind.rawValue)
        try statement.bind(place + 4, FactRow.currentVersion)
        // What is not bound is NULL: the statement forgets its values when it is reset.
        if let from = row.from { try statement.bind(place + 5, Int64(from)) }
        if let to = row.to { try statement.bind(place + 6, Int64(to)) }
        if let confirmedTo = row.confirmedTo { try statement.bind(place + 7, Int64(confirmedTo)) }
        try statement.bind(place + 8, row.code)
        if let subject = row.subject { try statement.bind(place + 9, subject) }
        try statement.bind(place + 10, row.flags)
        try statement.bind(place + 11, origin.actor)
        try statement.bind(place + 12, origin.source)
        if let source = fact.source {
            try statement.bind(place + 13, source.key)
            try statement.bind(place + 14, source.version)
        }
        try statement.bind(place + 15, recorded.microseconds)
        if let target = row.target ?? fact.replaces?.number { try statement.bind(place + 16, target) }
        if let detail = fact.detail { try statement.bind(place + 17, detail) }
    }

    private func appendIdentity(
        _ fact: NewFact, _ id: FactID, birth: BirthDate?, in community: Int64
    ) throws(SQLiteError) {
        let statement = try connection.statement(
            """
            INSERT INTO identity (fact, record, given_name, middle_name, family_name, name_suffix, description, birth,
                birth_quality, initials)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try statement.bind(1, id.number)
        try statement.bind(2, fact.person.number)
        try statement.bind(3, fact.identity?.givenName)
        try statement.bind(4, fact.identity?.middleName)
        try statement.bind(5, fact.identity?.familyName)
        try statement.bind(6, fact.identity?.nameSuffix)
        try statement.bind(7, fact.identity?.description)
        try statement.bind(8, birth.map { Int64($0.date.dayNumber) })
        try statement.bind(9, birth.map { Int($0.quality.rawValue) })
        try statement.bind(10, fact.identity.flatMap { NameLetters($0)?.initials })
        try statement.run()
        guard let identity = fact.identity else { return }
        try SearchKeys(connection: connection).add(identity, of: id, record: fact.person.number, in: community)
    }

    /// All facts about the person whose record that is, in order of recording, voided ones and voids included.
    ///
    /// - Parameter instant: then those are left out that were recorded later, and merges are as they were.
    func facts(of record: PersonID, knownAt instant: Instant? = nil) throws(SQLiteError) -> [Fact] {
        let records = try records(of: record, knownAt: instant)
        var facts = try self.facts(on: records[0], about: PersonID(records[0]))
        for record in records.dropFirst() { facts += try self.facts(on: record, about: PersonID(records[0])) }
        if records.count > 1 { facts.sort { $0.id < $1.id } }
        if let instant { facts.removeAll { $0.recorded > instant } }
        return facts
    }

    /// What lies on one record, whosever it is.
    func facts(on record: Int64, about person: PersonID) throws(SQLiteError) -> [Fact] {
        let statement = try connection.statement(
            """
            SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
            FROM fact WHERE record = ?
            """)
        return try facts(statement, on: record, about: person)
    }

    /// What voids or replaces something, on one record.
    func corrections(on record: Int64, about person: PersonID) throws(SQLiteError) -> [Fact] {
        let statement = try connection.statement(
            """
            SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target
            FROM fact INDEXED BY correction_of_record WHERE record = ? AND target IS NOT NULL
            """)
        return try facts(statement, on: record, about: person)
    }

    /// The facts that a statement with one parameter finds on a record, its columns as above.
    func facts(_ statement: Statement, on record: Int64, about person: PersonID) throws(SQLiteError) -> [Fact] {
        var facts: [Fact] = []
        try statement.bind(1, record)
        try statement.forEach { row throws(SQLiteError) in
            if let fact = try decode(row, about: person) { facts.append(fact) }
        }
        return facts
    }

    /// The records of the person whose record that is, in order, as known then: everything asks here.
    func records(of record: PersonID, knownAt instant: Instant? = nil) throws(SQLiteError) -> [Int64] {
        if let merges { return merges.records(of: record).map(\.number) }
        return try MergeTable(connection: connection).records(of: record.number, knownAt: instant)
    }

    /// Whose record it is, as known then.
    func person(of record: PersonID, knownAt instant: Instant? = nil) throws(SQLiteError) -> PersonID {
        if let merges { return merges.person(of: record) }
        return PersonID(try records(of: record, knownAt: instant)[0])
    }

    /// The journal for a walk through everybody of a community: all merges are read now.
    func knowingMerges(of community: Int64, knownAt instant: Instant? = nil) throws(SQLiteError) -> Journal {
        let merges = try MergeTable(connection: connection).all(in: community, knownAt: instant)
        return Journal(connection: connection, merges: merges)
    }

    /// The fact of a line whose first ten columns are those that `facts(of:)` reads.
    ///
    /// - Parameter birthColumn: where the line has the birth date of an identity; `nil`: it has none.
    func decode(
        _ line: Statement, about person: PersonID, birthColumn: Int? = nil
    ) throws(SQLiteError) -> Fact? {
        guard let kind = FactKind(rawValue: line.int(1)) else { return nil }
        var row = FactRow(kind)
        row.from = line.optionalDay(2)
        row.to = line.optionalDay(3)
        row.confirmedTo = line.optionalDay(4)
        row.code = line.int(5)
        row.subject = line.optionalInt64(6)
        row.flags = line.int(7)
        row.target = line.optionalInt64(9)
        let id = FactID(line.int64(0))
        if kind == .identity {
            row.birth =
                if let birthColumn { line.birth(firstColumn: birthColumn) } else { try birth(of: id) }
        }
        guard let content = row.content else { return nil }
        let replaces = kind == .void ? nil : row.target.map { FactID($0) }
        return Fact(
            id: id, person: person, recorded: Instant(microseconds: line.int64(8)), replaces: replaces,
            content: content)
    }

    private func birth(of fact: FactID) throws(SQLiteError) -> BirthDate? {
        let statement = try connection.statement("SELECT birth, birth_quality FROM identity WHERE fact = ?")
        try statement.bind(1, fact.number)
        return try statement.first { row throws(SQLiteError) in row.birth(firstColumn: 0) } ?? nil
    }

    /// Everybody about whom a household statement names one of these households, by whatever fact, voided or not; as
    /// merges were known then.
    func people(
        in households: Set<HouseholdID>, knownAt instant: Instant? = nil
    ) throws(SQLiteError) -> Set<PersonID> {
        var people: Set<PersonID> = []
        for record in try records(in: households) { people.insert(try person(of: record, knownAt: instant)) }
        return people
    }

    /// The records on which a household statement names one of these households.
    func records(in households: Set<HouseholdID>) throws(SQLiteError) -> Set<PersonID> {
        var records: Set<PersonID> = []
        for household in households {
            let statement = try connection.statement("SELECT record FROM fact WHERE kind = 11 AND subject = ?")
            try statement.bind(1, household.number)
            try statement.forEach { row throws(SQLiteError) in records.insert(PersonID(row.int64(0))) }
        }
        return records
    }

    func lastRecorded() throws(SQLiteError) -> Instant {
        let statement = try connection.statement("SELECT recorded FROM fact ORDER BY seq DESC LIMIT 1")
        return Instant(
            microseconds: try statement.first { row throws(SQLiteError) in row.int64(0) } ?? 0)
    }
}

extension Statement {
    func optionalDay(_ column: Int) -> Int32? { isNull(column) ? nil : Int32(truncatingIfNeeded: int64(column)) }

    /// The birth date of two columns, day and quality.
    func birth(firstColumn: Int) -> BirthDate? {
        guard let day = optionalDay(firstColumn),
            let quality = BirthDateQuality(rawValue: UInt8(truncatingIfNeeded: int(firstColumn + 1)))
        else { return nil }
        return BirthDate(CivilDate(dayNumber: day), quality: quality)
    }
}
