package import ByNameList
package import CivilTime
import SQLite

/// One figure of a monthly report, to be opened to its people.
package struct FigureQuestion: Sendable {
    package let community: Community
    package let month: Month
    package let figure: Figure
    /// An `InactiveReason`, `Housing` or `CriteriaReason`, as its raw value; `nil`: whatever the reason.
    package let reason: UInt8?
    package let population: Population
    package let unit: CountingUnit
    /// The last day that is reported.
    package let asOf: CivilDate
    package let knownAt: Instant?

    package init(
        community: Community, month: Month, figure: Figure, reason: UInt8?, population: Population,
        unit: CountingUnit, asOf: CivilDate, knownAt: Instant?
    ) {
        self.community = community
        self.month = month
        self.figure = figure
        self.reason = reason
        self.population = population
        self.unit = unit
        self.asOf = min(asOf, month.lastDay)
        self.knownAt = knownAt
    }

    /// What somebody counts for in the figure.
    package func entries(of spells: [Spell]) -> [MonthEntry] {
        monthEntries(of: spells, in: month, asOf: asOf).filter { entry in
            entry.figure == figure && entry.counts(in: population, unit) && (reason.map { $0 == entry.reason } ?? true)
        }
    }
}

/// Somebody who counts in a figure, with all that says why.
package struct CountedPerson: Sendable {
    /// In order of their days; more than one where something happened twice.
    package let entries: [MonthEntry]
    package let account: MonthAccount
}

/// A page of the people behind a figure, in order of record number.
package struct FigurePage: Sendable {
    package let people: [CountedPerson]
    /// The last person of the page; `nil` where nobody follows.
    package let next: PersonID?
}

extension Reader {
    /// Who counts in a figure.
    ///
    /// - Parameters:
    ///   - after: people up to this one are passed over.
    ///   - limit: people at the most, 100 or fewer.
    ///   - sight: what the reader sees of a person; who is not seen, is passed over.
    package func people(
        behind question: FigureQuestion, after: PersonID = PersonID(0), limit: Int = 100,
        sight: (PersonID) throws -> Sight
    ) throws -> Withheld<FigurePage> {
        let limit = min(limit, 100)
        let policy = try policy(of: question.community, knownAt: question.knownAt)
        var found: [CountedPerson] = []
        var next: PersonID?
        try forEachCounted(question, after: after, limit: limit) { person, entries in
            let sight = try sight(person)
            guard sight > .nothing else { return true }
            guard found.count < limit else {
                next = found.last?.account.person
                return false
            }
            found.append(
                CountedPerson(
                    entries: entries,
                    account: try account(of: person, by: policy, sight, knownAt: question.knownAt)))
            return true
        }
        return Withheld(
            FigurePage(people: found, next: next),
            about: try records(of: found.map(\.account.person), knownAt: question.knownAt))
    }

    /// The policy that figures are made with, or were as known then.
    package func policy(of community: Community, knownAt instant: Instant?) throws(StoreError) -> Policy {
        guard let instant else { return try projection(of: community).policy }
        return try projection(of: community, knownAt: instant).policy
    }

    /// Calls back with everybody who counts, in order, until the body has heard enough.
    private func forEachCounted(
        _ question: FigureQuestion, after: PersonID, limit: Int, _ body: (PersonID, [MonthEntry]) throws -> Bool
    ) throws {
        if let instant = question.knownAt {
            for (person, entries) in try counted(question, after: after, knownAt: instant) {
                if try !body(person, entries) { return }
            }
            return
        }
        // How many there are is known before anybody is looked for.
        var left = try total(of: question)
        guard left > 0 else { return }
        if after != PersonID(0) { left = .max }
        var last = after
        while true {
            try checkTime()
            let candidates = try translatingErrors { () throws(SQLiteError) in
                try self.candidates(question, after: last, limit: limit + 1)
            }
            for person in candidates {
                let spells = try translatingErrors { () throws(SQLiteError) in
                    try SpellTable(connection: connection).spells(of: person, in: question.community.projection)
                }
                let entries = question.entries(of: spells)
                if !entries.isEmpty, try !body(person, entries) { return }
                left -= entries.count
                if left == 0 { return }
            }
            guard candidates.count == limit + 1, let end = candidates.last else { return }
            last = end
        }
    }

    /// The figure as the report has it.
    private func total(of question: FigureQuestion) throws(StoreError) -> Int {
        let report = try month(
            question.month, of: question.community, population: question.population, unit: question.unit,
            asOf: question.asOf
        ).report
        if let reason = question.reason, case .flow(let measure) = question.figure {
            return report.count(measure, reason: reason).events
        }
        return report.value(question.figure)
    }

    /// Everybody who counted, as known then, in order; folded from the journal.
    private func counted(
        _ question: FigureQuestion, after: PersonID, knownAt instant: Instant
    ) throws -> [(PersonID, [MonthEntry])] {
        let policy = try policy(of: question.community, knownAt: instant)
        let (last, records) = try translatingErrors { () throws(SQLiteError) in
            (try journal.lastFact(by: instant), try self.records(of: question.community))
        }
        // Whoever has several records is found by the first of them.
        guard let records, after.number < records.upperBound else { return [] }
        let rest = max(records.lowerBound, after.number + 1)...records.upperBound
        let parts = try walk(
            question.community, rest, through: last, knownAt: instant, from: [(PersonID, [MonthEntry])]()
        ) { found, person, lives in
            let entries = question.entries(of: timeline(of: person, among: lives, policy: policy).spells)
            if !entries.isEmpty { found.append((person, entries)) }
        }
        return parts.flatMap(\.self).sorted { $0.0 < $1.0 }
    }

