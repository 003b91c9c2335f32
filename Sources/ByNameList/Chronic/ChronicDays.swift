import CivilTime

/// On which days of an episode somebody counts as chronically homeless (domain.md 6 and 9).
struct ChronicDays {
    let policy: Policy
    let determinations: [Step<Bool>]

    /// Steps within the episode, the first at its beginning.
    func steps(in episode: Episode, nights: [Step<Situation>]) -> [Step<Bool>] {
        var steps = computed(in: episode, nights: nights)
        guard let first = determinations.first else { return steps }
        steps.removeAll { $0.from >= first.from }
        steps += determinations
        return steps
    }

    private func computed(in episode: Episode, nights: [Step<Situation>]) -> [Step<Bool>] {
        guard let rule = NightsRule(policy.chronicRule) else { return [] }
        var spans: [DaySpan] = []
        let count = NightCount(nights, counting: rule.counts)
        for window in rule.windows {
            let more = count.days(
                from: episode.from, to: max(episode.to, episode.from + 1), holding: window.nights, years: window.years)
            spans = union(spans, more)
        }
        guard !spans.isEmpty else { return [] }
        let current = currency(rule, episode, nights)
        return steps(of: current.map { intersection(spans, $0) } ?? spans)
    }

    /// The days that are current; `nil`: all of the episode.
    private func currency(_ rule: NightsRule, _ episode: Episode, _ nights: [Step<Situation>]) -> [DaySpan]? {
        switch policy.chronicCurrency {
        case .rule:
            return rule.currentDays(nights)
        case .list:
            guard !rule.isCurrent(.transitional), nights.contains(where: { $0.value.nightClass == .transitional })
            else {
                return nil
            }
            return runs(of: nights).filter { $0.value != .transitional }.map(\.span)
        }
    }

    private func steps(of spans: [DaySpan]) -> [Step<Bool>] {
        spans.flatMap { span in
            let begin = Step(from: span.from, value: true)
            return span.end == .never ? [begin] : [begin, Step(from: span.end, value: false)]
        }
    }
}

/// A rule that counts nights in windows (chronic-rules.md A3, A4, D); `us_hud` counts occasions instead.
struct NightsRule: Sendable {
    let windows: [(years: Int, nights: Int)]
    // Arrays of a few: looked through faster than a set is hashed, for every night of every fold.
    let counted: [NightClass]
    let current: [NightClass]

    /// "More than 180 cumulative nights in a shelter or place not fit for human habitation" in the past year.
    private static let on2018 = NightsRule(
        windows: [(1, 181)], counted: [.literal], current: [.literal, .hidden, .transitional, .institution])
    /// 180 days over the past year, or 546 over the past three.
    private static let caReachingHome = NightsRule(
        windows: [(1, 180), (3, 546)], counted: [.literal, .hidden], current: [.literal, .hidden])

    private init(windows: [(years: Int, nights: Int)], counted: [NightClass], current: [NightClass]) {
        self.windows = windows
        self.counted = counted
        self.current = current
    }

    init?(_ rule: ChronicRule) {
        switch rule {
        case .on2018: self = NightsRule.on2018
        case .caReachingHome: self = NightsRule.caReachingHome
        case .usHUD: return nil
        }
    }

    func counts(_ night: NightClass) -> Bool { counted.contains(night) }

    func isCurrent(_ night: NightClass) -> Bool { current.contains(night) }

    /// The days whose night is current, or that follow such a night by up to six unrecorded ones (chronic-rules.md C2).
    func currentDays(_ nights: [Step<Situation>]) -> [DaySpan] {
        var spans: [DaySpan] = []
        var lastRecorded: NightClass?
        for run in runs(of: nights) {
            var span = run.span
            if run.value == .unrecorded {
                guard let lastRecorded, isCurrent(lastRecorded) else { continue }
                span = DaySpan(from: span.from, end: min(span.end, span.from + 6))
            } else {
                lastRecorded = run.value
                guard isCurrent(run.value) else { continue }
            }
            spans = union(spans, [span])
        }
        return spans
    }
}

/// The runs of nights of one class, from the first step on; the last one never ends.
private func runs(of nights: [Step<Situation>]) -> [(value: NightClass, span: DaySpan)] {
    nights.indices.map { index in
        let end = index + 1 < nights.count ? nights[index + 1].from : .never
        return (nights[index].value.nightClass, DaySpan(from: nights[index].from, end: end))
    }
}

private func union(_ one: [DaySpan], _ other: [DaySpan]) -> [DaySpan] {
    var merged: [DaySpan] = []
    for span in (one + other).sorted(by: { $0.from < $1.from }) {
        if let last = merged.last, span.from <= last.end {
            merged[merged.count - 1] = DaySpan(from: last.from, end: max(last.end, span.end))
        } else {
            merged.append(span)
        }
    }
    return merged
}

private func intersection(_ one: [DaySpan], _ other: [DaySpan]) -> [DaySpan] {
    var common: [DaySpan] = []
    for left in one {
        for right in other where max(left.from, right.from) < min(left.end, right.end) {
            common.append(DaySpan(from: max(left.from, right.from), end: min(left.end, right.end)))
        }
    }
    return common
}
