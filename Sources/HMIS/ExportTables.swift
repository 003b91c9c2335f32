import CivilTime

/// The parts of an export that are held in memory: the export itself and its projects.
struct ExportTables {
    let export: HMISExport
    private let today: CivilDate
    private(set) var projects: [String: ProjectRecord] = [:]

    init(
        _ folder: some ExportFolder, today: CivilDate, log: FindingLog, counting: @escaping (Int) -> Void
    ) throws {
        self.today = today
        let client = try folder.open(HMISFile.client.rawValue).map(ExportTables.header)
        let project = try folder.open(HMISFile.project.rawValue).map(ExportTables.header)
        var exportRows: [ExportRow] = []
        if var rows = try FileRows(.export, in: folder, log: log, counting: counting) {
            let columns = ExportRow.columns.map(rows.header.place)
            while let row = try rows.next() {
                log.accepted(.export)
                log.used(.export)
                exportRows.append(ExportRow(number: row.number, fields: rows.packed(columns)))
            }
        }
        let version = ExportTables.version(client: client, project: project)
        export = try HMISExport(exportRows, columns: version, log: log)
        let organizations = try ExportTables.organizations(folder, log: log, counting: counting)
        try readProjects(folder, organizations, log: log, counting: counting)
    }

    /// Columns that came or went with a version show which one it is.
    private static func version(client: CSVHeader?, project: CSVHeader?) -> HMISVersion? {
        if project?.place(of: "TrackingMethod") != nil || client?.place(of: "Ethnicity") != nil { return .fy2022 }
        if client?.place(of: "Sex") != nil { return .fy2026 }
        if client?.place(of: "HispanicLatinaeo") != nil || client?.place(of: "Woman") != nil { return .fy2024 }
        return nil
    }

    private static func header(_ bytes: ExportFileBytes) throws -> CSVHeader {
        var reader = CSVReader(read: bytes.read)
        _ = try reader.next()
        return CSVHeader(reader)
    }

    private static func organizations(
        _ folder: some ExportFolder, log: FindingLog, counting: @escaping (Int) -> Void
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        guard var rows = try FileRows(.organization, in: folder, log: log, counting: counting) else { return names }
        let columns = HMISFile.organization.keptColumns.map(rows.header.place)
        while let row = try rows.next() {
            guard names[row.key] == nil else {
                try rows.note(.duplicateKey, .rowNotUsed, row.number, column: "OrganizationID")
                continue
            }
            log.accepted(.organization)
            log.used(.organization)
            names[row.key] = columns[1].map { rows.text($0) } ?? ""
        }
        return names
    }

    private mutating func readProjects(
        _ folder: some ExportFolder, _ organizations: [String: String], log: FindingLog,
        counting: @escaping (Int) -> Void
    ) throws {
        guard var rows = try FileRows(.project, in: folder, log: log, counting: counting) else { return }
        let columns = ProjectRecord.columns.map(rows.header.place)
        while let row = try rows.next() {
            guard !row.key.isEmpty else {
                try rows.note(.keyMissing, .rowNotUsed, row.number, column: "ProjectID")
                continue
            }
            guard projects[row.key] == nil else {
                try rows.note(.duplicateKey, .rowNotUsed, row.number, column: "ProjectID")
                continue
            }
            log.accepted(.project)
            log.used(.project)
            projects[row.key] = try project(rows, row, rows.packed(columns), organizations)
        }
    }

    private func project(
        _ rows: FileRows, _ row: FileRows.Row, _ fields: [UInt8], _ organizations: [String: String]
    ) throws -> ProjectRecord {
        var packed = PackedFields(fields)
        _ = packed.next()
        let organization = packed.text()
        let name = packed.text()
        let closed = DateReading(packed.next(), notAfter: today)
        if closed == .unreadable {
            try rows.note(.dateUnreadable, .valueDropped, row.number, column: "OperatingEndDate")
        }
        var code = Int(packed.text())
        _ = packed.next()
        // Before FY2024 one type held both kinds of shelter; the tracking method said which.
        if export.version == .fy2022, code == 1 { code = packed.text() == "3" ? 1 : 0 }
        let type = code.flatMap(ProjectType.init(rawValue:))
        if type == nil { try rows.note(.unknownProjectType, .kept, row.number, column: "ProjectType") }
        return ProjectRecord(
            id: row.key, name: name, organization: organizations[organization] ?? "", type: type ?? .other,
            operatingEnd: closed.date)
    }
}
