/// What an agency does. The raw value is what the record keeps, for ever.
package enum AgencyKind: UInt8, CaseIterable, Sendable {
    case outreach = 1
    case shelter = 2
    case housing = 3
    case health = 4
    case childWelfare = 5
    /// A victim service provider: sends nothing personal, and whom it serves appears in counts only (34 U.S.C.
    /// 12291(b)(2)).
    case victimServices = 6
    /// Who keeps the list: coordinated access, the municipality.
    case coordination = 7
    case other = 8

    package var code: String {
        switch self {
        case .outreach: "outreach"
        case .shelter: "shelter"
        case .housing: "housing"
        case .health: "health"
        case .childWelfare: "child_welfare"
        case .victimServices: "victim_services"
        case .coordination: "coordination"
        case .other: "other"
        }
    }

    /// Whom it may have among its people: a victim service provider writes and counts, and sees nobody else's.
    package func mayBear(_ role: Role) -> Bool {
        switch (self, role) {
        case (.victimServices, .outreach), (.victimServices, .dashboard): true
        case (.victimServices, .coordinator), (.victimServices, .admin), (.victimServices, .auditor),
            (.victimServices, .collaborative):
            false
        case (.outreach, _), (.shelter, _), (.housing, _), (.health, _), (.childWelfare, _), (.coordination, _),
            (.other, _):
            true
        }
    }
}
