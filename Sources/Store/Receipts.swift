import CivilTime
import SQLite

/// A request that may arrive twice, because its sender did not hear the answer.
package struct IdempotentRequest: Hashable, Sendable {
    package let community: Int64
    package let actor: Int64
    package let route: String
    /// What the sender calls the request; theirs to choose anew for each.
    package let key: String
    /// By it a retry is told from another request with the same key.
    package let bodyHash: [UInt8]

    package init(community: Int64, actor: Int64, route: String, key: String, bodyHash: [UInt8]) {
        self.community = community
        self.actor = actor
        self.route = route
        self.key = key
        self.bodyHash = bodyHash
    }
}

/// What was answered to a request.
package struct Receipt: Hashable, Sendable {
    package let request: IdempotentRequest
    /// Ids and codes, from which the answer is made again; nothing personal.
    package let answer: String

    package init(_ request: IdempotentRequest, answer: String) {
        self.request = request
        self.answer = answer
    }
}

extension Receipt {
    /// For how long a retry is known for one.
    package static let daysKept: Int64 = 30

    static func oldest(at instant: Instant) -> Int64 { instant.microseconds - daysKept * 86_400 * 1_000_000 }
}

extension WriteTransaction {
    /// The receipt of the request with that key, if it was answered in the last 30 days.
    package func receipt(
        route: String, key: String, actor: Int64, community: Int64
    ) throws(StoreError) -> Receipt? {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT body_hash, answer FROM receipt
                WHERE community = ? AND actor = ? AND route = ? AND key = ? AND recorded > ?
                """)
            try statement.bind(1, community)
            try statement.bind(2, actor)
            try statement.bind(3, route)
            try statement.bind(4, key)
            try statement.bind(5, Receipt.oldest(at: recorded))
            return try statement.first { row throws(SQLiteError) in
                let request = IdempotentRequest(
                    community: community, actor: actor, route: route, key: key, bodyHash: row.bytes(0))
                return Receipt(request, answer: row.string(1))
            }
        }
    }

    /// Keeps what is being answered, with the change that it answers for.
    package func keep(_ receipt: Receipt) throws(StoreError) {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                INSERT OR REPLACE INTO receipt (community, actor, route, key, body_hash, answer, recorded)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            try statement.bind(1, receipt.request.community)
            try statement.bind(2, receipt.request.actor)
            try statement.bind(3, receipt.request.route)
            try statement.bind(4, receipt.request.key)
            try statement.bind(5, receipt.request.bodyHash)
            try statement.bind(6, receipt.answer)
            try statement.bind(7, recorded.microseconds)
            try statement.run()
        }
    }

    /// Does the work of a request once: a retry gets the answer that was kept.
    ///
    /// - Parameter work: answers with ids and codes only; what it throws keeps nothing, so that a retry does it.
    package func answering(
        _ request: IdempotentRequest, _ work: () throws -> String
    ) throws -> (answer: String, isReplay: Bool) {
        let kept = try receipt(
            route: request.route, key: request.key, actor: request.actor, community: request.community)
        if let kept {
            guard kept.request.bodyHash == request.bodyHash else { throw StoreError.idempotencyConflict }
            return (kept.answer, true)
        }
        let answer = try work()
        try keep(Receipt(request, answer: answer))
        return (answer, false)
    }

    /// Forgets receipts that no retry is known by any more, at most so many; true if there may be more.
    ///
    /// They lie in the order of recording, so that only the oldest are looked at.
    package func forgetOldReceipts(limit: Int = 500) throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                DELETE FROM receipt WHERE id IN (SELECT id FROM receipt ORDER BY id LIMIT ?) AND recorded <= ?
                RETURNING 1
                """)
            try statement.bind(1, limit)
            try statement.bind(2, Receipt.oldest(at: recorded))
            var count = 0
            try statement.forEach { _ throws(SQLiteError) in count += 1 }
            return count == limit
        }
    }
}
