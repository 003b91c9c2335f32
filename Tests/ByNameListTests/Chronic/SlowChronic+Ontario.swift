import CivilTime

// Ontario: chronic-rules.md A4.
extension SlowChronicModel {
    func ontarioMeetsTime(on day: CivilDate) -> Bool {
        lastNight(on: day, where: \.isHomelessInOntario) != nil && ontarioNights(on: day) > 180
    }

    func ontarioVerdict(on day: CivilDate) -> SlowChronicVerdict {
        let last = lastNight(on: day, where: \.isHomelessInOntario)
        let count = ontarioNights(on: day)
        let reason: SlowChronicVerdict.Reason? =
            last == nil ? .notCurrentlyHomeless : count > 180 ? nil : .timeNotMet
        return SlowChronicVerdict(
            status: reason == nil ? .chronic : .notChronic, reason: reason, nights: count,
            presumed: presumption(last, day))
    }

    // "In a shelter or place not fit for human habitation"; the past year is a calendar year (C11).
    private func ontarioNights(on day: CivilDate) -> Int {
        nights.count(from: windowStart(years: 1, through: day), through: day) { $0 == .literal }
    }
}
