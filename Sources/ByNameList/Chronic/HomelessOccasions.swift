import CivilTime

/// The occasions of literal homelessness that 24 CFR 578.3 counts, and when they suffice (chronic-rules.md A1, D).
///
/// Built from the nights once; what it says of a night rests on the nights up to that one only.
struct HomelessOccasions {
    /// Nights in a row on the street or in a shelter.
    struct LiteralRun {
        let from: Day
        let end: Day
        /// The first day on which nobody would presume any more that it goes on.
        let presumedEnd: Day
        let presumption: Presumption?
        /// The occasion that it is part of.
        let occasion: Int
    }

    /// Nights in a row in institutions.
    struct InstitutionRun {
        let from: Day
        let end: Day
        let standing: InstitutionStanding
    }

    let test: OccasionsTest
    private(set) var runs: [LiteralRun] = []
    private(set) var institutions: [InstitutionRun] = []
    /// `[starts[i], ends[i])`: everything that counts, short breaks filled; in order and apart.
    private(set) var starts: [Day] = []
    private(set) var ends: [Day] = []

    init(_ nights: [ClassRun], test: OccasionsTest, presumedNights: Int) {
        self.test = test
        for (index, run) in nights.enumerated() {
            let isFromStreet = index > 0 && nights[index - 1].nightClass == .literal
            switch run.nightClass {
            case .literal:
                add(run.from, run.end)
                let presumed = presumption(after: index, of: nights, nights: Day(presumedNights))
                runs.append(
                    LiteralRun(
                        from: run.from, end: run.end, presumedEnd: presumed.end, presumption: presumed.kind,
                        occasion: starts.count - 1))
            case .institution:
                let isShort = run.end != .never && run.end - run.from < Day(test.institutionDaysUnder)
                let standing: InstitutionStanding =
                    !isFromStreet ? .notFromTheStreet : isShort ? .counted : .limitReached
                institutions.append(InstitutionRun(from: run.from, end: run.end, standing: standing))
                if standing == .counted { add(run.from, run.end) }
            case .hidden, .transitional, .housed, .unrecorded:
                break
            }
        }
    }

    private mutating func add(_ from: Day, _ end: Day) {
        if let last = ends.last, from - last < Day(test.breakNights) {
            ends[ends.count - 1] = end
        } else {
            starts.append(from)
            ends.append(end)
        }
    }

    /// How long after a literal run somebody is still taken to be homeless: in an institution while the stay is short,
    /// otherwise for a few nights with friends or without a record (chronic-rules.md C2, C4).
    private func presumption(
        after index: Int, of nights: [ClassRun], nights limit: Day
    ) -> (end: Day, kind: Presumption?) {
        let end = nights[index].end
        guard end != .never, index + 1 < nights.count else { return (end, nil) }
        let next = nights[index + 1]
        if next.nightClass == .institution {
            return (min(next.end, next.from + Day(test.institutionDaysUnder) - 1), .institution)
        }
        var presumedEnd = end
        for run in nights[(index + 1)...] {
            guard run.nightClass == .hidden || run.nightClass == .unrecorded, presumedEnd < end + limit else { break }
            presumedEnd = min(run.end, end + limit)
        }
        return (presumedEnd, presumedEnd > end ? .shortAbsence : nil)
    }

    /// The last literal run that begins on or before the day.
    func run(on day: Day) -> Int? {
        let begun = runs.countOfFirst { $0.from <= day }
        return begun > 0 ? begun - 1 : nil
    }

    // MARK: The time

    /// What the window that ends with a night holds.
    struct Count {
        var occasions = 0
        var months = 0
        var nights = 0
        /// When the first of its occasions ends.
        var firstEnd = Day.never
    }

    func windowStart(_ night: Day) -> Day { CivilDate(dayNumber: night).minusYears(test.years).day + 1 }

    /// What lies in the window that ends with the night; nights after it are left out.
    func count(through night: Day, from start: Day) -> Count {
        var count = Count()
        var lastMonth = Int32.min
        var index = firstOccasion(endingAfter: start)
        while index < starts.count, starts[index] <= night {
            let from = max(starts[index], start)
            let last = min(ends[index] - 1, night)
            let months = (CivilDate(dayNumber: from).month.monthNumber, CivilDate(dayNumber: last).month.monthNumber)
            count.months += Int(months.1 - max(months.0 - 1, lastMonth))
            lastMonth = months.1
            count.nights += Int(last - from + 1)
            if count.occasions == 0 { count.firstEnd = ends[index] }
            count.occasions += 1
            index += 1
        }
        return count
    }

    /// Whether the night lies in an occasion.
    func holds(_ night: Day) -> Bool {
        let index = firstOccasion(endingAfter: night)
        return index < starts.count && starts[index] <= night
    }

    private func firstOccasion(endingAfter day: Day) -> Int { ends.countOfFirst { $0 <= day } }

    /// The first night on which an occasion is long enough without any other.
    private func continuousFrom(_ occasion: Int) -> Day {
        switch test.continuous {
        case .nights: starts[occasion] + Day(test.nights) - 1
        case .calendarMonths: CivilDate(dayNumber: starts[occasion]).month.adding(months: test.months - 1).firstDay.day
        }
    }

    private func suffices(_ count: Count) -> Bool {
        guard count.occasions >= test.occasions else { return false }
        switch test.cumulative {
        case .nights: return count.nights >= test.nights
        case .calendarMonths: return count.months >= test.months
        }
    }

    /// On what ground the time suffices on a night of a literal run; `nil`: it does not.
    func basis(on night: Day, inRun index: Int) -> ChronicBasis? {
        if night >= max(continuousFrom(runs[index].occasion), runs[index].from) { return .continuous }
        return suffices(count(through: night, from: windowStart(night))) ? .occasions : nil
    }

    /// The nights of a literal run on which the time suffices, in order.
    func sufficientNights(ofRun index: Int) -> [DaySpan] {
        let run = runs[index]
        let continuousFrom = continuousFrom(run.occasion)
        var spans: [DaySpan] = []
        var night = run.from
        let end = min(run.end, continuousFrom)
        // Within one occasion no other begins: with too few occasions in reach none of these nights can suffice.
        while night < end, run.occasion + 1 >= test.occasions {
            let start = windowStart(night)
            let count = count(through: night, from: start)
            guard count.occasions >= test.occasions else { break }
            let next = min(end, night + step(from: night, windowStart: start, count))
            if suffices(count) { spans.append(from: night, to: next) }
            night = next
        }
        if max(run.from, continuousFrom) < run.end {
            spans.append(from: max(run.from, continuousFrom), to: run.end)
        }
        return spans
    }

    /// For how many nights the answer cannot change: until an occasion leaves the window or a month begins or leaves.
    ///
    /// The window begins one day later each day, or two after a 29 February: hence one day less.
    private func step(from night: Day, windowStart: Day, _ count: Count) -> Day {
        var days = count.firstEnd - windowStart - 1
        switch test.cumulative {
        case .nights:
            days = min(days, Day(abs(test.nights - count.nights)))
        case .calendarMonths:
            days = min(
                days, CivilDate(dayNumber: night).month.next.firstDay.day - night,
                CivilDate(dayNumber: windowStart).month.next.firstDay.day - windowStart - 1)
        }
        return max(1, days)
    }
}
