import ByNameList
import CivilTime

/// Says as facts what the rows of one person say (hmis-mapping.md).
struct HMISMapping {
    let context: MappingContext
    let client: ClientRow
    private(set) var facts: [KeyedFact] = []

    var export: HMISExport { context.export }

    /// The person, or `nil` when no Client row is used: then every row of the person is a finding.
    static func person(_ rows: [StagedRow], _ context: MappingContext) throws -> ImportedPerson? {
        guard let staged = rows.first(where: { $0.file == .client }) else {
            for row in rows {
                try RowReading(row, context).note(.unknownClient, .rowNotUsed, column: "PersonalID")
            }
            return nil
        }
        var mapping = HMISMapping(context: context, client: try ClientRow(staged, context))
        context.log.used(.client)
        try mapping.addClient()
        var enrolments = try Enrolment.assemble(rows, context, quiet: false)
        try mapping.addDatedRows(rows, to: &enrolments)
        for place in enrolments.indices { try mapping.add(&enrolments[place]) }
        return mapping.person
    }

    private init(context: MappingContext, client: ClientRow) {
        self.context = context
        self.client = client
    }

    private mutating func add(_ enrolment: inout Enrolment) throws {
        let household = try household(of: enrolment)
        enrolment.moveIn = moveIn(enrolment, household)
        try addHousehold(enrolment, household)
        addEntry(enrolment)
        try addHistory(enrolment)
        addDisability(enrolment)
        try addServices(enrolment)
        try addHousing(enrolment)
        try addResidence(enrolment)
        try addSituations(enrolment)
        addExit(enrolment)
    }

    /// Rows that need nothing but their day become facts; the others are put to their enrolments.
    private mutating func addDatedRows(_ rows: [StagedRow], to enrolments: inout [Enrolment]) throws {
        var places: [String: Int] = [:]
        for (place, enrolment) in enrolments.enumerated() { places[enrolment.row.id] = place }
        for staged in rows {
            switch staged.file {
            case .currentLivingSituation, .services, .healthAndDV, .disabilities, .assessment, .event: break
            case .client, .enrollment, .exit, .export, .organization, .project, .user, .funder, .projectCoC, .inventory,
                .affiliation, .hmisParticipation, .ceParticipation, .incomeBenefits, .employmentEducation,
                .assessmentQuestions, .assessmentResults, .youthEducationStatus, .enrollmentCoC:
                continue
            }
            guard let place = places[staged.group] else {
                try addWithoutEnrolment(staged)
                continue
            }
            guard let row = try DatedRow(staged, context) else { continue }
            context.log.used(staged.file)
            enrolments[place].sawRow(on: row.date)
            add(row, to: &enrolments[place])
        }
    }

    private mutating func add(_ row: DatedRow, to enrolment: inout Enrolment) {
        switch row.row.file {
        case .currentLivingSituation: enrolment.situations.append(row)
        case .services: enrolment.services.append(row)
        case .disabilities: enrolment.disabilities.append(row)
        case .healthAndDV: addSeal(row)
        case .assessment: addAssessment(row, project: enrolment.project)
        case .event: addContact(row, kind: .event, project: enrolment.project)
        case .client, .enrollment, .exit, .export, .organization, .project, .user, .funder, .projectCoC, .inventory,
            .affiliation, .hmisParticipation, .ceParticipation, .incomeBenefits, .employmentEducation,
            .assessmentQuestions, .assessmentResults, .youthEducationStatus, .enrollmentCoC:
            break
        }
    }

    /// Somebody who flees violence is protected even where the enrolment is not known.
    private mutating func addWithoutEnrolment(_ staged: StagedRow) throws {
        guard staged.file == .healthAndDV else {
            try RowReading(staged, context).note(.unknownEnrolment, .rowNotUsed, column: "EnrollmentID")
            return
        }
        guard let row = try DatedRow(staged, context) else { return }
        context.log.used(staged.file)
        addSeal(row)
    }

    mutating func add(_ row: StagedRow, _ what: String, _ content: FactContent, _ detail: [FactDetail]) {
        facts.append(KeyedFact(key: HMISMapping.key(row, what), content: .fact(content), detail: detail))
    }

    mutating func addHousehold(_ row: StagedRow, _ content: ImportedContent, _ detail: [FactDetail]) {
        facts.append(KeyedFact(key: HMISMapping.key(row, "household"), content: content, detail: detail))
    }

    private static func key(_ row: StagedRow, _ what: String) -> String { "\(row.file.rawValue)/\(row.key)/\(what)" }

    func note(_ row: StagedRow, _ what: ImportFindingKind, _ done: ImportFindingOutcome, column: String? = nil) throws {
        try context.log.note(ImportFinding(what, done, file: row.file, row: row.number, column: column))
    }

    /// What a page shows beside a fact.
    func detail(_ project: ProjectRecord?, _ stamps: RowStamps, code: (column: String, value: Int?)? = nil)
        -> [FactDetail]
    {
        var detail: [FactDetail] = []
        if let project, !project.name.isEmpty { detail.append(FactDetail(name: "ProjectName", text: project.name)) }
        if let project, !project.organization.isEmpty {
            detail.append(FactDetail(name: "OrganizationName", text: project.organization))
        }
        if let code, let value = code.value { detail.append(FactDetail(name: code.column, text: String(value))) }
        if !stamps.created.isEmpty { detail.append(FactDetail(name: "DateCreated", text: stamps.created)) }
        if !stamps.updated.isEmpty { detail.append(FactDetail(name: "DateUpdated", text: stamps.updated)) }
        return detail
    }

    private var person: ImportedPerson {
        ImportedPerson(
            source: export.source, personalID: client.row.person, name: name, birth: birth, matchKeys: matchKeys,
            facts: facts)
    }
}
