package import ByNameList
package import CivilTime
import ShippedConfig

extension Policy {
    /// As lists in the United States keep it; the values, not the shipped file.
    package static let likeUS = Policy(
        template: "us", inactivity: [InactivityLimit(days: 90)], hiddenIsHomeless: false,
        chronic: ChronicRuleDocument.shipped.usHUD,
        adultsOutsideFamiliesOnly: true)

    /// As lists in Canada keep it.
    package static let likeCanada = Policy(
        template: "canada", inactivity: [InactivityLimit(days: 90)], hiddenIsHomeless: true,
        chronic: ChronicRuleDocument.shipped.caReachingHome, adultsOutsideFamiliesOnly: false)

    /// As lists in Ontario keep it.
    package static let likeOntario = Policy(
        template: "ontario", inactivity: [InactivityLimit(days: 90)], hiddenIsHomeless: true,
        chronic: ChronicRuleDocument.shipped.on2018,
        adultsOutsideFamiliesOnly: false, requireConsent: true)

    /// One of the three, as it is or with some of its choices made otherwise.
    package static func random(using random: inout SplitMix64, inside days: ClosedRange<CivilDate>) -> Policy {
        var policy = random.pick([likeUS, likeCanada, likeOntario])
        guard random.chance(75) else { return policy }
        if random.chance(50) { policy.inactivity = limits(using: &random, inside: days) }
        if random.chance(20) { policy.inactivityComparator = .moreThan }
        if random.chance(30) { policy.institutionDaysMax = random.pick([1, 5, 20, 60, 89, 120]) }
        if random.chance(20) { policy.hiddenIsHomeless.toggle() }
        if random.chance(25) { policy.transitionalIsActive.toggle() }
        if random.chance(35) { policy.exitToUnknown = .inactive }
        if random.chance(30) { policy.returnLookbackDays = random.pick([0, 1, 10, 60, 365, 730]) }
        if random.chance(30) { policy.chronic = ChronicRuleDocument.shipped[random.pick(ChronicRule.allCases)] }
        if random.chance(25) { policy.chronicCurrency = .rule }
        if case .occasions(var test) = policy.chronic.test {
            test.continuous = random.pick(LengthUnit.allCases)
            test.cumulative = random.pick(LengthUnit.allCases)
            policy.chronic.test = .occasions(test)
        }
        if random.chance(20) { policy.adultsOutsideFamiliesOnly.toggle() }
        if random.chance(15) { policy.requireConsent.toggle() }
        if random.chance(20) { policy.waitingForHousingIsActivity = false }
        if random.chance(30) { policy.activityContacts = [random.pick(ContactKind.allCases), .outreach] }
        policy.savedFilters = (0..<random.number(0...savedFiltersMax)).map { filter($0, using: &random) }
        return policy
    }

    /// What a random policy has at the most.
    package static let savedFiltersMax = 3

    private static func filter(_ number: Int, using random: inout SplitMix64) -> SavedFilter {
        func some(_ random: inout SplitMix64) -> [Population] {
            random.chance(50) ? [random.pick(Population.standard)] : []
        }
        let within = some(&random)
        let outside = some(&random)
        let atLeast: Int? = random.chance(30) ? random.pick([18, 30, 55]) : nil
        let under: Int? = random.chance(30) ? random.pick([25, 56, 65]) : nil
        let question = random.pick([Question.veteran, .disablingCondition, .indigenousIdentity])
        let answer = random.pick([YesNo.yes, .no, .dontKnow])
        return SavedFilter(
            code: "filter_\(number)", name: "Filter \(number)", within: within, outside: outside, ageAtLeast: atLeast,
            ageUnder: under,
            answers: random.chance(50) ? [SavedFilter.AnswerCondition(question, anyOf: [answer.rawValue, 2])] : [])
    }

    private static func limits(
        using random: inout SplitMix64, inside days: ClosedRange<CivilDate>
    ) -> [InactivityLimit] {
        var limits = random.chance(85) ? [InactivityLimit(days: 90)] : []
        for _ in 0..<random.number(0...3) {
            let length = days.upperBound - days.lowerBound
            let from = days.lowerBound.adding(days: random.number(0...max(1, length)))
            limits.append(
                InactivityLimit(
                    from: random.chance(60) ? from : nil,
                    night: random.chance(60) ? random.pick(NightClass.allCases) : nil,
                    household: random.chance(40) ? random.pick(HouseholdType.allCases) : nil,
                    days: random.pick([1, 5, 20, 20, 30, 45, 90, 120, 200])))
        }
        return limits
    }
}
