package import CivilTime

/// The choices a community has made where the field disagrees (domain.md: every **choice**).
///
/// Values come from the community's recorded policy; the templates are in `config/policies`.
package struct Policy: Hashable, Sendable {
    /// The template it was copied from.
    package var template: String
    /// In order; the last that matches a day, situation and household is in force.
    package var inactivity: [InactivityLimit]
    package var inactivityComparator: Comparator
    /// Somebody moves to inactive on the day after that many days in an institution, the day of admission included.
    package var institutionDaysMax: Int
    package var hiddenIsHomeless: Bool
    package var transitionalIsActive: Bool
    package var exitToUnknown: ExitToUnknown
    /// A return later than this after the last outflow is newly identified; `nil`: ever returned.
    package var returnLookbackDays: Int?
    /// The rule that defines the Chronic population.
    package var chronic: ChronicRuleSet
    package var chronicCurrency: ChronicCurrency
    /// Veterans and Chronic count adults outside families only.
    package var adultsOutsideFamiliesOnly: Bool
    /// Consent to be on the list is a criterion of every population.
    package var requireConsent: Bool
    package var waitingForHousingIsActivity: Bool
    /// Kinds of contact that count as activity although nobody was seen homeless.
    package var activityContacts: Set<ContactKind>
    /// Years without a word about somebody after which who they are is erased; `nil`: never by itself.
    package var eraseAfterYears: Int? = 7
    /// Counts under it are withheld from roles that must not see them; below 2 none.
    package var smallCountsUnder: Int
    /// Populations that the community has defined for itself, in order; at most `Population.savedMax`.
    package var savedFilters: [SavedFilter] = []
    /// A month is reliable if what its flows do not explain is at most that share of the people who are active.
    package var reliabilityThreshold = 0.15

    /// Cautious, as it holds where a policy says nothing: what the Centers for Medicare and Medicaid Services ask for.
    package static let smallCountsUnderUnlessSaid = 11

    package init(
        template: String, inactivity: [InactivityLimit], inactivityComparator: Comparator = .atLeast,
        institutionDaysMax: Int = 90, hiddenIsHomeless: Bool, transitionalIsActive: Bool = true,
        exitToUnknown: ExitToUnknown = .stay, returnLookbackDays: Int? = nil, chronic: ChronicRuleSet,
        chronicCurrency: ChronicCurrency = .list, adultsOutsideFamiliesOnly: Bool, requireConsent: Bool = false,
        waitingForHousingIsActivity: Bool = true, activityContacts: Set<ContactKind> = [],
        smallCountsUnder: Int = Policy.smallCountsUnderUnlessSaid
    ) {
        self.template = template
        self.inactivity = inactivity
        self.inactivityComparator = inactivityComparator
        self.institutionDaysMax = institutionDaysMax
        self.hiddenIsHomeless = hiddenIsHomeless
        self.transitionalIsActive = transitionalIsActive
        self.exitToUnknown = exitToUnknown
        self.returnLookbackDays = returnLookbackDays
        self.chronic = chronic
        self.chronicCurrency = chronicCurrency
        self.adultsOutsideFamiliesOnly = adultsOutsideFamiliesOnly
        self.requireConsent = requireConsent
        self.waitingForHousingIsActivity = waitingForHousingIsActivity
        self.activityContacts = activityContacts
        self.smallCountsUnder = smallCountsUnder
    }

    package var chronicRule: ChronicRule { chronic.rule }

    /// Days of silence until inactivity for that day, night and household; `nil` if no limit is set.
    package func inactivityDays(on day: CivilDate, night: Situation, household: HouseholdType) -> Int? {
        inactivity.last { $0.matches(day: day, night: night, household: household) }?.days
    }

    /// Whether a recorded night of that class is homelessness, so that it identifies and brings back.
    package func isHomeless(_ night: NightClass) -> Bool {
        switch night {
        case .literal: true
        case .hidden: hiddenIsHomeless
        case .transitional: transitionalIsActive
        case .institution, .housed, .unrecorded: false
        }
    }

    /// Whether a recorded stay of that class says that the person is not literally homeless any more.
    package func endsHomelessness(_ night: NightClass) -> Bool {
        switch night {
        case .hidden: !hiddenIsHomeless
        case .transitional: !transitionalIsActive
        case .literal, .institution, .housed, .unrecorded: false
        }
    }
}

/// Days without activity after which somebody is inactive, for some nights and households, from some date on.
package struct InactivityLimit: Hashable, Sendable {
    /// `nil`: always.
    package let from: CivilDate?
    /// `nil`: every night.
    package let night: NightClass?
    /// `nil`: every situation of that class.
    package let situation: Situation?
    /// `nil`: every household.
    package let household: HouseholdType?
    package let days: Int

    package init(
        from: CivilDate? = nil, night: NightClass? = nil, situation: Situation? = nil,
        household: HouseholdType? = nil, days: Int
    ) {
        self.from = from
        self.night = night
        self.situation = situation
        self.household = household
        self.days = days
    }

    func matches(day: CivilDate, night: Situation, household: HouseholdType) -> Bool {
        (from.map { $0 <= day } ?? true) && (self.night.map { $0 == night.nightClass } ?? true)
            && (situation.map { $0 == night } ?? true) && (self.household.map { $0 == household } ?? true)
    }
}

package enum Comparator: String, CaseIterable, Sendable {
    case atLeast = "at_least"
    case moreThan = "more_than"
}

package enum ExitToUnknown: String, CaseIterable, Sendable {
    case stay
    case inactive
}

package enum ChronicCurrency: String, CaseIterable, Sendable {
    /// Who is on the list is currently homeless.
    case list
    /// The rule's own test of who is currently homeless.
    case rule
}
