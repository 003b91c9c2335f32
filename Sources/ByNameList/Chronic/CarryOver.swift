/// Times of homelessness that go on from before a stay in a programme or institution (chronic-rules.md A3, D).
struct CarryOver {
    let rules: ChronicRuleSet
    let test: NightsTest
    let runs: [ClassRun]
    let count: NightCount

    /// The times of counting nights that began when a stay in a programme or institution ended, where the person was
    /// chronic on the night before that stay; in order.
    ///
    /// - Parameter lasts: until when such a time goes on by the list, which knows who is homeless; else by the rule, a
    ///   short absence included.
    func spans(byTheList lasts: Bool = false) -> [DaySpan] {
        var spans: [DaySpan] = []
        for index in runs.indices.dropFirst() where rules.counts(runs[index].nightClass) {
            var first = index
            while first > 0, isAway(runs[first - 1].nightClass) { first -= 1 }
            guard first > 0, first < index else { continue }
            let night = runs[first].from - 1
            let wasCarried = test.carriesOver && spans.last.map { $0.from <= night && night < $0.end } == true
            guard rules.presence(on: night, inRun: first - 1, of: runs).isCurrent, wasCarried || hasTime(on: night)
            else { continue }
            spans.append(DaySpan(from: runs[index].from, end: lasts ? endByTheList(index) : endByTheRule(index)))
        }
        return spans
    }

    private func hasTime(on night: Day) -> Bool {
        test.windows.contains { count.nights(through: night, years: $0.years) >= $0.leastNights }
    }

    private func isAway(_ night: NightClass) -> Bool {
        (night == .transitional || night == .institution) && !rules.isCurrent(night)
    }

    /// The day on which the time of counting nights that a run is in is over, a short absence after it included.
    private func endByTheRule(_ index: Int) -> Day {
        var last = index
        while last + 1 < runs.count, rules.counts(runs[last + 1].nightClass) { last += 1 }
        guard last + 1 < runs.count, runs[last + 1].nightClass == .unrecorded else { return runs[last].end }
        return min(runs[last + 1].end, runs[last].end + Day(rules.presumedNights))
    }

    /// Neither a stay in hospital nor silence inside the limit ends it; a night in a programme or a home does.
    private func endByTheList(_ index: Int) -> Day {
        runs[index...].first { $0.nightClass == .transitional || $0.nightClass == .housed }?.from ?? .never
    }
}
