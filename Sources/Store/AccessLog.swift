package import ByNameList
package import CivilTime
import SQLite

/// One row of the access log: who was shown whom, or asked and was not shown.
package struct AccessEntry: Hashable, Sendable {
    package let number: Int64
    package let recorded: Instant
    package let agency: String
    package let user: String
    /// `nil` where somebody asked for a person who is not there, or saw what belongs to no person yet.
    package let person: PersonID?
    /// Which group of fields; `refused` where nothing was shown.
    package let fields: String
    package let purpose: String
    package let request: UInt64
}

/// A page of the access log, and the row after which the next one goes on.
package struct AccessPage: Sendable {
    package let entries: [AccessEntry]
    package let next: Int64?
}

/// Which rows of the access log.
package struct AccessQuestion: Hashable, Sendable {
    package var person: PersonID?
    /// Recorded from the first instant on and before the second.
    package var from: Instant?
    package var to: Instant?
    /// The number of the last row of the page before.
    package var after: Int64 = 0

    package init(person: PersonID? = nil, from: Instant? = nil, to: Instant? = nil, after: Int64 = 0) {
        self.person = person
        self.from = from
        self.to = to
        self.after = after
    }
}

/// What one user was shown in a time.
package struct AccessSummary: Hashable, Sendable {
    package let agency: String
    package let user: String
    /// Rows of the log, and different people in them.
    package let shown: Int
    package let people: Int
    /// Rows that came of searches.
    package let bySearch: Int
    /// How often they asked for somebody whom they may not see, or who is not there.
    package let refused: Int
}

extension Reader {
    /// A page of the access log in order.
    package func accesses(
        of community: Int64, _ question: AccessQuestion, limit: Int = 100
    ) throws(StoreError) -> AccessPage {
        let entries = try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                question.person == nil ? Self.accessesOfCommunity : Self.accessesOfPerson)
            try statement.bind(1, community)
            try statement.bind(2, question.after)
            try statement.bind(3, question.from?.microseconds ?? .min)
            try statement.bind(4, question.to?.microseconds ?? .max)
            try statement.bind(5, limit + 1)
            if let person = question.person {
                // Of one person all records, one after the other in the text: numbers need no quotes.
                let records = try journal.records(of: person)
                try statement.bind(6, "[" + records.map(String.init).joined(separator: ",") + "]")
            }
            var entries: [AccessEntry] = []
            try statement.forEach { row throws(SQLiteError) in entries.append(Self.entry(row)) }
            return entries
        }
        guard entries.count > limit else { return AccessPage(entries: entries, next: nil) }
        return AccessPage(entries: Array(entries.prefix(limit)), next: entries[limit - 1].number)
    }

    /// Likewise of one person, to be handed out once that is in the log itself.
    package func withheldAccesses(
        of person: PersonID, in community: Int64, after: Int64
    ) throws(StoreError) -> Withheld<AccessPage> {
        Withheld(try accesses(of: community, AccessQuestion(person: person, after: after)), about: [person])
    }

    private static let accessesOfCommunity: StaticString =
        """
        SELECT seq, access_log.recorded, agency, name, record, fields, purpose, request
        FROM access_log JOIN actor ON actor.id = access_log.actor
        WHERE access_log.community = ?1 AND seq > ?2 AND access_log.recorded >= ?3 AND access_log.recorded < ?4
        ORDER BY seq LIMIT ?5
        """

    private static let accessesOfPerson: StaticString =
        """
        SELECT seq, access_log.recorded, agency, name, record, fields, purpose, request
        FROM access_log JOIN actor ON actor.id = access_log.actor
        WHERE record IN (SELECT value FROM json_each(?6)) AND access_log.community = ?1 AND seq > ?2
            AND access_log.recorded >= ?3 AND access_log.recorded < ?4
        ORDER BY seq LIMIT ?5
        """

    private static func entry(_ row: Statement) -> AccessEntry {
        AccessEntry(
            number: row.int64(0), recorded: Instant(microseconds: row.int64(1)), agency: row.string(2),
            user: row.string(3), person: row.int64(4) > 0 ? PersonID(row.int64(4)) : nil, fields: row.string(5),
            purpose: row.string(6), request: UInt64(bitPattern: row.int64(7)))
    }

    /// What each user was shown from one instant on and before another, who was shown most first.
    package func accessSummary(of community: Int64, from: Instant, to: Instant) throws(StoreError) -> [AccessSummary] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT agency, name, count(*) FILTER (WHERE fields <> 'refused'),
                    count(DISTINCT record) FILTER (WHERE fields <> 'refused'),
                    count(*) FILTER (WHERE purpose = 'search' AND fields <> 'refused'),
                    count(*) FILTER (WHERE fields = 'refused')
                FROM access_log JOIN actor ON actor.id = access_log.actor
                WHERE access_log.community = ? AND access_log.recorded >= ? AND access_log.recorded < ?
                GROUP BY actor ORDER BY 3 DESC, agency, name
                """)
            try statement.bind(1, community)
            try statement.bind(2, from.microseconds)
            try statement.bind(3, to.microseconds)
            var found: [AccessSummary] = []
            try statement.forEach { row throws(SQLiteError) in
                found.append(
                    AccessSummary(
                        agency: row.string(0), user: row.string(1), shown: row.int(2), people: row.int(3),
                        bySearch: row.int(4), refused: row.int(5)))
            }
            return found
        }
    }
}
