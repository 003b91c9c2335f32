import CivilTime

/// What the nights of a window were under 24 CFR 578.3, each gap and each institution stay told.
struct OccasionsEvidence {
    let nights: NightHistory
    let runs: [ClassRun]
    let occasions: HomelessOccasions
    let window: DateSpan
    let asOf: Day

    init(_ nights: NightHistory, _ runs: [ClassRun], _ occasions: HomelessOccasions, window: DateSpan, asOf: Day) {
        self.nights = nights
        self.runs = runs
        self.occasions = occasions
        self.window = window
        self.asOf = asOf
    }

    func found() -> ChronicEvidence {
        let end = asOf + 1
        var evidence = ChronicEvidence()
        evidence.endedByLater = nights.endedByLater
        let start = window.start.day
        for index in occasions.starts.indices.dropFirst() where occasions.ends[index - 1] > start {
            add(occasions.ends[index - 1], occasions.starts[index], to: &evidence.breaks)
        }
        var counted: [DaySpan] = occasions.runs.map { DaySpan(from: $0.from, end: $0.end) }
        for run in occasions.institutions {
            // The whole stay is told, for it is judged whole.
            guard run.end > start,
                let span = DateSpan(
                    from: CivilDate(dayNumber: run.from), to: CivilDate(dayNumber: min(run.end, end)))
            else { continue }
            let isThereStill = run.end >= end && run.end - run.from > 0
            let standing: InstitutionStanding =
                isThereStill && run.standing != .notFromTheStreet
                    && end - run.from < Day(occasions.test.institutionDaysUnder) ? .notDischarged : run.standing
            evidence.institutions.append(InstitutionStay(span: span, standing: standing))
            if run.standing == .counted { counted.append(DaySpan(from: run.from, end: run.end)) }
        }
        counted.sort { $0.from < $1.from }
        for index in occasions.starts.indices {
            fill(occasions.starts[index], occasions.ends[index], counted, &evidence.filled)
        }
        for run in runs where isElsewhere(run.nightClass) && !isInOccasion(run.from) {
            guard let span = run.span(in: window) else { continue }
            evidence.notCounted.append(UncountedNights(span: span, night: run.nightClass))
        }
        return evidence
    }

    /// The gaps of an occasion between what was counted by itself.
    private func fill(_ start: Day, _ end: Day, _ counted: [DaySpan], _ filled: inout [DateSpan]) {
        var reached = start
        for span in counted where span.from >= start && span.from < end {
            add(reached, span.from, to: &filled)
            reached = max(reached, span.end)
        }
    }

    private func isElsewhere(_ night: NightClass) -> Bool {
        night == .hidden || night == .transitional || night == .housed
    }

    private func isInOccasion(_ night: Day) -> Bool {
        occasions.starts.indices.contains { occasions.starts[$0] <= night && night < occasions.ends[$0] }
    }

    private func add(_ from: Day, _ end: Day, to spans: inout [DateSpan]) {
        if let span = cut(from, end) { spans.append(span) }
    }

    private func cut(_ from: Day, _ end: Day) -> DateSpan? {
        DateSpan(
            from: max(CivilDate(dayNumber: from), window.start),
            to: min(CivilDate(dayNumber: end), CivilDate(dayNumber: asOf + 1)))
    }
}
