import CivilTime
import Fixtures
import Store
import Testing

@Suite struct `The backups that are kept` {
    /// The rules read aloud, one backup after the other.
    private func slowlyKept(_ all: [Instant]) -> Set<Instant> {
        func date(_ instant: Instant) -> CivilDate { CivilDate(dayNumber: Int32(instant.seconds / 86_400)) }
        func isNewest(_ instant: Instant, in same: (CivilDate) -> Bool) -> Bool {
            !all.contains { $0 > instant && same(date($0)) }
        }
        /// Monday of the week.
        func monday(_ date: CivilDate) -> Int32 {
            var day = date.dayNumber
            // 1970-01-05 was a Monday.
            while (day - 4) % 7 != 0 { day -= 1 }
            return day
        }
        return Set(
            all.filter { instant in
                let day = date(instant)
                let laterDays = Set(all.map { date($0).dayNumber }.filter { $0 > day.dayNumber })
                let laterWeeks = Set(all.map { monday(date($0)) }.filter { $0 > monday(day) })
                let laterMonths = Set(all.map { date($0).month }.filter { $0 > day.month })
                return all.count { $0 > instant } < BackupKeeping.newest
                    || laterDays.count < BackupKeeping.days && isNewest(instant) { $0 == day }
                    || laterWeeks.count < BackupKeeping.weeks && isNewest(instant) { monday($0) == monday(day) }
                    || laterMonths.count < BackupKeeping.months && isNewest(instant) { $0.month == day.month }
            })
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `are the newest few, and the newest of each day, week and month`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var all: Set<Instant> = []
        let spread = [3_600, 86_400, 86_400 * 40, 86_400 * 700][Int(seed % 4)]
        for _ in 0..<Int(random.number(0...60)) {
            all.insert(Instant(microseconds: (1_700_000_000 + Int64(random.number(0...spread))) * 1_000_000))
        }
        let superfluous = BackupKeeping.superfluous(of: all.shuffled())
        #expect(all.subtracting(superfluous) == slowlyKept(Array(all)))
    }

    @Test func `of a year every quarter of an hour are some thirty`() {
        let all = (0..<(366 * 96)).map { Instant(microseconds: (1_700_000_000 + Int64($0) * 900) * 1_000_000) }
        let kept = all.count - BackupKeeping.superfluous(of: all).count
        #expect((20...28).contains(kept), "\(kept)")
        // What was removed once is not missed: the rules leave what they kept.
        let rest = Set(all).subtracting(BackupKeeping.superfluous(of: all))
        #expect(BackupKeeping.superfluous(of: Array(rest)) == [])
    }
}
