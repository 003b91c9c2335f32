package import ByNameList
package import CivilTime
import SQLite

/// The record as the rules ask it, for one community and one writer, inside one change.
package final class CommunityLedger: Ledger {
    let transaction: WriteTransaction
    let origin: Origin

    package init(_ transaction: WriteTransaction, origin: Origin) {
        self.transaction = transaction
        self.origin = origin
    }

    package func today() throws -> CivilDate { try transaction.today(in: origin.community) }

    /// The person's page as this change finds it.
    package func page(of person: PersonID) throws -> Withheld<PersonPage> {
        try Reader(connection: transaction.connection).page(of: person, in: origin.community)
    }

    package func newPerson() throws -> PersonID { try transaction.newPerson(in: origin.community) }

    package func reach(of person: PersonID) throws -> Reach? {
        if transaction.stage.factsOfNew(person) != nil { return nil }
        return try ReachTable(connection: transaction.connection).reach(
            of: person, in: origin.community, on: try today())
    }

    package func facts(of person: PersonID) throws -> [Fact] { try transaction.facts(of: person) }

    package func writer(of fact: FactID) throws -> FactWriter? {
        let statement = try transaction.connection.statement(
            """
            SELECT fact.record, actor.agency FROM fact JOIN actor ON actor.id = fact.actor
            WHERE fact.seq = ? AND fact.community = ?
            """)
        try statement.bind(1, fact.number)
        try statement.bind(2, origin.community)
        let found = try statement.first { row throws(SQLiteError) in (PersonID(row.int64(0)), row.string(1)) }
        guard let (record, agency) = found else { return nil }
        let kinds = try kinds(corrected: fact)
        return FactWriter(
            record: record, person: try person(of: record), agency: agency, bearsOnSeal: kinds.contains(.sealed),
            bearsOnMerge: kinds.contains(.samePerson))
    }

    /// What the fact is, and what it leads to through what it voids or replaces.
    private func kinds(corrected fact: FactID) throws -> Set<FactKind> {
        var kinds: Set<FactKind> = []
        var next: Int64? = fact.number
        while let number = next {
            let statement = try transaction.connection.statement("SELECT kind, target FROM fact WHERE seq = ?")
            try statement.bind(1, number)
            let found = try statement.first { row throws(SQLiteError) in (row.int(0), row.optionalInt64(1)) }
            if let kind = found.flatMap({ FactKind(rawValue: $0.0) }) { kinds.insert(kind) }
            next = found?.1
        }
        return kinds
    }

    package func person(of record: PersonID) throws -> PersonID { try transaction.journal.person(of: record) }

    package func records(of record: PersonID) throws -> [PersonID] {
        try transaction.journal.records(of: record).map { PersonID($0) }
    }

    package func merge(_ fact: FactID) throws -> Merge? {
        let statement = try transaction.connection.statement(
            "SELECT record, subject FROM fact WHERE seq = ? AND community = ? AND kind = 17")
        try statement.bind(1, fact.number)
        try statement.bind(2, origin.community)
        let found = try statement.first { row throws(SQLiteError) in (PersonID(row.int64(0)), PersonID(row.int64(1))) }
        guard let (record, other) = found else { return nil }
        let known = standing(try transaction.journal.facts(on: record.number, about: record))
        return Merge(fact: fact, record: record, other: other, stands: known.contains { $0.id == fact })
    }

    package func records(with id: ExternalID) throws -> [PersonID] {
        let statement = try transaction.connection.statement(
            "SELECT record FROM external_id WHERE community = ? AND system = ? AND value = ? ORDER BY record")
        try statement.bind(1, origin.community)
        try statement.bind(2, id.system)
        try statement.bind(3, id.value)
        var people: [PersonID] = []
        try statement.forEach { row throws(SQLiteError) in people.append(PersonID(row.int64(0))) }
        return people
    }

    package func add(_ id: ExternalID, to person: PersonID) throws {
        let statement = try transaction.connection.statement(
            "INSERT OR IGNORE INTO external_id (community, system, value, record, recorded) VALUES (?, ?, ?, ?, ?)")
        try statement.bind(1, origin.community)
        try statement.bind(2, id.system)
        try statement.bind(3, id.value)
        try statement.bind(4, person.number)
        try statement.bind(5, transaction.recorded.microseconds)
        try statement.run()
    }

    package func household(called reference: String) throws -> HouseholdID {
        let connection = transaction.connection
        let table = HouseholdTable(connection: connection)
        if let known = try table.household(called: reference, in: origin.source) { return known }
        let add = try connection.statement("INSERT INTO household (community, source, source_key) VALUES (?, ?, ?)")
        try add.bind(1, origin.community)
        try add.bind(2, origin.source)
        try add.bind(3, reference)
        try add.run()
        let household = HouseholdID(connection.lastInsertRowID)
        transaction.stage.begin(household)
        return household
    }

    package func members(of household: HouseholdID) throws -> [PersonID] {
        try transaction.journal.people(in: [household]).sorted()
    }

    package func append(_ facts: [NewFact], notes: [Int: String]) throws -> [FactID] {
        let ids = try transaction.append(facts, from: origin)
        for (index, text) in notes {
            let statement = try transaction.connection.statement(
                "INSERT INTO note (fact, record, text) VALUES (?, ?, ?)")
            try statement.bind(1, ids[index].number)
            try statement.bind(2, facts[index].person.number)
            try statement.bind(3, text)
            try statement.run()
        }
        return ids
    }

    /// Erases who the person is.
    package func erase(_ person: PersonID, for reason: Erasure.Reason) throws {
        try transaction.erase(person, for: reason, from: origin)
    }

    /// Writes down who is shown by the answer to this change.
    package func log(_ disclosure: Disclosure, of people: [PersonID]) throws {
        try transaction.log(disclosure, of: people)
    }

    package func leave(_ item: WorklistItem) throws {
        try WorklistTable(connection: transaction.connection).leave(
            item, isNew: transaction.stage.factsOfNew(item.person) != nil, in: origin.community,
            recorded: transaction.recorded)
    }

    /// Whether a coordinator has said of any records of the two that they are different people's.
    package func areDifferent(_ person: PersonID, _ other: PersonID) throws -> Bool {
        try WorklistTable(connection: transaction.connection).areDifferent(person, other)
    }

    package func status(of person: PersonID, on day: CivilDate) throws -> ListStatus {
        try transaction.status(of: person, on: day, in: origin.community)
    }
}
