/// Where a night is spent (domain.md 4). The raw value is what the record keeps, for ever.
package enum Situation: UInt8, CaseIterable, Sendable {
    case unsheltered = 1
    case emergencyShelter = 2
    case safeHaven = 3
    case transitional = 4
    case transitionalVA = 5
    case doubledUp = 6
    case hotelSelfPay = 7
    case institution = 8
    case rapidRehousing = 9
    case permanentHousing = 10
    case unknown = 11

    /// What one night counts as.
    package var nightClass: NightClass {
        switch self {
        case .unsheltered, .emergencyShelter, .safeHaven: .literal
        case .transitional, .transitionalVA: .transitional
        case .doubledUp, .hotelSelfPay: .hidden
        case .institution: .institution
        case .rapidRehousing, .permanentHousing: .housed
        case .unknown: .unrecorded
        }
    }

    /// The word used in files, answers and settings.
    package var code: String {
        switch self {
        case .unsheltered: "unsheltered"
        case .emergencyShelter: "emergency_shelter"
        case .safeHaven: "safe_haven"
        case .transitional: "transitional"
        case .transitionalVA: "transitional_va"
        case .doubledUp: "doubled_up"
        case .hotelSelfPay: "hotel_self_pay"
        case .institution: "institution"
        case .rapidRehousing: "rapid_rehousing"
        case .permanentHousing: "permanent_housing"
        case .unknown: "unknown"
        }
    }
}

/// What one night counts as; of several records of one night the greater wins (domain.md 4, chronic-rules.md C7).
package enum NightClass: UInt8, CaseIterable, Comparable, Sendable {
    /// Nothing is known of the night.
    case unrecorded = 0
    /// With friends or in a motel at one's own cost.
    case hidden = 1
    /// On the street, in a shelter or safe haven.
    case literal = 2
    case institution = 3
    case transitional = 4
    case housed = 5

    package static func < (left: NightClass, right: NightClass) -> Bool { left.rawValue < right.rawValue }

    /// The word used in files, answers and settings.
    package var code: String {
        switch self {
        case .unrecorded: "unrecorded"
        case .hidden: "hidden"
        case .literal: "literal"
        case .institution: "institution"
        case .transitional: "transitional"
        case .housed: "housed"
        }
    }
}
