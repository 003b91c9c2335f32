import ByNameList
import CivilTime

/// A move-in that stands, and what is odd about it.
struct StandingMoveIn {
    let on: CivilDate
    var finding: ImportFindingKind?
}

extension HMISMapping {
    /// Permanent housing: the move-in, and the wait for it.
    mutating func addHousing(_ enrolment: Enrolment) throws {
        let row = enrolment.row
        try noteImpossibleMoveIn(enrolment)
        guard let housing = row.project.type.housing else { return }
        if let moveIn = enrolment.moveIn {
            if let finding = moveIn.finding {
                try note(
                    row.row, finding, finding == .moveInDiffersFromHead ? .takenFromHead : .kept, column: "MoveInDate")
            }
            add(
                row.row, "moveIn", .moveIn(MoveIn(on: moveIn.on, housing: housing, to: enrolment.to)),
                detail(row.project, row.stamps))
        }
        try addWaiting(enrolment, until: enrolment.moveIn?.on ?? enrolment.to)
    }

    private mutating func addWaiting(_ enrolment: Enrolment, until end: CivilDate?) throws {
        let row = enrolment.row
        guard row.livingSituation?.isLiterallyHomeless == true || row.previousStreet == 1, end != row.entry else {
            return
        }
        let confirmed = end == nil ? max(row.entry, export.endDate) : nil
        add(
            row.row, "waiting", .waiting(WaitingForHousing(from: row.entry, to: end, confirmedTo: confirmed)),
            detail(row.project, row.stamps))
        if end == nil, export.endDate - row.entry > 365 { try note(row.row, .waitingLong, .kept) }
    }

    private func noteImpossibleMoveIn(_ enrolment: Enrolment) throws {
        guard let date = enrolment.row.moveIn else { return }
        let row = enrolment.row.row
        if date < enrolment.entry {
            try note(row, .moveInBeforeEntry, .valueDropped, column: "MoveInDate")
        } else if let to = enrolment.to, date > to {
            try note(row, .moveInAfterExit, .valueDropped, column: "MoveInDate")
        } else if enrolment.project.type.housing == nil {
            try note(row, .moveInElsewhere, .valueDropped, column: "MoveInDate")
        }
    }

    /// The move-in that counts: the head's own, for members that of the head if they were enrolled then.
    func moveIn(_ enrolment: Enrolment, _ household: HouseholdRows) -> StandingMoveIn? {
        let row = enrolment.row
        guard row.project.type.housing != nil else { return nil }
        let own = enrolment.ownMoveIn
        guard !row.isHead, !row.row.group.isEmpty else { return own.map { StandingMoveIn(on: $0) } }
        // Of two heads that moved in, the one with the smaller id.
        let head = household.others
            .filter { $0.row.isHead && $0.project.id == row.project.id && $0.ownMoveIn != nil }
            .min { ($0.row.row.person, $0.row.id) < ($1.row.row.person, $1.row.id) }
        guard let head, let moved = head.ownMoveIn, let date = memberDate(enrolment, head: head, moved: moved)
        else { return own.map { StandingMoveIn(on: $0, finding: .moveInWithoutHead) } }
        return StandingMoveIn(on: date, finding: own == nil || own == date ? nil : .moveInDiffersFromHead)
    }

    /// `nil` for a member who had left before the head moved in, or came after the head had left.
    private func memberDate(_ member: Enrolment, head: Enrolment, moved: CivilDate) -> CivilDate? {
        guard member.to.map({ moved <= $0 }) ?? true, head.to.map({ member.entry <= $0 }) ?? true else { return nil }
        return max(moved, member.entry)
    }
}
