/// Somebody who asks or writes, by their token.
package struct Caller: Hashable, Sendable {
    package let role: Role
    package let agency: String
    package let kind: AgencyKind

    package init(role: Role, agency: String, kind: AgencyKind = .other) {
        self.role = role
        self.agency = agency
        self.kind = kind
    }
}
