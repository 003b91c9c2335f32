import CivilTime

/// What the rules share.
extension SlowChronicModel {
    /// The first night of the window: the day after the one that many calendar years earlier.
    func windowStart(years: Int, through last: CivilDate) -> CivilDate {
        last.minusYears(years).adding(days: 1)
    }

    /// The last night before `night` that is not of the kind, `night` itself being so.
    func nightBefore(_ night: CivilDate, where isOfKind: (SlowChronicNight) -> Bool) -> CivilDate {
        var before = night
        while isOfKind(nights[before]) { before = before.adding(days: -1) }
        return before
    }

    /// The night that shows the person currently homeless: the as-of night or, when nothing is recorded since, one at
    /// most six nights earlier (chronic-rules.md C2).
    func lastNight(on day: CivilDate, where isHomeless: (SlowChronicNight) -> Bool) -> CivilDate? {
        for away in 0...6 {
            let night = day.adding(days: -away)
            if nights[night] != .unrecorded { return isHomeless(nights[night]) ? night : nil }
        }
        return nil
    }

    func presumption(_ last: CivilDate?, _ day: CivilDate) -> SlowChronicVerdict.Presumption? {
        last == nil || last == day ? nil : .underSevenNights
    }
}
