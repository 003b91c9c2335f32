import ByNameList
import CivilTime
import Store

/// Lets the people of the sample community live, and writes down what its agencies would have written.
///
/// Things happen in the order of a life; they are put into the order of recording at the end.
struct SampleWriter {
    /// Of a hundred facts so many come one to three months after what they tell of.
    private static let latePercent = 5

    var random: SampleRandom
    let start: CivilDate
    let end: CivilDate
    var people: [SamplePerson] = []
    var households = 0
    /// In the order of writing; facts by the order of writing too.
    private(set) var changes: [SampleChange] = []
    /// When each fact was recorded.
    private(set) var instants: [Instant] = []
    /// Facts that were replaced or voided already.
    var superseded: Set<Int> = []
    /// The household statement that holds for each person.
    var membership: [Int: SampleMembership] = [:]
    /// Parties that have split off and wait to be told of.
    var pending: [SampleParty] = []

    init(seed: UInt64, start: CivilDate, end: CivilDate) {
        random = SampleRandom(seed: seed)
        self.start = start
        self.end = end
    }

    /// Writes what became known on the day, usually within some days; gives the number of the first fact.
    @discardableResult
    mutating func write(
        _ statements: [SampleStatement], about person: Int, by agency: SampleAgency, on day: CivilDate,
        within days: ClosedRange<Int> = 0...2, replacing target: Int? = nil, identity: IdentityDetails? = nil
    ) -> Int {
        // What makes somebody known is never late: nobody could have written about them before.
        let isLate = people[person].introduced != nil && random.chance(SampleWriter.latePercent)
        let recorded = recordedAfter(
            instant(on: day.adding(days: isLate ? random.number(31...92) : random.number(days))), person, statements,
            target)
        if people[person].introduced == nil { people[person].introduced = recorded }
        let first = instants.count
        let facts = statements.map { statement in
            if case .void(let voided) = statement { superseded.insert(voided) }
            instants.append(recorded)
            return SampleFact(
                ordinal: instants.count - 1, statement: statement, replaces: target,
                identity: statement.isIdentity ? identity : nil)
        }
        if let target { superseded.insert(target) }
        changes.append(SampleChange(recorded: recorded, agency: agency, person: person, facts: facts))
        return first
    }

    /// Later than what made the person known, and than what is corrected.
    private func recordedAfter(
        _ instant: Instant, _ person: Int, _ statements: [SampleStatement], _ target: Int?
    ) -> Instant {
        var earliest = [people[person].introduced].compactMap { $0 }
        if let target { earliest.append(instants[target]) }
        for case .void(let voided) in statements { earliest.append(instants[voided]) }
        guard let last = earliest.max(), instant <= last else { return instant }
        return Instant(microseconds: last.microseconds + 60 * 1_000_000)
    }

    /// In working hours from ocean to ocean, so that the date is the same in every zone between.
    private mutating func instant(on day: CivilDate) -> Instant {
        let second = Int64(day.dayNumber) * 86_400 + Int64(random.number(15 * 3_600...22 * 3_600))
        return Instant(microseconds: second * 1_000_000)
    }

    // MARK: A life

    mutating func live(_ party: SampleParty) {
        var party = party
        var day = party.arrival
        if !party.isKnown { arrive(party, on: day) }
        while day < end {
            day = stayHomeless(&party, from: day)
            // A child born after that is born into a home.
            party.expected = nil
            guard day < end, let back = leave(party, on: day) else { return }
            day = back
        }
    }
}

/// The statement that puts somebody into a household.
struct SampleMembership {
    let fact: Int
    let household: Int
    let role: HouseholdRole
    let from: CivilDate
}

extension SampleStatement {
    var isIdentity: Bool {
        if case .plain(.identity) = self { true } else { false }
    }
}
