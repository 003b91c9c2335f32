import CivilTime

/// The verdict of a rule that counts nights in windows (chronic-rules.md A3, A4, D).
struct NightsVerdict {
    let rules: ChronicRuleSet
    let test: NightsTest
    let question: ChronicQuestion
    let asOf: Day
    let runs: [ClassRun]
    let count: NightCount

    init(_ rules: ChronicRuleSet, _ test: NightsTest, _ question: ChronicQuestion) {
        self.rules = rules
        self.test = test
        self.question = question
        asOf = question.asOf.day
        runs = question.nights.classRuns()
        count = NightCount(question.nights.steps, counting: rules.counts)
    }

    func verdict() -> ChronicVerdict {
        let windows = test.windows.map { window(of: $0.years) }
        var verdict = ChronicVerdict(
            rule: rules.rule, ruleVersion: rules.version, asOf: question.asOf, status: .notChronic,
            reason: .notCurrentlyHomeless, windows: windows, currentNights: 0, maintainsEligibility: false,
            carryOverCandidate: false, evidence: NightsEvidence(question.nights, runs, windows).found(counting: rules))
        let present = rules.presence(on: asOf, in: runs)
        guard present.isCurrent else { return verdict }
        verdict.presumed = present.isPresumed ? .shortAbsence : nil
        let spell = currentSpell()
        verdict.currentSince = spell.map { CivilDate(dayNumber: $0) }
        verdict.currentNights = spell.map { count.nights(from: $0, through: asOf) } ?? 0
        verdict.basis = zip(test.windows, windows).first { $0.leastNights <= $1.nights }.map { .window($0.0) }
        if verdict.basis == nil {
            verdict.carryOverCandidate = carriedSpans().contains { $0.from <= asOf && asOf < $0.end }
            if verdict.carryOverCandidate, test.carriesOver { verdict.basis = .carryOver }
        }
        guard verdict.basis != nil else {
            verdict.reason = .timeNotMet
            verdict.projected = projected().map { CivilDate(dayNumber: $0) }
            return verdict
        }
        verdict.status = .chronic
        verdict.reason = nil
        verdict.since = spell.flatMap { since(inSpellFrom: $0) }
        return verdict
    }

    /// The projected day of somebody who is not chronic yet.
    func prospect() -> Day? {
        guard rules.counts(runs.nightClass(on: asOf)), windowBasis(on: asOf) == nil,
            !test.carriesOver || !carriedSpans().contains(where: { $0.from <= asOf && asOf < $0.end })
        else { return nil }
        return projected()
    }

    private func window(of years: Int) -> ChronicWindow {
        let start = question.asOf.minusYears(years).adding(days: 1)
        let nights = count.nights(through: asOf, years: years)
        return ChronicWindow(
            span: DateSpan(start, through: question.asOf), years: years, nights: nights)
    }

    /// The first window with enough nights on the day.
    private func windowBasis(on day: Day) -> ChronicBasis? {
        for window in test.windows where count.nights(through: day, years: window.years) >= window.leastNights {
            return .window(window)
        }
        return nil
    }

    /// Since when the person has been homeless in the rule's sense, short absences included.
    private func currentSpell() -> Day? {
        guard var index = runs.lastIndex(where: { $0.from <= asOf }) else { return nil }
        while index > 0, rules.presence(on: runs[index].from - 1, inRun: index - 1, of: runs).isCurrent { index -= 1 }
        return runs[index].from
    }

    private func carriedSpans() -> [DaySpan] { CarryOver(rules: rules, test: test, runs: runs, count: count).spans() }

    private func since(inSpellFrom from: Day) -> CivilDate? {
        var spans: [DaySpan] = []
        for window in test.windows {
            spans = spans.union(
                count.days(from: from, to: asOf + 1, holding: window.leastNights, years: window.years))
        }
        if test.carriesOver { spans = spans.union(carriedSpans()) }
        return spans.last { $0.from <= asOf && asOf < $0.end }.map { CivilDate(dayNumber: max(from, $0.from)) }
    }

    /// The first day on which enough nights have come together, if the present night goes on for ever.
    private func projected() -> Day? {
        guard rules.counts(runs.nightClass(on: asOf)) else { return nil }
        let ahead = NightCount(
            question.nights.cut(after: asOf, goesOn: true).steps, counting: rules.counts)
        return test.windows.compactMap {
            ahead.days(
                from: asOf, to: asOf + Day($0.leastNights) + 1, holding: $0.leastNights, years: $0.years
            ).first?.from
        }.min()
    }
}

extension ChronicRuleSet {
    /// Whether somebody is currently homeless on the day, and whether without a record of the night.
    func presence(on day: Day, in runs: [ClassRun]) -> (isCurrent: Bool, isPresumed: Bool) {
        guard let index = runs.lastIndex(where: { $0.from <= day }) else { return (false, false) }
        return presence(on: day, inRun: index, of: runs)
    }

    /// Likewise, of a day whose run of nights is known.
    func presence(on day: Day, inRun index: Int, of runs: [ClassRun]) -> (isCurrent: Bool, isPresumed: Bool) {
        guard runs[index].nightClass == .unrecorded else { return (isCurrent(runs[index].nightClass), false) }
        let isPresumed =
            index > 0 && isCurrent(runs[index - 1].nightClass) && day < runs[index].from + Day(presumedNights)
        return (isPresumed, isPresumed)
    }

    /// The days on which somebody is currently homeless, in order and apart.
    func currentSpans(_ runs: [ClassRun]) -> [DaySpan] {
        var spans: [DaySpan] = []
        for (index, run) in runs.enumerated() {
            if isCurrent(run.nightClass) {
                spans.append(from: run.from, to: run.end)
            } else if run.nightClass == .unrecorded, index > 0, isCurrent(runs[index - 1].nightClass) {
                let end =
                    run.end == .never ? run.from + Day(presumedNights) : min(run.end, run.from + Day(presumedNights))
                spans.append(from: run.from, to: end)
            }
        }
        return spans
    }
}

extension [ClassRun] {
    /// What the night of the day counts as.
    func nightClass(on day: Day) -> NightClass { last { $0.from <= day }?.nightClass ?? .unrecorded }
}
