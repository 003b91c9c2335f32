/// One definition of chronic homelessness with its parameters, as its file in `config/chronic` states them.
package struct ChronicRuleSet: Hashable, Sendable {
    package var rule: ChronicRule
    /// Raised whenever a parameter of the file changes; every verdict names it.
    package var version: Int
    /// The nights that add time.
    package var counted: [NightClass]
    /// The nights on which somebody is currently homeless.
    package var current: [NightClass]
    /// How many nights after the last recorded one somebody is still presumed to be homeless (chronic-rules.md C2).
    package var presumedNights: Int
    package var test: Test

    /// How the time is tested.
    package enum Test: Hashable, Sendable {
        case nights(NightsTest)
        case occasions(OccasionsTest)
    }

    package init(
        rule: ChronicRule, version: Int, counted: [NightClass], current: [NightClass], presumedNights: Int, test: Test
    ) {
        self.rule = rule
        self.version = version
        self.counted = counted
        self.current = current
        self.presumedNights = presumedNights
        self.test = test
    }

    func counts(_ night: NightClass) -> Bool { counted.contains(night) }

    func isCurrent(_ night: NightClass) -> Bool { current.contains(night) }
}

/// Enough nights in one of some windows: Reaching Home and Ontario (chronic-rules.md A3, A4).
package struct NightsTest: Hashable, Sendable {
    /// The shortest first, as they are tried and told.
    package var windows: [NightsWindow]
    /// Who was chronic when a stay in a programme or institution began, and is homeless again since its end, is chronic
    /// still (chronic-rules.md A3, the option `carry_over`).
    package var carriesOver: Bool

    package init(windows: [NightsWindow], carriesOver: Bool = false) {
        self.windows = windows
        self.carriesOver = carriesOver
    }
}

/// So many nights in the calendar years up to a day.
package struct NightsWindow: Hashable, Sendable {
    package let years: Int
    package let comparator: Comparator
    package let nights: Int

    package init(years: Int, _ comparator: Comparator, nights: Int) {
        self.years = years
        self.comparator = comparator
        self.nights = nights
    }

    /// The smallest number of nights that suffices.
    package var leastNights: Int { comparator == .moreThan ? nights + 1 : nights }
}

/// Twelve months without a break, or on several occasions: 24 CFR 578.3 (chronic-rules.md A1).
package struct OccasionsTest: Hashable, Sendable {
    /// The calendar years in which occasions are looked for.
    package var years: Int
    package var occasions: Int
    /// Nights in a row elsewhere that end an occasion; fewer are filled and counted.
    package var breakNights: Int
    /// A stay in an institution of fewer days counts, if the night before it did.
    package var institutionDaysUnder: Int
    package var nights: Int
    package var months: Int
    /// In what the twelve months without a break are told (chronic-rules.md C1).
    package var continuous: LengthUnit
    /// In what the months of several occasions are told.
    package var cumulative: LengthUnit
    /// Whose verdict a household has (chronic-rules.md C9).
    package var household: HouseholdVerdict

    package init(
        years: Int, occasions: Int, breakNights: Int, institutionDaysUnder: Int, nights: Int, months: Int,
        continuous: LengthUnit, cumulative: LengthUnit, household: HouseholdVerdict
    ) {
        self.years = years
        self.occasions = occasions
        self.breakNights = breakNights
        self.institutionDaysUnder = institutionDaysUnder
        self.nights = nights
        self.months = months
        self.continuous = continuous
        self.cumulative = cumulative
        self.household = household
    }
}

/// In what "twelve months" are told (chronic-rules.md C1).
package enum LengthUnit: String, CaseIterable, Sendable {
    /// 365 nights.
    case nights = "nights_365"
    /// Every calendar month in which a night was spent homeless.
    case calendarMonths = "calendar_months"
}

/// Whose verdict a household has (chronic-rules.md C9).
package enum HouseholdVerdict: String, CaseIterable, Sendable {
    /// 578.3(3).
    case head
    /// As HUD's reports have it.
    case anyAdult = "any_adult"
}

/// The rule sets of all three definitions.
package struct ChronicRuleSets: Hashable, Sendable {
    package var usHUD: ChronicRuleSet
    package var caReachingHome: ChronicRuleSet
    package var on2018: ChronicRuleSet

    package init(usHUD: ChronicRuleSet, caReachingHome: ChronicRuleSet, on2018: ChronicRuleSet) {
        self.usHUD = usHUD
        self.caReachingHome = caReachingHome
        self.on2018 = on2018
    }

    package subscript(rule: ChronicRule) -> ChronicRuleSet {
        switch rule {
        case .usHUD: usHUD
        case .caReachingHome: caReachingHome
        case .on2018: on2018
        }
    }
}
