import CivilTime

/// The verdict of 24 CFR 578.3 (chronic-rules.md A1, D).
struct OccasionsVerdict {
    let rules: ChronicRuleSet
    let test: OccasionsTest
    let question: ChronicQuestion
    let asOf: Day
    let nights: [ClassRun]
    let occasions: HomelessOccasions

    init(_ rules: ChronicRuleSet, _ test: OccasionsTest, _ question: ChronicQuestion) {
        self.rules = rules
        self.test = test
        self.question = question
        asOf = question.asOf.day
        nights = question.nights.classRuns()
        occasions = HomelessOccasions(nights, test: test, presumedNights: rules.presumedNights)
    }

    func verdict() -> ChronicVerdict {
        let run = currentRun(on: asOf)
        let night = run.map { min(asOf, occasions.runs[$0].end - 1) } ?? asOf
        let start = occasions.windowStart(night)
        let count = occasions.count(through: night, from: start)
        let window = DateSpan(from: start, through: night)
        var verdict = ChronicVerdict(
            rule: rules.rule, ruleVersion: rules.version, asOf: question.asOf, status: .notChronic,
            windows: [ChronicWindow(span: window, years: test.years, nights: count.nights)], months: count.months,
            occasions: occasions.spans(in: window), currentNights: 0,
            maintainsEligibility: maintainsEligibility(), carryOverCandidate: false,
            evidence: OccasionsEvidence(question.nights, nights, occasions, window: window, asOf: asOf).found())
        if let run {
            let began = occasions.starts[occasions.runs[run].occasion]
            verdict.currentSince = CivilDate(dayNumber: began)
            verdict.currentNights = Int(night - began + 1)
            verdict.presumed = asOf > night ? occasions.runs[run].presumption : nil
            verdict.basis = question.isAdultOrHead ? occasions.basis(on: night, inRun: run) : nil
        }
        (verdict.status, verdict.reason) = judge(isCurrent: run != nil, isLongEnough: verdict.basis != nil)
        if verdict.status == .chronic, let run { verdict.since = since(run) }
        if let run, verdict.basis == nil, asOf == night {
            verdict.projected = projected(run).map { CivilDate(dayNumber: $0) }
        }
        return verdict
    }

    /// The projected day of somebody who is not chronic yet, by the time.
    func prospect() -> Day? {
        guard let run = currentRun(on: asOf), asOf < occasions.runs[run].end,
            occasions.basis(on: asOf, inRun: run) == nil
        else { return nil }
        return projected(run)
    }

    /// In the order of the definition; what is not known about a disability matters only where the rest is met (C10).
    private func judge(isCurrent: Bool, isLongEnough: Bool) -> (ChronicStatus, ChronicReason?) {
        guard question.isAdultOrHead else { return (.notEvaluated, .notHeadOrAdult) }
        guard isCurrent else { return (.notChronic, .notCurrentlyHomeless) }
        guard isLongEnough else { return (.notChronic, .timeNotMet) }
        switch question.disability {
        case .yes: return (.chronic, nil)
        case .no: return (.notChronic, .noDisablingCondition)
        case .unknown: return (.unknown, .disablingConditionUnknown)
        }
    }

    /// The literal run that the day is in or presumed to go on with.
    private func currentRun(on day: Day) -> Int? {
        guard let run = occasions.run(on: day), day < occasions.runs[run].presumedEnd else { return nil }
        return run
    }

    private func since(_ run: Int) -> CivilDate? {
        var index = run
        while true {
            let spans = occasions.sufficientNights(ofRun: index)
            guard let last = spans.last(where: { $0.from <= asOf }) else { return nil }
            let isWhole = last.from == occasions.runs[index].from
            guard isWhole, index > 0, occasions.runs[index - 1].presumedEnd == last.from,
                occasions.basis(on: occasions.runs[index - 1].end - 1, inRun: index - 1) != nil
            else { return CivilDate(dayNumber: max(last.from, question.standingSince)) }
            index -= 1
        }
    }

    /// The first day on which the time suffices if the present night goes on for ever.
    private func projected(_ run: Int) -> Day? {
        guard question.isAdultOrHead, question.disability != .no else { return nil }
        let ahead = HomelessOccasions(
            question.nights.cut(after: asOf, goesOn: true).classRuns(), test: test,
            presumedNights: rules.presumedNights)
        return ahead.sufficientNights(ofRun: run).first { $0.end > asOf }.map { max($0.from, asOf) }
    }

    /// In rapid re-housing or a veterans' transitional programme, and chronic on the night before it began
    /// (chronic-rules.md A1).
    private func maintainsEligibility() -> Bool {
        guard question.isAdultOrHead, question.disability == .yes else { return false }
        let steps = question.nights.steps
        guard var index = steps.lastIndex(where: { $0.from <= asOf }), maintains(steps[index].value) else {
            return false
        }
        // From one such programme into another is one time.
        while index > 0, maintains(steps[index - 1].value) { index -= 1 }
        let before = steps[index].from - 1
        guard let run = currentRun(on: before) else { return false }
        return occasions.basis(on: min(before, occasions.runs[run].end - 1), inRun: run) != nil
    }

    private func maintains(_ situation: Situation) -> Bool {
        situation == .rapidRehousing || situation == .transitionalVA
    }
}

extension HomelessOccasions {
    /// The occasions in the window, cut to it.
    func spans(in window: DateSpan) -> [DateSpan] {
        var spans: [DateSpan] = []
        for index in starts.indices where ends[index] > window.start.day {
            let end = ends[index] == .never ? window.end : min(CivilDate(dayNumber: ends[index]), window.end)
            if let span = DateSpan(from: max(CivilDate(dayNumber: starts[index]), window.start), to: end) {
                spans.append(span)
            }
        }
        return spans
    }
}
