package import CivilTime

/// Where somebody spent the night, from a day to a day, as stated.
package struct ChronicStay: Hashable, Sendable {
    package let situation: Situation
    package let from: CivilDate
    /// The day of leaving, which is no night of it; `nil`: it goes on.
    package let to: CivilDate?

    package init(_ situation: Situation, from: CivilDate, to: CivilDate?) {
        self.situation = situation
        self.from = from
        self.to = to
    }
}

/// Where somebody spent each night: one situation a night, `.unknown` where there is no record.
package struct NightHistory: Sendable {
    /// In order; neighbours differ. The first is `.unknown`.
    let steps: [Step<Situation>]
    /// Open stays that a later stay on the street, in a shelter or with friends has ended (chronic-rules.md C8).
    package let endedByLater: [ChronicStay]

    init(steps: [Step<Situation>]) {
        self.steps = steps
        endedByLater = []
    }

    /// The nights of stays that may overlap, up to and including that of a day.
    ///
    /// Of several records of one night the greater class wins, then the later beginning (chronic-rules.md C7); an
    /// open-ended housed, transitional or institution stay ends where a later literal or hidden one begins (C8).
    ///
    /// - Parameter lastNight: later nights are left out, and stays that begin later bear on nothing (C14).
    package init(of stays: [ChronicStay], through lastNight: CivilDate) {
        let end = lastNight.day + 1
        var painted: [Painted] = []
        painted.reserveCapacity(stays.count)
        var homelessStarts: [Day] = []
        let hasOpenRecord = stays.contains { $0.to == nil && $0.situation.nightClass >= .institution }
        for stay in stays where stay.from.day < end {
            let night = Painted(
                from: stay.from.day, end: stay.to?.day ?? .never, situation: stay.situation,
                nightClass: stay.situation.nightClass)
            guard night.from < night.end, night.nightClass != .unrecorded else { continue }
            painted.append(night)
            if hasOpenRecord, night.nightClass == .literal || night.nightClass == .hidden {
                homelessStarts.append(night.from)
            }
        }
        homelessStarts.sort()
        var ended: [ChronicStay] = []
        for index in painted.indices where painted[index].end == .never && painted[index].nightClass >= .institution {
            let begin = painted[index].from
            let earlier = homelessStarts.countOfFirst { $0 <= begin }
            guard earlier < homelessStarts.count else { continue }
            painted[index].end = homelessStarts[earlier]
            ended.append(
                ChronicStay(painted[index].situation, from: CivilDate(dayNumber: painted[index].from), to: nil))
        }
        endedByLater = ended
        steps = NightHistory.paint(painted, before: end)
    }

    private struct Painted {
        let from: Day
        var end: Day
        let situation: Situation
        let nightClass: NightClass

        /// Whether it wins a night over the other.
        func beats(_ other: Painted) -> Bool {
            if nightClass != other.nightClass { return nightClass > other.nightClass }
            return from != other.from ? from > other.from : rank > other.rank
        }

        /// Of two that begin together, the one that maintains nobody's eligibility wins.
        private var rank: UInt8 { situation == .transitional ? .max : situation.rawValue }
    }

    private static func paint(_ stays: [Painted], before end: Day) -> [Step<Situation>] {
        var steps: [Step<Situation>] = []
        let stays = stays.sorted { $0.from < $1.from }
        // The stronger a stay, the sooner it ends: what is beaten for all of its nights to come is left out.
        var covering: [Painted] = []
        var next = 0
        var day = stays.first?.from ?? end
        while day < end {
            while let winner = covering.last, winner.end <= day { covering.removeLast() }
            while next < stays.count, stays[next].from == day {
                insert(stays[next], into: &covering)
                next += 1
            }
            let situation = covering.last?.situation ?? .unknown
            if steps.last?.value != situation { steps.append(Step(from: day, value: situation)) }
            day = min(end, covering.last?.end ?? end, next < stays.count ? stays[next].from : end)
        }
        // The nights after the last one that is asked about are unrecorded.
        if let last = steps.last, last.value != .unknown { steps.append(Step(from: end, value: .unknown)) }
        return steps
    }

    /// Puts a stay among those that cover a night, from the weakest to the strongest.
    private static func insert(_ stay: Painted, into covering: inout [Painted]) {
        var place = covering.count
        while place > 0, covering[place - 1].beats(stay) { place -= 1 }
        guard place == covering.count || covering[place].end < stay.end else { return }
        var first = place
        while first > 0, covering[first - 1].end <= stay.end { first -= 1 }
        covering.replaceSubrange(first..<place, with: CollectionOfOne(stay))
    }

    /// The nights up to that of a day, which goes on as it was for ever; or ends with it.
    func cut(after day: Day, goesOn: Bool) -> NightHistory {
        var kept = steps.filter { $0.from <= day }
        if !goesOn, let last = kept.last, last.value != .unknown { kept.append(Step(from: day + 1, value: .unknown)) }
        return NightHistory(steps: kept)
    }

    /// The maximal runs of nights of one class in order, unrecorded ones between them too; the last never ends.
    func classRuns() -> [ClassRun] {
        var runs: [ClassRun] = []
        runs.reserveCapacity(steps.count)
        for step in steps {
            let nightClass = step.value.nightClass
            if let last = runs.last, last.nightClass == nightClass { continue }
            if !runs.isEmpty { runs[runs.count - 1].end = step.from }
            runs.append(ClassRun(nightClass: nightClass, from: step.from, end: .never))
        }
        return runs
    }
}

/// Nights in a row of one class, `[from, end)`.
struct ClassRun {
    let nightClass: NightClass
    let from: Day
    var end: Day
}
