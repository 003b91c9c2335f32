import ByNameList
import CivilTime

/// Which populations somebody would belong to today, if active (domain.md 6).
extension SlowWalk {
    func criteria() -> PopulationSet {
        var result = PopulationSet()
        guard !policy.requireConsent || hasConsented() else { return result }
        let home = households.home(of: index, on: today)
        let isHead = home.head == record.person
        result.insert(.all, head: isHead)
        switch home.type {
        case .singles: result.insert(.allSingles, head: isHead)
        case .family: result.insert(.families, head: isHead)
        case .youth: result.insert(.youth, head: isHead)
        }
        let isCounted =
            !policy.adultsOutsideFamiliesOnly || (home.type != .family && record.isAged(18, on: today))
        if isCounted && isVeteran() { result.insert(.veterans, head: isHead) }
        if isCounted && isChronic() { result.insert(.chronic, head: isHead) }
        if isCounted && isVeteran() && isChronic() { result.insert(.chronicVeterans, head: isHead) }
        let identity = lastAnswer(record.indigenousAnswers)
        if identity == 1 || identity == 2 { result.insert(.indigenous, head: isHead) }
        let standard = result
        for (filter, population) in zip(policy.savedFilters, policy.populations.dropFirst(8))
        where isIn(filter, standard) {
            result.insert(population, head: isHead)
        }
        return result
    }

    private func isIn(_ filter: SavedFilter, _ standard: PopulationSet) -> Bool {
        for population in filter.within where !standard.contains(population, .persons) { return false }
        for population in filter.outside where standard.contains(population, .persons) { return false }
        if filter.ageAtLeast != nil || filter.ageUnder != nil {
            guard record.birth != nil else { return false }
            if let age = filter.ageAtLeast, !record.isAged(age, on: today) { return false }
            if let age = filter.ageUnder, record.isAged(age, on: today) { return false }
        }
        for condition in filter.answers {
            let answers: [(on: CivilDate?, value: UInt8)]
            switch condition.question {
            case .veteran: answers = record.veteranAnswers
            case .disablingCondition: answers = record.disabilityAnswers
            default: answers = record.indigenousAnswers
            }
            guard let last = lastAnswer(answers), condition.anyOf.contains(last) else { return false }
        }
        return true
    }

    private func hasConsented() -> Bool {
        var latest: (on: CivilDate, value: ConsentValue, until: CivilDate?)?
        for consent in record.listConsents where consent.on <= today {
            if latest.map({ $0.on <= consent.on }) ?? true { latest = consent }
        }
        guard let latest, latest.value == .given else { return false }
        return latest.until.map { today < $0 } ?? true
    }

    private func isVeteran() -> Bool { lastAnswer(record.veteranAnswers) == YesNo.yes.rawValue }

    private func hasDisability() -> Bool { lastAnswer(record.disabilityAnswers) == YesNo.yes.rawValue }

    private func lastAnswer(_ answers: [(on: CivilDate?, value: UInt8)]) -> UInt8? {
        let date = answers.compactMap(\.on).filter { $0 <= today }.max()
        var value: UInt8?
        for answer in answers where answer.on == date {
            // "Yes", of whatever kind, is not undone by "don't know" of the same date.
            if value == 1 || value == 2, answer.value == YesNo.dontKnow.rawValue { continue }
            value = answer.value
        }
        return value
    }

    private func isChronic() -> Bool {
        var latest: (on: CivilDate, rule: ChronicRule, chronic: Bool)?
        for determination in record.determinations
        where determination.rule == policy.chronicRule && determination.on <= today {
            if latest.map({ $0.on <= determination.on }) ?? true { latest = determination }
        }
        if let latest { return latest.chronic }
        switch policy.chronicRule {
        case .usHUD:
            let isEvaluated =
                record.isAged(18, on: today) || households.home(of: index, on: today).head == record.person
            guard hasDisability(), isEvaluated, let night = lastNightForHUD() else { return false }
            guard case .occasions(let test) = policy.chronic.test else { return false }
            return SlowOccasions(nights: nights, firstDay: firstDay, through: night).suffice(
                continuous: test.continuous, cumulative: test.cumulative)
        case .on2018: return isCurrent(under: .on2018) && nights(years: 1, hidden: false) > 180
        case .caReachingHome:
            return isCurrent(under: .caReachingHome)
                && (nights(years: 1, hidden: true) >= 180 || nights(years: 3, hidden: true) >= 546)
        }
    }

    /// The last night that HUD's rule counts, if the person is homeless now (domain.md 6; chronic-rules.md D).
    private func lastNightForHUD() -> Int? {
        guard let night = nights.lastIndex(of: .literal) else { return nil }
        if policy.chronicCurrency == .list { return nights.last == .transitional ? nil : night }
        let since = nights[(night + 1)...]
        if since.first == .institution {
            return since.allSatisfy { $0 == .institution } && since.count < 90 ? night : nil
        }
        return since.count <= 6 && since.allSatisfy { $0 == .hidden || $0 == .unrecorded } ? night : nil
    }

    private func isCurrent(under rule: ChronicRule) -> Bool {
        if policy.chronicCurrency == .list && nights.last != .transitional { return true }
        guard let last = lastRecordedNight, today - last.night <= 6 else { return false }
        switch last.nightClass {
        case .literal, .hidden: return true
        case .transitional, .institution: return rule == .on2018
        case .housed, .unrecorded: return false
        }
    }

    /// Homeless nights of so many calendar years up to today.
    private func nights(years: Int, hidden: Bool) -> Int {
        let start = max(0, today.minusYears(years).adding(days: 1) - firstDay)
        var count = 0
        for night in nights[start...] where night == .literal || (hidden && night == .hidden) { count += 1 }
        return count
    }
}
