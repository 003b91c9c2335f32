import CivilTime

/// What the nights of the windows were under a rule that counts nights.
struct NightsEvidence {
    let nights: NightHistory
    let window: DateSpan?

    /// - Parameter windows: the longest is told.
    init(_ nights: NightHistory, _ windows: [ChronicWindow]) {
        self.nights = nights
        window = windows.max { $0.years < $1.years }?.span
    }

    func found(counting rules: ChronicRuleSet) -> ChronicEvidence {
        var evidence = ChronicEvidence()
        evidence.endedByLater = nights.endedByLater
        guard let window else { return evidence }
        evidence.notCounted = nights.uncounted(in: window) { night, _, _ in
            night != .unrecorded && night != .institution && !rules.counts(night)
        }
        evidence.institutions = nights.uncounted(in: window) { night, _, _ in night == .institution }.map {
            InstitutionStay(span: $0.span, standing: .neverCounted)
        }
        return evidence
    }
}

extension NightHistory {
    /// The runs of nights of one class in a window that a rule does not count.
    func uncounted(
        in window: DateSpan, where isUncounted: (_ night: NightClass, _ from: Day, _ end: Day) -> Bool
    ) -> [UncountedNights] {
        var found: [UncountedNights] = []
        for run in classRuns() where isUncounted(run.nightClass, run.from, run.end) {
            let end = run.end == .never ? window.end : min(CivilDate(dayNumber: run.end), window.end)
            if let span = DateSpan(from: max(CivilDate(dayNumber: run.from), window.start), to: end) {
                found.append(UncountedNights(span: span, night: run.nightClass))
            }
        }
        return found
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
