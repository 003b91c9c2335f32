import ByNameList
package import CivilTime
import SQLite

/// What a coordinator says about the quality of a month's data.
package struct Annotation: Hashable, Sendable {
    /// Its number in the record.
    package let id: Int64
    /// The code of a population; `nil`: of every one.
    package let population: String?
    package let agency: String
    package let user: String
    package let recorded: Instant
    package let text: String
}

/// An annotation that is to be kept.
package struct NewAnnotation: Sendable {
    package let month: Month
    package let population: String?
    /// The one whose place it takes.
    package let replaces: Int64?
    /// Empty: what it replaces does not hold any more, and is forgotten with all that it replaced.
    package let text: String

    package init(month: Month, population: String?, replaces: Int64?, text: String) {
        self.month = month
        self.population = population
        self.replaces = replaces
        self.text = text
    }
}

extension Reader {
    /// What stands of what was said about a month, in order of time.
    package func annotations(of community: Community, in month: Month) throws(StoreError) -> [Annotation] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT annotation.id, population, actor.agency, actor.name, recorded, text
                FROM annotation JOIN actor ON actor.id = annotation.actor
                WHERE annotation.community = ?1 AND month = ?2 AND text <> ''
                    AND annotation.id NOT IN
                        (SELECT replaces FROM annotation
                        WHERE community = ?1 AND month = ?2 AND replaces IS NOT NULL)
                ORDER BY annotation.id
                """)
            try statement.bind(1, community.id)
            try statement.bind(2, Int64(month.monthNumber))
            var found: [Annotation] = []
            try statement.forEach { row throws(SQLiteError) in
                found.append(
                    Annotation(
                        id: row.int64(0), population: row.optionalString(1), agency: row.string(2),
                        user: row.string(3), recorded: Instant(microseconds: row.int64(4)), text: row.string(5)))
            }
            return found
        }
    }
}

extension CommunityLedger {
    /// Keeps an annotation; `nil` if what it replaces is none that stands in that month.
    package func annotate(_ new: NewAnnotation) throws -> Int64? {
        try translatingErrors { () throws(SQLiteError) in
            if let former = new.replaces, try !stands(former, new.month) { return nil }
            let statement = try transaction.connection.statement(
                """
                INSERT INTO annotation (community, month, population, actor, recorded, replaces, text)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            try statement.bind(1, origin.community)
            try statement.bind(2, Int64(new.month.monthNumber))
            try statement.bind(3, new.population)
            try statement.bind(4, origin.actor)
            try statement.bind(5, transaction.recorded.microseconds)
            try statement.bind(6, new.replaces)
            try statement.bind(7, new.text)
            try statement.run()
            let id = transaction.connection.lastInsertRowID
            if new.text.isEmpty { try forgetWords(before: id) }
            return id
        }
    }

    /// Takes away what was said before: somebody may have been named in it. Who said something, and when, stays.
    private func forgetWords(before annotation: Int64) throws(SQLiteError) {
        let statement = try transaction.connection.statement(
            """
            WITH RECURSIVE former (id) AS (
                SELECT replaces FROM annotation WHERE id = ?1
                UNION SELECT replaces FROM annotation JOIN former USING (id) WHERE replaces IS NOT NULL)
            UPDATE annotation SET text = '' WHERE id IN former
            """)
        try statement.bind(1, annotation)
        try statement.run()
        transaction.stage.removesText = true
    }

    private func stands(_ annotation: Int64, _ month: Month) throws(SQLiteError) -> Bool {
        let statement = try transaction.connection.statement(
            """
            SELECT 1 FROM annotation WHERE id = ?1 AND community = ?2 AND month = ?3 AND text <> ''
                AND NOT EXISTS (SELECT 1 FROM annotation AS later WHERE later.replaces = ?1)
            """)
        try statement.bind(1, annotation)
        try statement.bind(2, origin.community)
        try statement.bind(3, Int64(month.monthNumber))
        return try statement.first { row throws(SQLiteError) in row.int(0) } != nil
    }
}
