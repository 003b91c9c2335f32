/// What somebody with a token is there for. The raw value is what the record keeps, for ever.
package enum Role: UInt8, CaseIterable, Sendable {
    /// Writes intakes and facts; reads the people whom the own agency serves or who consented to sharing.
    case outreach = 1
    /// Reads and writes everybody of the community; of who is sealed, nothing that tells who or where.
    case coordinator = 2
    /// Reads aggregates, small counts left out.
    case dashboard = 3
    /// Looks after agencies, tokens and policy; sees no names.
    case admin = 4
    /// Reads who was shown to whom; sees no names.
    case auditor = 5
    /// Reads aggregates of several communities, small counts left out.
    case collaborative = 6

    package var code: String {
        switch self {
        case .outreach: "outreach"
        case .coordinator: "coordinator"
        case .dashboard: "dashboard"
        case .admin: "admin"
        case .auditor: "auditor"
        case .collaborative: "collaborative"
        }
    }

    /// Whether figures are shown as they are; from other roles the counts of a few people are withheld, and they read
    /// months that have ended, as now known (decision 0010).
    package var seesSmallCounts: Bool {
        switch self {
        case .outreach, .coordinator, .admin: true
        case .dashboard, .collaborative, .auditor: false
        }
    }
}
