package import CivilTime
package import Store

/// The first second of a day in a zone.
package func firstInstant(of day: CivilDate, in zone: String, _ calendar: Calendar) -> Instant {
    let about = Int64(day.dayNumber) * 86_400
    var (before, within) = (about - 2 * 86_400, about + 2 * 86_400)
    while within - before > 1 {
        let middle = (before + within) / 2
        if calendar(zone, Instant(microseconds: middle * 1_000_000)) < day {
            before = middle
        } else {
            within = middle
        }
    }
    return Instant(microseconds: within * 1_000_000)
}
