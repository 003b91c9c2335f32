package import CivilTime

/// Where somebody stands on the list (domain.md 5).
package enum ListStatus: UInt8, CaseIterable, Sendable {
    /// Never identified as homeless here.
    case unknown = 0
    case active = 1
    case housed = 2
    case inactive = 3
    case deceased = 4

    package var code: String {
        switch self {
        case .unknown: "unknown"
        case .active: "active"
        case .housed: "housed"
        case .inactive: "inactive"
        case .deceased: "deceased"
        }
    }
}

/// One change of list status, with what caused it.
package struct StatusChange: Hashable, Sendable {
    package let on: CivilDate
    package let from: ListStatus
    package let to: ListStatus
    /// The flow it is counted in; `nil` for a change that no figure counts.
    package let measure: Measure?
    /// An `InactiveReason` or `Housing`, as its raw value; 0 where the measure has no reasons.
    package let reason: UInt8
    /// The fact that brought it about; `nil` where time alone did, counted from `since`.
    package let fact: FactID?
    package let rule: TimelineRule
    /// For a limit: the day it was counted from.
    package let since: CivilDate?
}

/// The line of domain.md 5 that a change of status follows.
package enum TimelineRule: UInt8, CaseIterable, Sendable {
    case identification
    case moveIn
    case statedInactivity
    case inactivityLimit
    case institutionLimit
    case notLiterallyHomeless
    case exitToUnknown
    case returnFromHousing
    case returnFromInactive
    case death
}

/// Part of a time on the active list during which the person's populations did not change.
///
/// Consecutive spells that meet as `.newlyMeetsCriteria` / `.noLongerMeetsCriteria` make one episode.
/// A spell may begin and end on one day: both its events count, no end of day does.
package struct Spell: Hashable, Sendable {
    package let from: CivilDate
    /// The day on which it no longer holds; `nil`: nothing that is known ends it.
    package let to: CivilDate?
    package let populations: PopulationSet
    /// What is still missing about the person.
    package let gaps: Gaps
    /// The inflow, or `.newlyMeetsCriteria` where the spell goes on from the one before.
    package let opened: Measure
    /// The outflow, or `.noLongerMeetsCriteria` where the next spell goes on; `nil` if it does not end.
    package let closed: Measure?
    /// The reason of the outflow: an `InactiveReason` or `Housing`, as its raw value; else 0.
    package let closedReason: UInt8
    /// The day on which the person becomes chronically homeless if the stay with which the spell goes on lasts
    /// (domain.md 9); only of the last time on the list, and `nil` if they are chronic already or never will be.
    package let projectedChronic: CivilDate?

    package init(
        from: CivilDate, to: CivilDate?, populations: PopulationSet, gaps: Gaps, opened: Measure, closed: Measure?,
        closedReason: UInt8, projectedChronic: CivilDate? = nil
    ) {
        self.from = from
        self.to = to
        self.populations = populations
        self.gaps = gaps
        self.opened = opened
        self.closed = closed
        self.closedReason = closedReason
        self.projectedChronic = projectedChronic
    }

    package var beginsEpisode: Bool { opened != .newlyMeetsCriteria }
    package var endsEpisode: Bool { closed != .noLongerMeetsCriteria }
}

/// What a report says is missing about people who are counted all the same.
package struct Gaps: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let unnamed = Gaps(rawValue: 1)
    package static let unassessed = Gaps(rawValue: 2)
    package static let unconsented = Gaps(rawValue: 4)
}

/// Facts that do not fit together, or a reading that a person should check (domain.md 1).
package struct Finding: Hashable, Sendable {
    package let kind: FindingKind
    package let on: CivilDate
    package let fact: FactID?
}

package enum FindingKind: UInt8, CaseIterable, Sendable {
    case homelessEvidenceInsideHousing
    case evidenceAfterDeath
    case moveInWhileInactive
    case moveInBeforeIdentification
    case overlappingHouseholds
    case severalHeads
    case noHead
    case unknownAge
    case waitingOverAYear
    case determinationDisagrees

    package var code: String {
        switch self {
        case .homelessEvidenceInsideHousing: "homeless_evidence_inside_housing"
        case .evidenceAfterDeath: "evidence_after_death"
        case .moveInWhileInactive: "move_in_while_inactive"
        case .moveInBeforeIdentification: "move_in_before_identification"
        case .overlappingHouseholds: "overlapping_households"
        case .severalHeads: "several_heads"
        case .noHead: "no_head"
        case .unknownAge: "unknown_age"
        case .waitingOverAYear: "waiting_over_a_year"
        case .determinationDisagrees: "determination_disagrees"
        }
    }
}

/// What the facts about one person come to, from the first day to the last on which anything changes by itself.
package struct Timeline: Hashable, Sendable {
    package let person: PersonID
    /// In order; several may fall on one day.
    package let changes: [StatusChange]
    /// The times on the active list, cut where populations change; in order.
    package let spells: [Spell]
    package let findings: [Finding]
}

/// A person and the facts about them that stand.
package struct Life: Sendable {
    package let person: PersonID
    package let facts: [StandingFact]

    package init(person: PersonID, facts: [StandingFact]) {
        self.person = person
        self.facts = facts
    }
}
