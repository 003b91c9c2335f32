package import HMIS

/// Who was active in a report period, and how long each of them was homeless (LSA 3.3 to 3.5 and 5.1 to 5.10).
package struct LSAReport {
    /// The enrolments that the report looks at, with the dates that count, by PersonalID.
    package let enrolments: [String: [EffectiveEnrolment]]
    /// The active cohort in the order of its ids.
    package let people: [ChronicPerson]
    /// How many rows of which file could not be read or said too little to be used.
    package let unusedRows: [HMISFile: Int]

    /// Works the report out from an export of the FY2024 format or a later one.
    package init(_ folder: some ExportFolder, _ report: ReportParameters) throws {
        let tables = try HMISTables(folder, report)
        let enrolments = LSAReport.enrolments(tables, report)
        people = enrolments.keys.sorted().compactMap { person in
            guard let birth = tables.births[person] else { return nil }
            return ChronicPerson(person, birth: birth, enrolments[person] ?? [], report)
        }
        self.enrolments = enrolments
        unusedRows = tables.unused
    }

    /// Household by household: the dates of the head bound those of the members (3.3, 3.4).
    private static func enrolments(_ tables: HMISTables, _ report: ReportParameters) -> [String: [EffectiveEnrolment]] {
        var enrolments: [String: [EffectiveEnrolment]] = [:]
        for members in Dictionary(grouping: tables.enrolments, by: \.household).values {
            // A household has exactly one head.
            let heads = members.filter(\.isHead)
            guard let head = heads.first, heads.count == 1, let project = tables.projects[head.project],
                let household = HouseholdEnrolment(of: head, in: project, report)
            else { continue }
            for member in members {
                guard let enrolment = EffectiveEnrolment(member, in: household, report) else { continue }
                enrolments[member.person, default: []].append(enrolment)
            }
        }
        return enrolments
    }
}
