package import ByNameList
import CivilTime
import SQLite

/// Permission to show somebody: to whom, what, what for. The only way to a person's page or a list of people.
///
/// It is written into the access log before anything of the answer leaves.
package struct Disclosure: Hashable, Sendable {
    package let actor: Int64
    package let community: Int64
    /// Which group of fields is shown, as `page` or `list`.
    package let fields: String
    package let purpose: String
    /// The number of the request, as the request log has it; 0 of a command.
    package let request: UInt64

    package init(actor: Int64, community: Int64, fields: String, purpose: String, request: UInt64 = 0) {
        self.request = request
        self.actor = actor
        self.community = community
        self.fields = fields
        self.purpose = purpose
    }
}

/// People's data that has been read and is not handed out before its disclosure is on disk.
package struct Withheld<Content: Sendable>: Sendable {
    fileprivate let content: Content
    fileprivate let people: [PersonID]

    /// - Parameter people: everybody whom the content names or describes.
    init(_ content: Content, about people: [PersonID]) {
        self.content = content
        self.people = people
    }

    /// The same people's data in another form, withheld as before: on a reader's thread, where others do not wait.
    package func rendered<Form: Sendable>(_ render: (Content) throws -> Form) rethrows -> Withheld<Form> {
        Withheld<Form>(try render(content), about: people)
    }
}

extension Withheld where Content == String? {
    /// Makes of it what somebody else hears of, without handing it out.
    package func read<Reading>(_ reading: (Content) throws -> Reading) rethrows -> Reading { try reading(content) }
}

extension Withheld where Content == [UInt8] {
    /// Holds the bytes against what a caller has already, without handing them out.
    package func held(against test: (Content) throws -> Void) rethrows { try test(content) }
}

extension Store {
    /// Hands out what was read about people, once the access log says so on disk.
    package func release<Content: Sendable>(
        _ withheld: Withheld<Content>, to disclosure: Disclosure
    ) throws -> Content {
        guard !withheld.people.isEmpty else { return withheld.content }
        try change(usesReserve: true) { transaction in try transaction.log(disclosure, of: withheld.people) }
        return withheld.content
    }

    /// Likewise, without a thread that waits.
    package func handOut<Content: Sendable>(
        _ withheld: Withheld<Content>, to disclosure: Disclosure
    ) async throws -> Content {
        guard !withheld.people.isEmpty else { return withheld.content }
        try await write(usesReserve: true) { transaction in try transaction.log(disclosure, of: withheld.people) }
        return withheld.content
    }
}

extension WriteTransaction {
    /// Writes down that somebody was asked for and not shown: 0 stands for a person who is not there.
    package func logRefusal(_ disclosure: Disclosure, of asked: Asked?) throws(StoreError) {
        let person = try translatingErrors { () throws(SQLiteError) in
            let statement: Statement
            switch asked {
            case .person(let person):
                statement = try connection.statement("SELECT id FROM record WHERE id = ? AND community = ?")
                try statement.bind(1, person.number)
            case .fact(let fact):
                statement = try connection.statement("SELECT record FROM fact WHERE seq = ? AND community = ?")
                try statement.bind(1, fact.number)
            case nil: return PersonID(0)
            }
            try statement.bind(2, disclosure.community)
            return PersonID(try statement.first { row throws(SQLiteError) in row.int64(0) } ?? 0)
        }
        try log(disclosure, of: [person])
    }

    /// By what somebody was asked for.
    package enum Asked: Hashable, Sendable {
        case person(PersonID)
        case fact(FactID)
    }

    /// Writes down who is about to be shown: all records of each, so that it is known whatever becomes of a merge.
    func log(_ disclosure: Disclosure, of people: [PersonID]) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            var records: [Int64] = []
            var named: Set<Int64> = []
            for person in people {
                for record in try journal.records(of: person) where named.insert(record).inserted {
                    records.append(record)
                }
            }
            var rest = records[...]
            while !rest.isEmpty {
                // What is shown to one reader is alike but for the people: it is bound once.
                let together = rest.prefix(rest.count >= 16 ? 16 : 1)
                let statement = try connection.statement(
                    "INSERT INTO access_log (community, actor, fields, purpose, recorded, request, record) VALUES",
                    row: "(?1, ?2, ?3, ?4, ?5, ?6, ?)", times: together.count)
                try statement.bind(1, disclosure.community)
                try statement.bind(2, disclosure.actor)
                try statement.bind(3, disclosure.fields)
                try statement.bind(4, disclosure.purpose)
                try statement.bind(5, recorded.microseconds)
                try statement.bind(6, Int64(bitPattern: disclosure.request))
                for (place, record) in together.enumerated() { try statement.bind(7 + place, record) }
                try statement.run()
                stage.accesses += together.count
                rest = rest.dropFirst(together.count)
            }
        }
    }
}
