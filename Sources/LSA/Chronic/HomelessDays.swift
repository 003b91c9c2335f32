import CivilTime

/// On which days of the window somebody was on the street, in shelter or in safe haven (LSA 5.7 to 5.9).
struct HomelessDays {
    private let window: ChronicWindow
    private var included: [Bool]
    private var excluded: [Bool]

    /// The days that enrolments say, those left out that the window does not touch.
    init(_ enrolments: [EffectiveEnrolment], in window: ChronicWindow) {
        self.window = window
        let count = window.lastActive - window.start + 1
        included = Array(repeating: false, count: count)
        excluded = included
        for enrolment in enrolments {
            exclude(enrolment)
            include(enrolment)
        }
    }

    /// Two homeless days that are seven days or less apart have no break between them, whatever lies there (5.8).
    private static let apartMax = 7

    /// The runs of days, the earliest first.
    var episodes: [HomelessEpisode] {
        var episodes: [HomelessEpisode] = []
        for offset in included.indices where included[offset] && !excluded[offset] {
            let day = window.start.adding(days: offset)
            if let last = episodes.last, day - last.end <= HomelessDays.apartMax {
                episodes[episodes.count - 1] = HomelessEpisode(start: last.start, end: day)
            } else {
                episodes.append(HomelessEpisode(start: day, end: day))
            }
        }
        return episodes
    }

    /// In transitional housing and after a move-in nobody is homeless, whatever else is recorded (5.7).
    private mutating func exclude(_ enrolment: EffectiveEnrolment) {
        switch enrolment.type {
        case .transitional: excluded.mark(offsets(from: enrolment.entry, to: enrolment.exit))
        case .supportiveHousing, .rapidRehousing, .rapidRehousingServicesOnly:
            if let moveIn = enrolment.moveIn { excluded.mark(offsets(from: moveIn, to: enrolment.exit)) }
        case .shelter, .shelterNightByNight, .safeHaven: break
        }
    }

    /// Nights in shelter and safe haven, and those before them that the person told of (5.8).
    private mutating func include(_ enrolment: EffectiveEnrolment) {
        switch enrolment.type {
        case .shelter, .safeHaven: included.mark(offsets(from: enrolment.entry, to: enrolment.exit))
        case .shelterNightByNight:
            for night in enrolment.bedNights?.dates ?? [] {
                included.mark(offsets(from: night, to: night.adding(days: 1)))
            }
        case .transitional, .supportiveHousing, .rapidRehousing, .rapidRehousingServicesOnly: break
        }
        guard enrolment.entry > window.start, enrolment.answers.isFromStreet(into: enrolment.type),
            let since = enrolment.answers.homelessSince
        else { return }
        // Who waits for a move-in is homeless until then.
        let until = enrolment.type.hasMoveIn ? enrolment.moveIn ?? enrolment.exit : enrolment.entry
        included.mark(offsets(from: since, to: until))
    }

    /// The days of the window from one date to the day before another, or to its end.
    private func offsets(from start: CivilDate, to end: CivilDate?) -> Range<Int> {
        let lower = min(max(0, start - window.start), included.count)
        let upper = end.map { min($0 - window.start, included.count) } ?? included.count
        return lower..<max(lower, upper)
    }
}

extension [Bool] {
    fileprivate mutating func mark(_ offsets: Range<Int>) {
        for offset in offsets { self[offset] = true }
    }
}
