/// Whom a role may see by a permission.
package enum Relation: UInt8, CaseIterable, Sendable {
    /// Nobody: the permission is not given.
    case nobody
    /// No person at all, but what the permission is about: figures, the policy, the access log.
    case figuresOnly
    /// Those whom the own agency serves, or who consented to sharing.
    case served
    /// Everybody of the community.
    case everybody
    /// Everybody's number, and of nobody anything else.
    case numbersOnly

    /// What is seen of somebody who stands so to the caller: the second half of the authorization table, of which every
    /// cell is tested.
    package func sight(of nearness: Nearness) -> Sight {
        switch (self, nearness) {
        case (.nobody, _), (.figuresOnly, _): .nothing
        case (.numbersOnly, _): .codeOnly
        case (.served, .ownAgency), (.served, .consented): .everything
        case (.served, .notConsented), (.served, .sealed), (.served, .victimServices): .nothing
        case (.everybody, .ownAgency), (.everybody, .consented), (.everybody, .notConsented): .everything
        case (.everybody, .sealed): .codeOnly
        case (.everybody, .victimServices): .nothing
        }
    }
}

/// How somebody on the list stands to the agency of whoever asks.
package enum Nearness: CaseIterable, Sendable {
    /// The caller's own agency serves them.
    case ownAgency
    /// Another agency does, and they consented to sharing.
    case consented
    /// Another agency does, and they did not, or not any more.
    case notConsented
    /// Another agency does, and they are sealed: fleeing violence.
    case sealed
    /// A victim service provider does, or one asks about somebody else's.
    case victimServices
}

/// What a caller sees of somebody.
package enum Sight: Int, CaseIterable, Comparable, Sendable {
    /// As if they did not exist.
    case nothing
    /// That they are on the list, since when, and what they count in; nothing that tells who they are or where.
    case codeOnly
    case everything

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
