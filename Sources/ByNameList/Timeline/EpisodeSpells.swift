import CivilTime

/// Cuts the episodes of a person into spells, wherever the populations or the gaps change (domain.md 6).
struct EpisodeSpells {
    let facts: PersonFacts
    let households: [Step<HouseholdStanding>]
    let chronic: ChronicDays
    let policy: Policy
    /// Where each night was spent, as known at last.
    let nights: [Step<Situation>]

    /// - Parameter isLast: nobody can be in an earlier one today, so that only this one has a projected day.
    func spells(of episode: Episode, isLast: Bool) -> [Spell] {
        let chronicSteps = chronic.steps(in: episode, nights: episode.nightsWhileItLasted ?? nights)
        let days = cuts(episode, chronicSteps)
        var pieces: [(from: Day, populations: PopulationSet, gaps: Gaps)] = []
        for day in days {
            let populations = populations(on: day, chronicSteps)
            let gaps = gaps(on: day)
            if let last = pieces.last, last.populations == populations, last.gaps == gaps { continue }
            pieces.append((day, populations, gaps))
        }
        return pieces.indices.map { index in
            let isEnd = index == pieces.count - 1
            let end = isEnd ? episode.to : pieces[index + 1].from
            let projected =
                isLast && !pieces[index].populations.contains(.chronic, .persons)
                ? chronic.projected(in: DaySpan(from: pieces[index].from, end: end), of: episode, nights: nights)
                : nil
            return Spell(
                from: CivilDate(dayNumber: pieces[index].from),
                to: end == .never ? nil : CivilDate(dayNumber: end),
                populations: pieces[index].populations, gaps: pieces[index].gaps,
                opened: index == 0 ? episode.opened : .newlyMeetsCriteria,
                closed: isEnd ? episode.closed : .noLongerMeetsCriteria,
                closedReason: isEnd ? episode.closedReason : 0,
                projectedChronic: projected.map { CivilDate(dayNumber: $0) })
        }
    }

    /// The days of the episode on which something may change, its first included, in order.
    private func cuts(_ episode: Episode, _ chronicSteps: [Step<Bool>]) -> [Day] {
        var days: [Day] = []
        func add(_ day: Day) {
            if episode.from < day, day < episode.to { days.append(day) }
        }
        for step in households { add(step.from) }
        for step in chronicSteps { add(step.from) }
        for step in facts.veteran { add(step.from) }
        for step in facts.indigenous { add(step.from) }
        for steps in facts.answers.values {
            for step in steps { add(step.from) }
        }
        for step in facts.isConsenting { add(step.from) }
        add(facts.firstAssessed)
        if let birth = facts.birth {
            add(birth.birthday(age: 18).day)
            for filter in policy.savedFilters {
                for age in filter.ages { add(birth.birthday(age: age).day) }
            }
        }
        days.sort()
        return [episode.from] + days
    }

    private func populations(on day: Day, _ chronicSteps: [Step<Bool>]) -> PopulationSet {
        var set = PopulationSet()
        let household = households.inForce(on: day) ?? HouseholdStanding(type: .singles, isHead: true)
        if policy.requireConsent, facts.isConsenting.inForce(on: day) != true {
            set.leaveOut(head: household.isHead)
            return set
        }
        set.insert(.all, head: household.isHead)
        switch household.type {
        case .singles: set.insert(.allSingles, head: household.isHead)
        case .family: set.insert(.families, head: household.isHead)
        case .youth: set.insert(.youth, head: household.isHead)
        }
        if facts.indigenous.inForce(on: day)?.isYes == true { set.insert(.indigenous, head: household.isHead) }
        if !policy.adultsOutsideFamiliesOnly || (household.type != .family && isAdult(on: day)) {
            let isVeteran = facts.veteran.inForce(on: day)?.isYes == true
            let isChronic = chronicSteps.inForce(on: day) == true
            if isVeteran { set.insert(.veterans, head: household.isHead) }
            if isChronic { set.insert(.chronic, head: household.isHead) }
            if isVeteran, isChronic { set.insert(.chronicVeterans, head: household.isHead) }
        }
        for (place, filter) in policy.savedFilters.enumerated() where meets(filter, on: day, in: set) {
            set.insert(place: Population.firstSaved + UInt8(place), head: household.isHead)
        }
        return set
    }

    private func meets(_ filter: SavedFilter, on day: Day, in standard: PopulationSet) -> Bool {
        guard filter.within.allSatisfy({ standard.contains($0, .persons) }),
            !filter.outside.contains(where: { standard.contains($0, .persons) })
        else { return false }
        if !filter.ages.isEmpty {
            guard let birth = facts.birth else { return false }
            if let age = filter.ageAtLeast, day < birth.birthday(age: age).day { return false }
            if let age = filter.ageUnder, birth.birthday(age: age).day <= day { return false }
        }
        return filter.answers.allSatisfy { condition in
            facts.answers[condition.question]?.inForce(on: day).map { condition.anyOf.contains($0.value) } ?? false
        }
    }

    private func isAdult(on day: Day) -> Bool {
        facts.birth.map { $0.birthday(age: 18).day <= day } ?? true
    }

    private func gaps(on day: Day) -> Gaps {
        var gaps: Gaps = []
        if !facts.isNamed { gaps.insert(.unnamed) }
        if day < facts.firstAssessed { gaps.insert(.unassessed) }
        if facts.isConsenting.inForce(on: day) != true { gaps.insert(.unconsented) }
        return gaps
    }
}
