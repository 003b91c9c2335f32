package import ByNameList
package import CivilTime
import SQLite

/// What one change may do to the record, on the writer's thread and inside its own savepoint.
///
/// Facts, projections, receipt and access log of one change stand or fall together.
package final class WriteTransaction {
    let connection: Connection
    let journal: Journal
    /// The instant of the whole group; strictly later than that of the group before.
    package let recorded: Instant
    let memory: CommunityMemory
    private let calendar: Calendar
    var stage = ChangeStage()
    private var isSettled = false
    private var folded: [FoldKey: Timeline] = [:]

    private struct FoldKey: Hashable {
        let person: PersonID
        let projection: Int64
    }

    init(connection: Connection, memory: CommunityMemory, recorded: Instant, calendar: @escaping Calendar) {
        self.connection = connection
        self.memory = memory
        journal = Journal(connection: connection)
        self.recorded = recorded
        self.calendar = calendar
    }

    /// A new record about somebody not known before.
    package func newPerson(in community: Int64) throws(StoreError) -> PersonID {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("INSERT INTO record (community) VALUES (?)")
            try statement.bind(1, community)
            try statement.run()
            let person = PersonID(connection.lastInsertRowID)
            stage.begin(person)
            return person
        }
    }

    /// Writes a fact into the journal.
    @discardableResult
    package func append(_ fact: NewFact, from origin: Origin) throws(StoreError) -> FactID {
        precondition(!isSettled, "a fact after the fold would be counted nowhere")
        return try translatingErrors { () throws(SQLiteError) in
            let id = try journal.append(fact, from: origin, recorded: recorded)
            stage.note(fact, id, from: origin, recorded: recorded, today: try localDate(of: origin.community))
            return id
        }
    }

    /// Writes facts into the journal, in order: what belongs together is written faster together than one by one.
    @discardableResult
    package func append(_ facts: [NewFact], from origin: Origin) throws(StoreError) -> [FactID] {
        precondition(!isSettled, "a fact after the fold would be counted nowhere")
        return try translatingErrors { () throws(SQLiteError) in
            let today = try localDate(of: origin.community)
            var ids: [FactID] = []
            ids.reserveCapacity(facts.count)
            while ids.count < facts.count {
                let together = facts[ids.count...].prefix(Journal.rowsTogether(of: facts.count - ids.count))
                let first = try journal.append(together, from: origin, recorded: recorded)
                for (offset, fact) in together.enumerated() {
                    let id = FactID(first.number + Int64(offset))
                    stage.note(fact, id, from: origin, recorded: recorded, today: today)
                    ids.append(id)
                }
            }
            return ids
        }
    }

    /// Today in the community, by the instant of the group.
    package func today(in community: Int64) throws(StoreError) -> CivilDate {
        try translatingErrors { () throws(SQLiteError) in try localDate(of: community) }
    }

    /// All facts about a person as they stand in this transaction, voided ones included.
    package func facts(of person: PersonID) throws(StoreError) -> [Fact] {
        try translatingErrors { () throws(SQLiteError) in try journal.facts(of: person) }
    }

    /// Where somebody of whom this change wrote facts stands on the list at the end of a day; no fact comes after it.
    func status(of person: PersonID, on day: CivilDate, in community: Int64) throws(StoreError) -> ListStatus {
        try translatingErrors { () throws(SQLiteError) in
            guard let current = try memory.currentProjection(of: community) else { return .unknown }
            try settle()
            let key = FoldKey(person: try journal.person(of: person), projection: current)
            return folded[key]?.changes.last { $0.on <= day }?.to ?? .unknown
        }
    }

    /// Brings every projection to what the facts now say.
    ///
    /// Once: what was asked for before the end has been folded already.
    func settle() throws(SQLiteError) {
        guard !isSettled else { return }
        isSettled = true
        var refold = Refold(connection: connection)
        refold.onFold = { self.folded[FoldKey(person: $0.person, projection: $1)] = $0 }
        var known = KnownLives(journal: journal, stage: stage)
        for community in stage.communities {
            let touched = try records(touchedIn: community)
            try refold.run(touched, of: community, in: try memory.projections(of: community), &known) {
                stage.refolded.append($0)
            }
        }
    }

    /// The records that facts were added to, and those that are one person with them by such a fact, or were.
    private func records(touchedIn community: Int64) throws(SQLiteError) -> [TouchedRecord] {
        var touched: [TouchedRecord] = []
        for record in stage.people where record.community == community {
            touched.append(TouchedRecord(record: record.person, bearsOnOthers: record.bearsOnOthers))
            guard record.bearsOnMerges else { continue }
            for other in try MergeTable(connection: connection).everMerged(with: record.person.number)
            where other != record.person.number {
                touched.append(TouchedRecord(record: PersonID(other), bearsOnOthers: true))
            }
        }
        return touched
    }

    func localDate(of community: Int64) throws(SQLiteError) -> CivilDate {
        try memory.today(in: community, at: recorded, by: calendar)
    }
}

/// The date that an instant has in a zone; the clock and the zones belong to the caller.
package typealias Calendar = @Sendable (_ zone: String, _ instant: Instant) -> CivilDate
