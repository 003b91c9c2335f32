import CivilTime

/// What the nights of the windows were under a rule that counts nights.
struct NightsEvidence {
    let nights: NightHistory
    let runs: [ClassRun]
    let window: DateSpan?

    /// - Parameter windows: the longest is told.
    init(_ nights: NightHistory, _ runs: [ClassRun], _ windows: [ChronicWindow]) {
        self.nights = nights
        self.runs = runs
        window = windows.max { $0.years < $1.years }?.span
    }

    func found(counting rules: ChronicRuleSet) -> ChronicEvidence {
        var evidence = ChronicEvidence()
        evidence.endedByLater = nights.endedByLater
        guard let window else { return evidence }
        for run in runs where run.nightClass != .unrecorded && !rules.counts(run.nightClass) {
            guard let span = run.span(in: window) else { continue }
            if run.nightClass == .institution {
                evidence.institutions.append(InstitutionStay(span: span, standing: .neverCounted))
            } else {
                evidence.notCounted.append(UncountedNights(span: span, night: run.nightClass))
            }
        }
        return evidence
    }
}

extension ClassRun {
    /// The nights of the run that lie in the window.
    func span(in window: DateSpan) -> DateSpan? {
        let end = end == .never ? window.end : min(CivilDate(dayNumber: end), window.end)
        return DateSpan(from: max(CivilDate(dayNumber: from), window.start), to: end)
    }
}

extension DateSpan {
    /// The nights up to and including that of the last day.
    init(_ start: CivilDate, through last: CivilDate) {
        self.init(from: start.day, through: last.day)
    }

    /// The nights up to and including that of the last day.
    init(from start: Day, through last: Day) {
        guard let span = DateSpan(from: CivilDate(dayNumber: start), to: CivilDate(dayNumber: last + 1)) else {
            preconditionFailure("a window ends before it begins")
        }
        self = span
    }
}
