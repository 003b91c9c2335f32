package import CivilTime

/// Which of the backups that a schedule has made are kept: the newest few, and the newest of each of the last days,
/// weeks and months that have one.
package enum BackupKeeping {
    package static let newest = 4
    package static let days = 7
    package static let weeks = 5
    package static let months = 12

    /// The backups that no rule asks for. Days, weeks (from Monday) and months are those of UTC.
    package static func superfluous(of all: [Instant]) -> [Instant] {
        let sorted = Set(all).sorted(by: >)
        var kept = Set(sorted.prefix(newest))
        keep(days, of: sorted, in: &kept) { $0.dayNumber }
        // Day 0 was a Thursday.
        keep(weeks, of: sorted, in: &kept) { ($0.dayNumber + 3 + 7_000_000) / 7 }
        keep(months, of: sorted, in: &kept) { $0.month.monthNumber }
        return sorted.filter { !kept.contains($0) }
    }

    private static func keep(
        _ count: Int, of sorted: [Instant], in kept: inout Set<Instant>, by period: (CivilDate) -> Int32
    ) {
        var periods: Set<Int32> = []
        for instant in sorted {
            guard periods.insert(period(date(of: instant))).inserted else { continue }
            guard periods.count <= count else { return }
            kept.insert(instant)
        }
    }

    private static func date(of instant: Instant) -> CivilDate {
        CivilDate(dayNumber: Int32(clamping: instant.seconds / 86_400))
    }

    /// The time that is a backup's name; `nil` of a name that somebody chose.
    static func instant(named name: String) -> Instant? {
        guard name.utf8.count == 19 else { return nil }
        let date = name.prefix(11)
        let clock = name.dropFirst(11).map { $0 == "-" ? ":" : $0 }
        guard let instant = Instant("\(date)\(String(clock))Z"), Backup.name(at: instant) == name else { return nil }
        return instant
    }
}
