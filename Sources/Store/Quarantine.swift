package import ByNameList
package import CivilTime
import SQLite

/// A submission of a form that was refused, and waits for a coordinator or did.
package struct HeldSubmission: Hashable, Sendable {
    package let number: Int64
    package let form: String
    package let key: String
    package let bodyHash: [UInt8]
    /// Who sent it.
    package let origin: Origin
    package let agency: String
    package let agencyKind: AgencyKind
    /// Names of fields and what was wrong with them, as JSON.
    package let problems: String
    package let state: State
    package let recorded: Instant

    /// What became of it. The raw value is what the record keeps, for ever.
    package enum State: UInt8, CaseIterable, Sendable {
        case waits = 0
        case admitted = 1
        case discarded = 2

        package var code: String {
            switch self {
            case .waits: "waits"
            case .admitted: "admitted"
            case .discarded: "discarded"
            }
        }
    }
}

extension HeldSubmission {
    /// What the access log calls whoever the submission is about: a number that no record has.
    var subject: PersonID { PersonID(-number) }
}

extension CommunityLedger {
    /// Keeps a refused submission for a coordinator; nothing if it is kept already.
    ///
    /// - Parameter content: `nil` where its text must not be kept, but only that something was refused.
    package func hold(
        _ request: IdempotentRequest, form: String, content: String?, problems: String
    ) throws {
        let statement = try transaction.connection.statement(
            """
            INSERT INTO quarantine (community, form, key, body_hash, actor, source, content, problems, recorded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        try statement.bind(1, origin.community)
        try statement.bind(2, form)
        try statement.bind(3, request.key)
        try statement.bind(4, request.bodyHash)
        try statement.bind(5, origin.actor)
        try statement.bind(6, origin.source)
        try statement.bind(7, content)
        try statement.bind(8, problems)
        try statement.bind(9, transaction.recorded.microseconds)
        try statement.run()
    }
}

extension WriteTransaction {
    /// Settles a submission that waits, whose text goes with that; false if it does not wait any more.
    package func settle(_ submission: HeldSubmission, as state: HeldSubmission.State) throws(StoreError) -> Bool {
        stage.removesText = true
        return try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "UPDATE quarantine SET state = ?, content = NULL WHERE id = ? AND state = 0 RETURNING id")
            try statement.bind(1, Int(state.rawValue))
            try statement.bind(2, submission.number)
            return try statement.first { row throws(SQLiteError) in row.int64(0) } != nil
        }
    }
}

extension WriteTransaction {
    /// Throws away what has waited since before then: who it names was not heard of for as long as the policy says.
    func discardSubmissions(of community: Int64, before instant: Instant) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                UPDATE quarantine SET state = ?, content = NULL WHERE community = ? AND state = 0 AND recorded < ?
                RETURNING id
                """)
            try statement.bind(1, Int(HeldSubmission.State.discarded.rawValue))
            try statement.bind(2, community)
            try statement.bind(3, instant.microseconds)
            try statement.forEach { _ throws(SQLiteError) in stage.removesText = true }
        }
    }
}

extension Reader {
    /// Submissions of a form that wait, in order of arrival, at most so many; nothing of what they say.
    package func held(
        of form: String, in community: Int64, after: Int64, limit: Int
    ) throws(StoreError) -> [HeldSubmission] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT quarantine.id, form, key, body_hash, quarantine.actor, source, actor.agency, problems, state,
                    recorded, kind
                FROM quarantine JOIN actor ON actor.id = quarantine.actor
                LEFT JOIN agency ON agency.community = actor.community AND agency.name = actor.agency
                WHERE quarantine.community = ? AND form = ? AND quarantine.id > ? AND state = 0
                ORDER BY quarantine.id LIMIT ?
                """)
            try statement.bind(1, community)
            try statement.bind(2, form)
            try statement.bind(3, after)
            try statement.bind(4, limit)
            var found: [HeldSubmission] = []
            try statement.forEach { row throws(SQLiteError) in found.append(try Reader.held(row, community)) }
            return found
        }
    }

    /// One submission and its text, which may name somebody; `nil` if the form has none of that number.
    package func held(
        _ number: Int64, of form: String, in community: Int64
    ) throws(StoreError) -> (submission: HeldSubmission, content: Withheld<String?>)? {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT quarantine.id, form, key, body_hash, quarantine.actor, source, actor.agency, problems, state,
                    recorded, kind, content
                FROM quarantine JOIN actor ON actor.id = quarantine.actor
                LEFT JOIN agency ON agency.community = actor.community AND agency.name = actor.agency
                WHERE quarantine.id = ? AND quarantine.community = ? AND form = ?
                """)
            try statement.bind(1, number)
            try statement.bind(2, community)
            try statement.bind(3, form)
            return try statement.first { row throws(SQLiteError) in
                let submission = try Reader.held(row, community)
                let content = row.optionalString(11)
                return (submission, Withheld(content, about: content == nil ? [] : [submission.subject]))
            }
        }
    }

    /// How many submissions wait, by form.
    package func waitingSubmissions(in community: Int64) throws(StoreError) -> [(form: String, count: Int)] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                "SELECT form, count(*) FROM quarantine WHERE community = ? AND state = 0 GROUP BY form ORDER BY form")
            try statement.bind(1, community)
            var found: [(form: String, count: Int)] = []
            try statement.forEach { row throws(SQLiteError) in found.append((row.string(0), row.int(1))) }
            return found
        }
    }

    private static func held(_ row: Statement, _ community: Int64) throws(SQLiteError) -> HeldSubmission {
        guard let state = HeldSubmission.State(rawValue: UInt8(truncatingIfNeeded: row.int(8))) else {
            throw SQLiteError(.corrupt, message: "a submission cannot be read")
        }
        return HeldSubmission(
            number: row.int64(0), form: row.string(1), key: row.string(2), bodyHash: row.bytes(3),
            origin: Origin(community: community, actor: row.int64(4), source: row.int64(5), isImport: false),
            agency: row.string(6),
            agencyKind: row.optionalInt64(10).flatMap { AgencyKind(rawValue: UInt8($0)) } ?? .other,
            problems: row.string(7), state: state,
            recorded: Instant(microseconds: row.int64(9)))
    }
}
