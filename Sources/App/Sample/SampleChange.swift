package import ByNameList
package import CivilTime
import Store

/// What one agency of the sample community wrote down about one person at one moment.
package struct SampleChange: Hashable, Sendable {
    /// When it was written down; the changes come in this order.
    package let recorded: Instant
    /// Who wrote.
    package let agency: SampleAgency
    /// Numbered from 0 in the order in which people are first written about.
    package let person: Int
    /// In order of recording; there is at least one.
    package let facts: [SampleFact]
}

/// A fact that has not got its number in a record yet.
package struct SampleFact: Hashable, Sendable {
    /// Its place among all facts of the community in order of recording, from 0.
    package let ordinal: Int
    /// What it says.
    package let statement: SampleStatement
    /// The ordinal of the fact whose place it takes.
    package let replaces: Int?
    /// Of a fact about identity.
    package let identity: IdentityDetails?

    /// The fact as a record takes it, once the record has numbers for households and for the facts before this one.
    package func content(
        household: (_ ordinal: Int) -> HouseholdID, fact: (_ ordinal: Int) -> FactID
    ) -> FactContent {
        switch statement {
        case .plain(let content): content
        case .household(let ordinal, let role, let from, let to):
            .household(HouseholdStatement(household: household(ordinal), role: role, from: from, to: to))
        case .void(let ordinal): .void(fact(ordinal))
        }
    }
}

/// What a sample fact says; households and facts go by their ordinals.
package enum SampleStatement: Hashable, Sendable {
    /// Anything that names neither a household nor a fact.
    case plain(FactContent)
    /// The person belongs to the household, numbered from 0 in the order in which they are first written about.
    case household(Int, HouseholdRole, from: CivilDate, to: CivilDate?)
    /// The fact of that ordinal was wrong.
    case void(Int)
}

/// Who writes in the sample community.
package enum SampleAgency: UInt8, CaseIterable, Sendable {
    case outreach
    case shelter
    /// A shelter of a victim service provider: it tells nobody a name.
    case victimServices
    case youthService
    case housingProvider

    /// As the agency calls itself.
    package var name: String {
        switch self {
        case .outreach: "Lantern Street Outreach"
        case .shelter: "Harbour Street Shelter"
        case .victimServices: "Willow House"
        case .youthService: "Compass Youth Centre"
        case .housingProvider: "Keystone Homes"
        }
    }

    package var kind: AgencyKind {
        switch self {
        case .outreach: .outreach
        case .shelter: .shelter
        case .victimServices: .victimServices
        case .youthService: .childWelfare
        case .housingProvider: .housing
        }
    }
}
