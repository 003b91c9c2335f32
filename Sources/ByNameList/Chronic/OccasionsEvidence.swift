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
        var evidence = ChronicEvidence()
        evidence.endedByLater = nights.endedByLater
        let start = window.start.day
        for index in occasions.starts.indices.dropFirst() where occasions.ends[index - 1] > start {
            add(occasions.ends[index - 1], occasions.starts[index], to: &evidence.breaks)
        }
        for run in occasions.institutions where run.end > start {
            // The whole stay is told, for it is judged whole.
            guard
                let span = DateSpan(
                    from: CivilDate(dayNumber: run.from), to: CivilDate(dayNumber: min(run.end, asOf + 1)))
            else { continue }
            evidence.institutions.append(InstitutionStay(span: span, standing: standing(of: run)))
        }
        evidence.filled = filled()
        let untilToday = DateSpan(window.start, through: CivilDate(dayNumber: asOf))
        for run in runs where isElsewhere(run.nightClass) && !occasions.holds(run.from) {
            guard let span = run.span(in: untilToday) else { continue }
            evidence.notCounted.append(UncountedNights(span: span, night: run.nightClass))
        }
        return evidence
    }

    private func standing(of run: HomelessOccasions.InstitutionRun) -> InstitutionStanding {
        let isStillThere = run.end > asOf && asOf + 1 - run.from < Day(occasions.test.institutionDaysUnder)
        if isStillThere, run.standing != .notFromTheStreet { return .notDischarged }
        return run.standing != .counted && occasions.holds(run.from) ? .filled : run.standing
    }

    /// The gaps of each occasion between what counts by itself.
    private func filled() -> [DateSpan] {
        var counted = occasions.runs.map { DaySpan(from: $0.from, end: $0.end) }
        for run in occasions.institutions where run.standing == .counted {
            counted.append(DaySpan(from: run.from, end: run.end))
        }
        counted.sort { $0.from < $1.from }
        var filled: [DateSpan] = []
        var occasion = -1
        var reached = Day.min
        for span in counted {
            if occasion + 1 < occasions.starts.count, span.from >= occasions.starts[occasion + 1] {
                occasion += 1
            } else {
                add(reached, span.from, to: &filled)
            }
            reached = span.end
        }
        return filled
    }

    private func isElsewhere(_ night: NightClass) -> Bool {
        night == .hidden || night == .transitional || night == .housed
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
