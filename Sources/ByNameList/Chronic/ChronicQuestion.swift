package import CivilTime

/// What a rule must know about somebody to say whether they are chronically homeless on a day.
package struct ChronicQuestion: Sendable {
    package let nights: NightHistory
    package let asOf: CivilDate
    package let disability: Disability
    /// An adult, or the head of a household: the only ones whom HUD's rule speaks of (chronic-rules.md C9).
    package let isAdultOrHead: Bool
    /// The first day from which disability and role have been as they are, without a change.
    let standingSince: Day

    /// - Parameter nights: those up to `asOf`.
    package init(nights: NightHistory, asOf: CivilDate, disability: Disability, isAdultOrHead: Bool) {
        self.init(
            nights: nights, asOf: asOf, disability: disability, isAdultOrHead: isAdultOrHead, standingSince: .min)
    }

    init(
        nights: NightHistory, asOf: CivilDate, disability: Disability, isAdultOrHead: Bool, standingSince: Day
    ) {
        self.nights = nights
        self.asOf = asOf
        self.disability = disability
        self.isAdultOrHead = isAdultOrHead
        self.standingSince = standingSince
    }
}

extension ChronicRuleSet {
    /// The verdict on that day.
    package func verdict(on question: ChronicQuestion) -> ChronicVerdict {
        switch test {
        case .nights(let test): NightsVerdict(self, test, question).verdict()
        case .occasions(let test): OccasionsVerdict(self, test, question).verdict()
        }
    }

    /// The first day on which somebody who is not is chronic if the present night goes on; `nil` if they never will.
    func projected(on question: ChronicQuestion) -> Day? {
        switch test {
        case .nights(let test): NightsVerdict(self, test, question).prospect()
        case .occasions(let test): OccasionsVerdict(self, test, question).prospect()
        }
    }
}
