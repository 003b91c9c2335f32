import CivilTime

/// On which days of an episode somebody counts as chronically homeless (domain.md 6 and 9).
struct ChronicDays {
    let policy: Policy
    let facts: PersonFacts
    /// The person's household from its day on.
    let households: [Step<HouseholdStanding>]

    /// Steps within the episode, the first at its beginning; a documented determination stands over the rule.
    func steps(in episode: Episode, nights: [Step<Situation>]) -> [Step<Bool>] {
        let spans = computed(in: episode, nights: nights)
        var steps = spans.flatMap { span in
            let begin = Step(from: span.from, value: true)
            return span.end == .never ? [begin] : [begin, Step(from: span.end, value: false)]
        }
        guard let first = facts.determinations.first else { return steps }
        steps.removeAll { $0.from >= first.from }
        steps += facts.determinations.map { Step(from: $0.from, value: $0.value.chronic) }
        return steps
    }

    /// The days of the episode on which the rule makes the person chronic, in order and apart.
    func computed(in episode: Episode, nights: [Step<Situation>]) -> [DaySpan] {
        let runs = NightHistory(steps: nights).classRuns()
        switch policy.chronic.test {
        case .nights(let test): return nightsTest(test, episode, nights, runs)
        case .occasions(let test): return occasionsTest(test, episode, runs)
        }
    }

    /// The day on which the rule makes the person chronic if the last night of a spell goes on for ever.
    ///
    /// Asked on the day on which that night's stay began: at the end of the spell, which may be years away, the time
    /// has come long since.
    func projected(in spell: DaySpan, of episode: Episode, nights: [Step<Situation>]) -> Day? {
        guard spell.from < spell.end else { return nil }
        let nights = episode.nightsWhileItLasted ?? nights
        let day = max(spell.from, nights.last { $0.from < spell.end }?.from ?? spell.from)
        let isEvaluated = facts.adultOrHeadDays(households).contains { $0.from <= day && day < $0.end }
        // A stay may have begun before anybody asked.
        let disability = facts.disability.last { $0.from < spell.end }?.value
        return policy.chronic.projected(
            on: ChronicQuestion(
                nights: NightHistory(steps: nights).cut(after: day, goesOn: false),
                asOf: CivilDate(dayNumber: day), disability: disability ?? .unknown, isAdultOrHead: isEvaluated))
    }

    // MARK: Nights in windows

    private func nightsTest(
        _ test: NightsTest, _ episode: Episode, _ nights: [Step<Situation>], _ runs: [ClassRun]
    ) -> [DaySpan] {
        let rules = policy.chronic
        let count = NightCount(nights, counting: rules.counts)
        var spans: [DaySpan] = []
        for window in test.windows {
            spans = spans.union(
                count.days(
                    from: episode.from, to: max(episode.to, episode.from + 1), holding: window.leastNights,
                    years: window.years))
        }
        if test.carriesOver {
            let carryOver = CarryOver(rules: rules, test: test, runs: runs, count: count)
            spans = spans.union(carryOver.spans(byTheList: policy.chronicCurrency == .list))
        }
        guard !spans.isEmpty else { return [] }
        switch policy.chronicCurrency {
        case .rule: return spans.intersection(rules.currentSpans(runs))
        case .list: return rules.isCurrent(.transitional) ? spans : spans.subtracting(inTransitional(runs))
        }
    }

    // MARK: Occasions

    private func occasionsTest(_ test: OccasionsTest, _ episode: Episode, _ runs: [ClassRun]) -> [DaySpan] {
        let disabled = disabledDays()
        guard !disabled.isEmpty else { return [] }
        let occasions = HomelessOccasions(runs, test: test, presumedNights: policy.chronic.presumedNights)
        var spans: [DaySpan] = []
        for index in occasions.runs.indices {
            let run = occasions.runs[index]
            let until = index + 1 < occasions.runs.count ? occasions.runs[index + 1].from : .never
            guard until > episode.from, run.from < max(episode.to, episode.from + 1) else { continue }
            for span in occasions.sufficientNights(ofRun: index) { spans.append(from: span.from, to: span.end) }
            // Who was chronic on the last night that counts stays so as long as they are taken to be homeless.
            guard let last = spans.last, last.end == run.end, run.end != .never else { continue }
            spans.append(from: run.end, to: policy.chronicCurrency == .rule ? run.presumedEnd : until)
        }
        if policy.chronicCurrency == .list { spans = spans.subtracting(inTransitional(runs)) }
        return spans.intersection(disabled).intersection(facts.adultOrHeadDays(households))
    }

    private func inTransitional(_ runs: [ClassRun]) -> [DaySpan] {
        runs.filter { $0.nightClass == .transitional }.map { DaySpan(from: $0.from, end: $0.end) }
    }

    private func disabledDays() -> [DaySpan] {
        facts.disability.spans { $0 == .yes }
    }
}

extension Array {
    /// The days on which the value in force is such a one, in order and apart.
    func spans<Value>(where holds: (Value) -> Bool) -> [DaySpan] where Element == Step<Value> {
        var spans: [DaySpan] = []
        for (index, step) in enumerated() where holds(step.value) {
            spans.append(from: step.from, to: index + 1 < count ? self[index + 1].from : .never)
        }
        return spans
    }
}