    /// People of whom a spell looks as if they counted, in order.
    private func candidates(
        _ question: FigureQuestion, after: PersonID, limit: Int
    ) throws(SQLiteError) -> [PersonID] {
        let statement: Statement
        switch question.figure {
        case .activeAtStart, .activeAtEnd, .gap, .leftOut: statement = try connection.statement(FigureQuestion.present)
        case .flow(.newlyMeetsCriteria): statement = try connection.statement(FigureQuestion.entered)
        case .flow(.noLongerMeetsCriteria): statement = try connection.statement(FigureQuestion.left)
        case .flow(let measure) where measure.isInflow:
            statement = try connection.statement(FigureQuestion.opened)
        case .flow: statement = try connection.statement(FigureQuestion.closed)
        }
        try statement.bind(1, question.community.projection)
        try statement.bind(2, after.number)
        try statement.bind(3, question.bit)
        try statement.bind(4, limit)
        switch question.figure {
        case .activeAtStart: try bindDay(question.month.firstDay.adding(days: -1), gaps: -1, to: statement)
        case .activeAtEnd, .leftOut: try bindDay(question.asOf, gaps: -1, to: statement)
        case .gap(let gap): try bindDay(question.asOf, gaps: Int64(gap.rawValue), to: statement)
        case .flow(let measure):
            try statement.bind(5, Int64(question.month.firstDay.dayNumber))
            try statement.bind(6, Int64(question.asOf.dayNumber))
            try statement.bind(7, Int(measure.rawValue))
        }
        var people: [PersonID] = []
        try statement.forEach { row throws(SQLiteError) in people.append(PersonID(row.int64(0))) }
        return people
    }

    /// - Parameter gaps: -1: with or without any.
    private func bindDay(_ day: CivilDate, gaps: Int64, to statement: Statement) throws(SQLiteError) {
        try statement.bind(5, Int64(day.dayNumber))
        try statement.bind(6, gaps)
    }
}

extension FigureQuestion {
    /// Whoever is on the list at the end of a day.
    fileprivate static let present: StaticString = """
        SELECT person FROM spell
        WHERE projection = ?1 AND person > ?2 AND from_day <= ?5 AND (to_day IS NULL OR to_day > ?5)
            AND populations & ?3 <> 0 AND (?6 < 0 OR gaps & ?6 <> 0)
        ORDER BY person LIMIT ?4
        """

    /// Whoever has a spell that begins so in the month.
    fileprivate static let opened: StaticString = """
        SELECT DISTINCT person FROM spell INDEXED BY spell_from
        WHERE projection = ?1 AND from_day >> 4 BETWEEN ?5 >> 4 AND ?6 >> 4 AND from_day BETWEEN ?5 AND ?6
            AND person > ?2 AND opened = ?7 AND populations & ?3 <> 0
        ORDER BY person LIMIT ?4
        """

    /// Whoever goes over into the population from one spell to the next.
    fileprivate static let entered: StaticString = """
        SELECT DISTINCT person FROM spell INDEXED BY spell_from
        WHERE projection = ?1 AND from_day >> 4 BETWEEN ?5 >> 4 AND ?6 >> 4 AND from_day BETWEEN ?5 AND ?6
            AND person > ?2 AND opened = ?7 AND populations & ?3 <> 0
            AND NOT EXISTS
                (SELECT 1 FROM spell AS before
                WHERE before.projection = ?1 AND before.person = spell.person AND before.ordinal = spell.ordinal - 1
                    AND before.populations & ?3 <> 0)
        ORDER BY person LIMIT ?4
        """

    /// Whoever goes out of it so.
    fileprivate static let left: StaticString = """
        SELECT DISTINCT person FROM spell INDEXED BY spell_to
        WHERE projection = ?1 AND to_day >> 4 BETWEEN ?5 >> 4 AND ?6 >> 4 AND to_day BETWEEN ?5 AND ?6
            AND person > ?2 AND closed = ?7 AND populations & ?3 <> 0
            AND NOT EXISTS
                (SELECT 1 FROM spell AS next
                WHERE next.projection = ?1 AND next.person = spell.person AND next.ordinal = spell.ordinal + 1
                    AND next.populations & ?3 <> 0)
        ORDER BY person LIMIT ?4
        """

    /// Whoever has a spell that ends so in the month.
    fileprivate static let closed: StaticString = """
        SELECT DISTINCT person FROM spell INDEXED BY spell_to
        WHERE projection = ?1 AND to_day >> 4 BETWEEN ?5 >> 4 AND ?6 >> 4 AND to_day BETWEEN ?5 AND ?6
            AND person > ?2 AND closed = ?7 AND populations & ?3 <> 0
        ORDER BY person LIMIT ?4
        """

    fileprivate var bit: Int64 {
        let place = figure == .leftOut ? PopulationSet.leftOutPlace : population.place
        return Int64(bitPattern: 1 << (UInt64(place) + (unit == .households ? 32 : 0)))
    }
}
