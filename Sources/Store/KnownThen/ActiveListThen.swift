package import ByNameList
package import CivilTime
import SQLite

extension Reader {
    /// Who was on the active list at the end of a day, as known then: folded from the journal, by the policy of that
    /// instant. Who may be seen is a matter of now.
    ///
    /// - Parameters: as `activeList(of:population:on:by:after:limit:sight:)` has them.
    package func activeList(
        of community: Community, population: Population, on day: CivilDate, by order: ListOrder = .record,
        after: ListPlace? = nil, limit: Int = 100, knownAt instant: Instant,
        sight: (PersonID) throws -> Sight = { _ in .everything }
    ) throws -> Withheld<ListPage> {
        let limit = min(limit, 100)
        let last = try translatingErrors { () throws(SQLiteError) in try journal.lastFact(by: instant) }
        let policy = try projection(of: community, knownAt: instant).policy
        var entries: [ListEntry] = []
        var rest = try translatingErrors { () throws(SQLiteError) in try records(of: community) }
        if order == .record, let place = after { rest = rest?.following(place.person) }
        // A page is full long before the record's end, mostly: by record, more and more of it are folded.
        var together = order == .record ? Int64(1_024) : .max
        while let records = rest {
            let (some, following) = records.first(together)
            let listed = try walk(
                community, some, through: last, knownAt: instant, from: [Listed]()
            ) { listed, person, lives in
                let timeline = timeline(of: person, among: lives, policy: policy)
                listed += Listed.those(of: person, in: timeline, population, on: day)
            }
            for listed in Listed.inOrder(listed.flatMap(\.self), order, on: day, after: after) {
                let sight = try sight(listed.person)
                guard sight > .nothing else { continue }
                if entries.count == limit { return try page(entries, next: entries.last?.place(order), instant) }
                entries.append(
                    try translatingErrors { () throws(SQLiteError) in
                        try entry(listed, sight, on: day, through: last, knownAt: instant)
                    })
            }
            (rest, together) = (following, min(together, 1 << 20) * 4)
        }
        return try page(entries, next: nil, instant)
    }

    private func page(
        _ entries: [ListEntry], next: ListPlace?, _ instant: Instant
    ) throws(StoreError) -> Withheld<ListPage> {
        Withheld(
            ListPage(entries: entries, next: next), about: try records(of: entries.map(\.person), knownAt: instant))
    }
}

extension Listed {
    /// The person, if on the list at the end of the day and in the population; at most one.
    fileprivate static func those(
        of person: PersonID, in timeline: Timeline, _ population: Population, on day: CivilDate
    ) -> [Listed] {
        timeline.spells.filter { $0.holds(on: day) && $0.populations.contains(population, .persons) }.map {
            Listed(person: person, spell: $0, activeSince: timeline.spells.episodeBegan(before: $0))
        }
    }

    /// In the order of the list, those only that come after the place.
    fileprivate static func inOrder(
        _ listed: [Listed], _ order: ListOrder, on day: CivilDate, after: ListPlace?
    ) -> [Listed] {
        switch order {
        case .record: return listed.sorted { $0.person < $1.person }
        case .projectedChronic:
            let ahead = listed.compactMap { one in one.spell.projectedChronic.map { (day: $0, one: one) } }
                .filter { day < $0.day }.sorted { ($0.day, $0.one.person) < ($1.day, $1.one.person) }
            guard let after, let reached = after.projected, day < reached else { return ahead.map(\.one) }
            return ahead.filter { (reached, after.person) < ($0.day, $0.one.person) }.map(\.one)
        }
    }
}

extension ClosedRange<Int64> {
    /// What comes after the person's record; `nil`: nothing.
    fileprivate func following(_ person: PersonID) -> ClosedRange<Int64>? {
        person.number < upperBound ? Swift.max(lowerBound, person.number + 1)...upperBound : nil
    }

    /// So many of them, and the others.
    fileprivate func first(_ count: Int64) -> (some: ClosedRange<Int64>, rest: ClosedRange<Int64>?) {
        guard upperBound - lowerBound >= count else { return (self, nil) }
        return (lowerBound...lowerBound + count - 1, lowerBound + count...upperBound)
    }
}
