import CivilTime

/// Counts the nights of some classes in windows that end on any day, each count in logarithmic time.
struct NightCount {
    /// `[starts[i], ends[i])`, in order and apart.
    private var starts: [Day] = []
    private var ends: [Day] = []
    /// The nights before interval i.
    private var before: [Int] = []

    init(_ nights: [Step<Situation>], counting classes: (NightClass) -> Bool) {
        var open: Day?
        for night in nights {
            if classes(night.value.nightClass) {
                if open == nil { open = night.from }
            } else if let from = open {
                append(from, night.from)
                open = nil
            }
        }
        if let open { append(open, .never) }
    }

    private mutating func append(_ from: Day, _ end: Day) {
        let counted = starts.indices.last.map { before[$0] + Int(ends[$0] - starts[$0]) } ?? 0
        starts.append(from)
        ends.append(end)
        before.append(counted)
    }

    /// The nights in the window of that many years that ends on the day, the day's own night included.
    ///
    /// The window is `(day - years, day]`; 29 February less a year is 28 February (chronic-rules.md 0.3).
    func nights(through day: Day, years: Int) -> Int {
        let start = CivilDate(dayNumber: day).minusYears(years).day + 1
        return counted(before: day + 1) - counted(before: start)
    }

    /// The nights from that of one day to that of another.
    func nights(from day: Day, through last: Day) -> Int { counted(before: last + 1) - counted(before: day) }

    private func counted(before day: Day) -> Int {
        let begun = starts.countOfFirst { $0 < day }
        guard begun > 0 else { return 0 }
        return before[begun - 1] + Int(min(day, ends[begun - 1]) - starts[begun - 1])
    }

    /// The spans of days within `[from, to)` on which the window holds at least that many nights.
    ///
    /// From one day to the next a count grows by one night at the most and shrinks by one, or by two after a
    /// 29 February: so it leaps by as many days as it is away from the threshold.
    func days(from: Day, to: Day, holding threshold: Int, years: Int) -> [DaySpan] {
        guard let lastStart = starts.last, let lastEnd = ends.last else { return [] }
        var spans: [DaySpan] = []
        var since: Day?
        var day = from
        while day < to {
            let count = nights(through: day, years: years)
            if count >= threshold {
                if since == nil { since = day }
                if lastEnd == .never, CivilDate(dayNumber: day).minusYears(years).day >= lastStart { break }
            } else {
                if let start = since { spans.append(DaySpan(from: start, end: day)) }
                since = nil
                if day >= lastEnd { break }
                // Outside the intervals a count only shrinks: it grows again from the next one on.
                if let next = nextStart(after: day) { day = max(day, next - 1) }
            }
            day = leap(from: day, by: max(1, abs(count - threshold)), notBeyond: to)
        }
        if let since { spans.append(DaySpan(from: since, end: to)) }
        return spans
    }

    /// Where the next interval begins, if the day is in none.
    private func nextStart(after day: Day) -> Day? {
        guard let index = starts.firstIndex(where: { $0 > day }) else { return nil }
        return index > 0 && day < ends[index - 1] ? nil : starts[index]
    }

    private func leap(from day: Day, by days: Int, notBeyond end: Day) -> Day {
        end - day > Day(days) ? day + Day(days) : end
    }
}
