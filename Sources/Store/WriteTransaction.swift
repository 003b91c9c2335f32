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
    private var today: [Int64: CivilDate] = [:]
    var stage = ChangeStage()

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
            stage.newPeople[person] = []
            return person
        }
    }

    /// Writes a fact into the journal.
    @discardableResult
    package func append(_ fact: NewFact, from origin: Origin) throws(StoreError) -> FactID {
        try translatingErrors { () throws(SQLiteError) in
            let id = try journal.append(fact, from: origin, recorded: recorded)
            stage.note(fact, id, recorded: recorded)
            stage.note(fact, from: origin, recordedOn: try localDate(of: origin.community))
            return id
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

    /// Where somebody stands on the list at the end of a day, what this change has written counted in.
    func status(of person: PersonID, on day: CivilDate, in community: Int64) throws(StoreError) -> ListStatus {
        try translatingErrors { () throws(SQLiteError) in
            guard let policy = try memory.policy(of: community) else { return .unknown }
            var known = KnownLives(journal: journal, newPeople: stage.newPeople)
            let changes = timeline(of: person, among: try known.household(of: person), policy: policy).changes
            return changes.last { $0.on <= day }?.to ?? .unknown
        }
    }

    /// Brings every projection to what the facts now say.
    func settle() throws(SQLiteError) {
        let refold = Refold(connection: connection, journal: journal, newPeople: stage.newPeople)
        for community in Set(stage.touched.values.map(\.community)) {
            let people = stage.touched.filter { $0.value.community == community }.mapValues(\.bearsOnOthers)
            var difference = TallyDifference()
            try refold.run(people, in: try memory.projections(of: community), into: &difference)
            if difference.changesAnything { stage.changedCommunities.insert(community) }
            stage.difference.merge(difference)
        }
    }

    private func localDate(of community: Int64) throws(SQLiteError) -> CivilDate {
        if let today = today[community] { return today }
        let date = calendar(try memory.zone(of: community), recorded)
        today[community] = date
        return date
    }
}

/// The date that an instant has in a zone; the clock and the zones belong to the caller.
package typealias Calendar = @Sendable (_ zone: String, _ instant: Instant) -> CivilDate

/// What a change has touched and not yet written; thrown away if the change fails.
struct ChangeStage {
    /// The people whose facts were added to, and whether that bears on others: their household, age or death.
    var touched: [PersonID: Touch] = [:]
    var difference = TallyDifference()
    var lateFacts: [LateKey: Int] = [:]
    var changedCommunities: Set<Int64> = []
    var changesTokens = false
    /// The facts of people whose record began in this change, so that they need not be read back.
    var newPeople: [PersonID: [Fact]] = [:]

    struct Touch {
        let community: Int64
        let bearsOnOthers: Bool
    }

    struct LateKey: Hashable {
        let community: Int64
        let month: Int32
        let isImport: Bool
    }

    mutating func note(_ fact: NewFact, _ id: FactID, recorded: Instant) {
        guard newPeople[fact.person] != nil else { return }
        newPeople[fact.person]?.append(
            Fact(id: id, person: fact.person, recorded: recorded, replaces: fact.replaces, content: fact.content))
    }

    mutating func note(_ fact: NewFact, from origin: Origin, recordedOn today: CivilDate) {
        if bearsOnOthers(fact) || touched[fact.person] == nil {
            let bears = bearsOnOthers(fact) || touched[fact.person]?.bearsOnOthers == true
            touched[fact.person] = Touch(community: origin.community, bearsOnOthers: bears)
        }
        guard let day = fact.content.effectiveFrom, day.month < today.month else { return }
        let key = LateKey(community: origin.community, month: day.month.monthNumber, isImport: origin.isImport)
        lateFacts[key, default: 0] += 1
        changedCommunities.insert(origin.community)
    }

    mutating func merge(_ other: ChangeStage) {
        difference.merge(other.difference)
        lateFacts.merge(other.lateFacts) { $0 + $1 }
        changedCommunities.formUnion(other.changedCommunities)
        changesTokens = changesTokens || other.changesTokens
    }

    /// A void or replacement may undo a fact of any kind.
    private func bearsOnOthers(_ fact: NewFact) -> Bool {
        if fact.replaces != nil { return true }
        switch fact.content {
        case .identity, .death, .household, .void: return true
        case .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .waiting, .consent, .answer,
            .determination, .sealed:
            return false
        }
    }
}
