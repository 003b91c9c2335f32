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
            for person in people {
                let statement = try connection.statement(
                    """
                    INSERT INTO access_log (community, actor, record, fields, purpose, recorded)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)
                try statement.bind(1, disclosure.community)
                try statement.bind(2, disclosure.actor)
                try statement.bind(3, person.number)
                try statement.bind(4, disclosure.fields)
                try statement.bind(5, disclosure.purpose)
                try statement.bind(6, recorded.microseconds)
                try statement.run()
            }
        }
    }
}
