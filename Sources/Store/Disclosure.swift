import ByNameList
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

    package init(actor: Int64, community: Int64, fields: String, purpose: String) {
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
        try change { transaction in try transaction.log(disclosure, of: withheld.people) }
        return withheld.content
    }

    /// Likewise, without a thread that waits.
    package func handOut<Content: Sendable>(
        _ withheld: Withheld<Content>, to disclosure: Disclosure
    ) async throws -> Content {
        guard !withheld.people.isEmpty else { return withheld.content }
        try await write { transaction in try transaction.log(disclosure, of: withheld.people) }
        return withheld.content
    }
}

extension WriteTransaction {
    /// Writes down who is about to be shown.
    func log(_ disclosure: Disclosure, of people: [PersonID]) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            var rest = people[...]
            while !rest.isEmpty {
                // What is shown to one reader is alike but for the people: it is bound once.
                let together = rest.prefix(rest.count >= 16 ? 16 : 1)
                let statement = try connection.statement(
                    "INSERT INTO access_log (community, actor, fields, purpose, recorded, record) VALUES",
                    row: "(?1, ?2, ?3, ?4, ?5, ?)", times: together.count)
                try statement.bind(1, disclosure.community)
                try statement.bind(2, disclosure.actor)
                try statement.bind(3, disclosure.fields)
                try statement.bind(4, disclosure.purpose)
                try statement.bind(5, recorded.microseconds)
                for (place, person) in together.enumerated() { try statement.bind(6 + place, person.number) }
                try statement.run()
                rest = rest.dropFirst(together.count)
            }
        }
    }
}
