import CivilTime

/// The timeline of a person: the one place where status, populations, inflow and outflow come from (domain.md 1).
///
/// - Parameter lives: the person, and everybody who ever shared a household with them; others do no harm.
package func timeline(of person: PersonID, among lives: [Life], policy: Policy) -> Timeline {
    guard let life = lives.first(where: { $0.person == person }) else {
        return Timeline(person: person, changes: [], spells: [], findings: [])
    }
    let (household, status, cutter) = parts(of: life, among: lives, policy)
    let facts = cutter.facts
    var findings = status.findings + household.findings
    if life.birth == nil, let first = status.episodes.first {
        findings.append(Finding(kind: .unknownAge, on: CivilDate(dayNumber: first.from), fact: nil))
    }
    for determined in facts.determinations {
        guard let episode = status.episodes.last(where: { $0.from <= determined.from && determined.from < $0.to })
        else { continue }
        let days = cutter.chronic.computed(in: episode, nights: episode.nightsWhileItLasted ?? status.nights)
        if days.contains(where: { $0.from <= determined.from && determined.from < $0.end }) != determined.value.chronic
        {
            findings.append(
                Finding(
                    kind: .determinationDisagrees, on: CivilDate(dayNumber: determined.from),
                    fact: determined.value.fact))
        }
    }
    let spells = status.episodes.enumerated().flatMap { index, episode in
        cutter.spells(of: episode, isLast: index == status.episodes.count - 1)
    }
    return Timeline(
        person: person, changes: status.changes, spells: spells,
        findings: findings.sorted { ($0.on, $0.kind.rawValue) < ($1.on, $1.kind.rawValue) })
}

/// The times on the active list as figures count them: those of the timeline, of which none has a projected day.
package func countedSpells(of person: PersonID, among lives: [Life], policy: Policy) -> [Spell] {
    guard let life = lives.first(where: { $0.person == person }) else { return [] }
    let (_, status, cutter) = parts(of: life, among: lives, policy)
    return status.episodes.flatMap { cutter.spells(of: $0, isLast: false) }
}

private func parts(
    of life: Life, among lives: [Life], _ policy: Policy
) -> (household: HouseholdTimeline, status: StatusFold, cutter: EpisodeSpells) {
    let household = HouseholdTimeline(of: life, among: lives)
    let status = StatusFold(of: life, household: household, policy: policy)
    let facts = PersonFacts(life, policy: policy)
    let chronic = ChronicDays(policy: policy, facts: facts, households: household.steps)
    let cutter = EpisodeSpells(
        facts: facts, households: household.steps, chronic: chronic, policy: policy, nights: status.nights)
    return (household, status, cutter)
}

extension StatusFold {
    /// The whole of somebody's way through the list.
    init(of life: Life, household: HouseholdTimeline, policy: Policy) {
        var events = PersonEvents(life.facts, policy: policy)
        if policy.inactivity.contains(where: { $0.household != nil }), !events.events.isEmpty {
            for step in household.steps where step.from != .min { events.look(on: step.from) }
        }
        events.sort()
        self.init(
            events, householdTypes: household.steps.map { Step(from: $0.from, value: $0.value.type) }, policy: policy)
        run(events.events)
    }
}
