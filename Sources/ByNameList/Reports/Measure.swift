/// What the monthly report counts (domain.md 7). The raw value is what the record keeps.
package enum Measure: UInt8, CaseIterable, Sendable {
    case newlyIdentified = 1
    /// Entered a population while already active; for Chronic: aged in.
    case newlyMeetsCriteria = 2
    case returnedFromHousing = 3
    case returnedFromInactive = 4
    case housingMoveIns = 5
    case movedToInactive = 6
    /// Left a population while still active.
    case noLongerMeetsCriteria = 7

    package var isInflow: Bool {
        switch self {
        case .newlyIdentified, .newlyMeetsCriteria, .returnedFromHousing, .returnedFromInactive: true
        case .housingMoveIns, .movedToInactive, .noLongerMeetsCriteria: false
        }
    }

    /// The word used in files, answers and options.
    package var code: String {
        switch self {
        case .newlyIdentified: "newly_identified"
        case .newlyMeetsCriteria: "newly_meets_criteria"
        case .returnedFromHousing: "returned_from_housing"
        case .returnedFromInactive: "returned_from_inactive"
        case .housingMoveIns: "housing_move_ins"
        case .movedToInactive: "moved_to_inactive"
        case .noLongerMeetsCriteria: "no_longer_meets_criteria"
        }
    }
}

/// Why a change of criteria happened; the reason kept with `newlyMeetsCriteria` and `noLongerMeetsCriteria`.
package enum CriteriaReason: UInt8, CaseIterable, Sendable {
    /// The population's own criteria changed.
    case criteria = 0
    /// Only the head of the household changed; counted in households alone.
    case headship = 1

    package var code: String {
        switch self {
        case .criteria: "criteria"
        case .headship: "headship"
        }
    }
}
