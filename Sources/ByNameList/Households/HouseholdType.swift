/// The one kind that a household is of on a day (domain.md 6).
package enum HouseholdType: UInt8, CaseIterable, Sendable {
    /// Neither family nor youth.
    case singles = 1
    /// An adult and someone under 18.
    case family = 2
    /// Everyone under 25, and no family.
    case youth = 3

    package var code: String {
        switch self {
        case .singles: "all_singles"
        case .family: "families"
        case .youth: "youth"
        }
    }
}
