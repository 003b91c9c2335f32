import CivilTime

// Canada, Reaching Home: chronic-rules.md A3.
extension SlowChronicModel {
    func canadaMeetsTime(on day: CivilDate) -> Bool {
        guard let last = lastNight(on: day, where: \.isHomelessInCanada) else { return false }
        return canadaBasis(on: day, last: last) != nil
    }

    func canadaVerdict(on day: CivilDate) -> SlowChronicVerdict {
        let last = lastNight(on: day, where: \.isHomelessInCanada)
        let basis = last.flatMap { canadaBasis(on: day, last: $0) }
        let reason: SlowChronicVerdict.Reason? =
            last == nil ? .notCurrentlyHomeless : basis == nil ? .timeNotMet : nil
        let metByNights = basis == .halfOfOneYear || basis == .halfOfThreeYears
        var verdict = SlowChronicVerdict(
            status: reason == nil ? .chronic : .notChronic, reason: reason, basis: basis,
            nights: canadaNights(years: 1, on: day), presumed: presumption(last, day))
        verdict.nights3y = canadaNights(years: 3, on: day)
        verdict.carryOverCandidate = last.map { !metByNights && carriesOver(from: $0) } ?? false
        return verdict
    }

    // (a) six months of the past year, (b) eighteen of the past three; "recurrent" needs no test (A3, lemma).
    private func canadaBasis(on day: CivilDate, last: CivilDate) -> SlowChronicVerdict.Basis? {
        if canadaNights(years: 1, on: day) >= 180 { return .halfOfOneYear }
        if canadaNights(years: 3, on: day) >= 546 { return .halfOfThreeYears }
        if question.options.carryOver, carriesOver(from: last) { return .carryOver }
        return nil
    }

    private func canadaNights(years: Int, on day: CivilDate) -> Int {
        nights.count(from: windowStart(years: years, through: day), through: day, where: \.isHomelessInCanada)
    }

    // Discharged into homelessness from transitional housing or an institution, and chronic on entry (A3).
    private func carriesOver(from last: CivilDate) -> Bool {
        let before = nightBefore(last, where: \.isHomelessInCanada)
        guard nights[before] == .institution || nights[before].isTransitional else { return false }
        return canadaMeetsTime(on: nightBefore(before) { $0 == .institution || $0.isTransitional })
    }
}
