/// What somebody with a token is there for. The raw value is what the record keeps, for ever.
package enum Role: UInt8, CaseIterable, Sendable {
    /// Writes intakes and facts; reads the people whom the own agency serves or who consented to sharing.
    case outreach = 1
    /// Reads and writes everybody of the community.
    case coordinator = 2
    /// Reads aggregates.
    case dashboard = 3
    /// Looks after tokens and policy; sees no names.
    case admin = 4

    package var code: String {
        switch self {
        case .outreach: "outreach"
        case .coordinator: "coordinator"
        case .dashboard: "dashboard"
        case .admin: "admin"
        }
    }
}

/// Whom a role may see by a permission.
package enum Relation: UInt8, CaseIterable, Sendable {
    /// Nobody: the permission is not given.
    case nobody
    /// No person at all, but what the permission is about: figures, the policy.
    case figuresOnly
    /// Those whom the own agency serves, or who consented to sharing.
    case served
    /// Everybody of the community.
    case everybody
}

/// Somebody who asks or writes, by their token.
package struct Caller: Hashable, Sendable {
    package let role: Role
    package let agency: String

    package init(role: Role, agency: String) {
        self.role = role
        self.agency = agency
    }
}
