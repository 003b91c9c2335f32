import ByNameList
import CivilTime

extension HMISMapping {
    /// More enrolments with one HouseholdID are no household but a filler.
    static var householdEnrolmentsMax: Int { 100 }

    /// The household that the enrolment states; its exit ends it only while others of the household are still enrolled.
    mutating func addHousehold(_ enrolment: Enrolment) throws {
        let row = enrolment.row
        let household = row.row.group
        guard !household.isEmpty else {
            try note(row.row, .householdMissing, .onlyShown, column: "HouseholdID")
            return
        }
        let staged = try context.staged.enrolments(
            ofHousehold: household, limit: HMISMapping.householdEnrolmentsMax + 1)
        guard staged.count(where: { $0.file == .enrollment }) <= HMISMapping.householdEnrolmentsMax else {
            try note(row.row, .householdTooLarge, .valueDropped, column: "HouseholdID")
            return
        }
        let others = try Enrolment.assemble(staged, context, quiet: true)
            .filter { $0.row.row.person != row.row.person }
        if row.isHead, others.contains(where: { $0.row.isHead && $0.project.id == row.project.id }) {
            try note(row.row, .severalHeads, .kept, column: "RelationshipToHoH")
        }
        var end: CivilDate?
        if case .exited(let date) = enrolment.end, others.contains(where: { $0.covers(date) }) { end = date }
        addHousehold(
            row.row, .household(key: household, role: try role(row), from: row.entry, to: end),
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
