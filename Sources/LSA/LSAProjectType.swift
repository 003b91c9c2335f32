/// The kinds of projects that the report looks at (LSAProjectType, LSA 3.3).
package enum LSAProjectType: Int, CaseIterable, Sendable {
    case shelter = 0
    case shelterNightByNight = 1
    case transitional = 2
    case supportiveHousing = 3
    case safeHaven = 8
    case rapidRehousing = 13
    case rapidRehousingServicesOnly = 15

    /// The kind that ProjectType and RRHSubType of a project say together; `nil` for projects that are not looked at.
    package init?(projectType: Int?, rapidRehousingSubType: Int?) {
        switch (projectType, rapidRehousingSubType) {
        case (0, _): self = .shelter
        case (1, _): self = .shelterNightByNight
        case (2, _): self = .transitional
        case (3, _): self = .supportiveHousing
        case (8, _): self = .safeHaven
        case (13, 1): self = .rapidRehousingServicesOnly
        case (13, 2): self = .rapidRehousing
        default: return nil
        }
    }

    /// Its nights are nights in shelter or safe haven (5.8).
    var isShelterOrSafeHaven: Bool {
        switch self {
        case .shelter, .shelterNightByNight, .safeHaven: true
        case .transitional, .supportiveHousing, .rapidRehousing, .rapidRehousingServicesOnly: false
        }
    }

    /// Its households are housed from a move-in on (3.3 MoveInDate).
    var hasMoveIn: Bool {
        switch self {
        case .supportiveHousing, .rapidRehousing, .rapidRehousingServicesOnly: true
        case .shelter, .shelterNightByNight, .transitional, .safeHaven: false
        }
    }

    /// A household that leaves on the day of its move-in was housed by it (3.3).
    var mayEndAtMoveIn: Bool {
        switch self {
        case .rapidRehousing, .rapidRehousingServicesOnly: true
        case .shelter, .shelterNightByNight, .transitional, .supportiveHousing, .safeHaven: false
        }
    }
}
