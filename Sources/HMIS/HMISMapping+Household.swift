import ByNameList
import CivilTime

/// The other people's enrolments with one HouseholdID.
struct HouseholdRows {
    let others: [Enrolment]
    let isTooLarge: Bool
}

extension HMISMapping {
    /// More enrolments with one HouseholdID are no household but a filler.
    static var householdEnrolmentsMax: Int { 100 }

    /// What the other enrolments with the HouseholdID say; nobody else's, if it is no household's id.
    func household(of enrolment: Enrolment) throws -> HouseholdRows {
        let row = enrolment.row
        guard !row.row.group.isEmpty else { return HouseholdRows(others: [], isTooLarge: false) }
        let max = HMISMapping.householdEnrolmentsMax
        let staged = try context.staged.enrolments(ofHousehold: row.row.group, limit: max + 1)
        guard staged.count > 1 else { return HouseholdRows(others: [], isTooLarge: false) }
        guard staged.count(where: { $0.file == .enrollment }) <= max else {
            return HouseholdRows(others: [], isTooLarge: true)
        }
        let others = try Enrolment.assemble(staged.filter { $0.person != row.row.person }, context, quiet: true)
        return HouseholdRows(others: others, isTooLarge: false)
    }

    /// The household that the enrolment states; its exit ends it only while others of the household are still enrolled.
    mutating func addHousehold(_ enrolment: Enrolment, _ household: HouseholdRows) throws {
        let row = enrolment.row
        guard !row.row.group.isEmpty else {
            try note(row.row, .householdMissing, .onlyShown, column: "HouseholdID")
            return
        }
        guard !household.isTooLarge else {
            try note(row.row, .householdTooLarge, .valueDropped, column: "HouseholdID")
            return
        }
        if row.isHead, household.others.contains(where: { $0.row.isHead && $0.project.id == row.project.id }) {
            try note(row.row, .severalHeads, .kept, column: "RelationshipToHoH")
        }
        var end: CivilDate?
        if case .exited(let date) = enrolment.end, household.others.contains(where: { $0.covers(date) }) { end = date }
        addHousehold(
            row.row, .household(key: row.row.group, role: try role(row), from: row.entry, to: end),
            detail(row.project, row.stamps, code: ("RelationshipToHoH", row.relationship)))
    }

    /// A head's son of forty is an adult: the age at entry goes before the relationship.
    private func role(_ row: EnrolmentRow) throws -> HouseholdRole {
        let isAdult = client.birth.map { $0.birthday(age: 18) <= row.entry }
        switch row.relationship {
        case 1: return .head
        case 2: return isAdult == true ? .adult : .child
        case 3: return .adult
        case 4, 5: return isAdult.map { $0 ? .adult : .child } ?? .member
        case nil, 99: return .member
        default:
            try note(row.row, .unknownCode, .valueDropped, column: "RelationshipToHoH")
            return .member
        }
    }
}
