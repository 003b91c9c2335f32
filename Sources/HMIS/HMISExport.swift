package import CivilTime

/// What Export.csv says of the export as a whole.
package struct HMISExport: Hashable, Sendable {
    /// SourceID, else ImplementationID, else SourceName: whose PersonalIDs these are.
    package let source: String
    /// The ExportID of the row with the latest end.
    package let exportID: String
    package let version: HMISVersion
    package let hashStatus: HashStatus
    /// The latest ExportDate; nothing may be dated later than the day after it.
    package let exportDate: CivilDate
    /// The latest ExportEndDate: up to it open watched stays are confirmed.
    package let endDate: CivilDate

    package init(
        source: String, exportID: String, version: HMISVersion, hashStatus: HashStatus, exportDate: CivilDate,
        endDate: CivilDate
    ) {
        self.source = source
        self.exportID = exportID
        self.version = version
        self.hashStatus = hashStatus
        self.exportDate = exportDate
        self.endDate = endDate
    }

    /// The latest date that a row may carry.
    package var dateMax: CivilDate { exportDate.adding(days: 1) }
}

/// Whether names are in clear (HMIS Export.HashStatus).
package enum HashStatus: Int, CaseIterable, Sendable {
    case clear = 1
    case sha1 = 2
    case other = 3
    case sha256 = 4

    package var isHashed: Bool {
        switch self {
        case .clear: false
        case .sha1, .other, .sha256: true
        }
    }
}

/// One row of Export.csv.
struct ExportRow {
    static let columns = [
        "ExportID", "SourceID", "SourceName", "ImplementationID", "ExportDate", "ExportEndDate", "CSVVersion",
        "HashStatus",
    ]

    let number: Int
    let exportID: String
    let source: String
    let exportDate: DateReading
    let endDate: DateReading
    let csvVersion: String
    let hashStatus: HashStatus?

    // No date can lie after an export whose day is not known yet.
    private static let endOfTime = CivilDate(year: 2099, month: 12, day: 31)

    init(number: Int, fields: [UInt8]) {
        var packed = PackedFields(fields)
        self.number = number
        exportID = packed.text()
        let sourceID = packed.text()
        let sourceName = packed.text()
        let implementation = packed.text()
        source = [sourceID, implementation, sourceName].first { !$0.isEmpty } ?? ""
        let limit = ExportRow.endOfTime ?? CivilDate(dayNumber: 0)
        exportDate = DateReading(packed.next(), notAfter: limit)
        endDate = DateReading(packed.next(), notAfter: limit)
        csvVersion = packed.text()
        hashStatus = Int(packed.text()).flatMap(HashStatus.init(rawValue:))
    }
}

extension HMISExport {
    /// Puts the rows of Export.csv together; `columns` is the version that the columns of the other files show.
    init(_ rows: [ExportRow], columns: HMISVersion?, log: FindingLog) throws {
        for row in rows where row.endDate == .unreadable {
            try log.note(
                ImportFinding(.dateUnreadable, .valueDropped, file: .export, row: row.number, column: "ExportEndDate"))
        }
        let dated = rows.compactMap { row in (row.endDate.date ?? row.exportDate.date).map { (row, $0) } }
        // Of rows with one end the later stands last: it is the newer export.
        guard let (latest, end) = dated.enumerated().max(by: { ($0.1.1, $0.0) < ($1.1.1, $1.0) })?.element else {
            throw HMISImportError.noExportEnd
        }
        func note(_ what: ImportFindingKind, _ column: String) throws {
            try log.note(ImportFinding(what, .onlyShown, file: .export, row: latest.number, column: column))
        }
        if latest.source.isEmpty { try note(.sourceMissing, "SourceID") }
        if Set(rows.map(\.source)).count > 1 { try note(.sourcesDiffer, "SourceID") }
        if latest.hashStatus == nil { try note(.hashStatusUnknown, "HashStatus") }
        let named = HMISVersion(csvVersion: latest.csvVersion)
        if named == nil || (columns != nil && columns != named) { try note(.versionDoubtful, "CSVVersion") }
        // Unsaid means hashed: a hash shown as a name does harm, a name not taken can be imported again.
        self.init(
            source: latest.source.isEmpty ? "unnamed source" : latest.source, exportID: latest.exportID,
            version: columns ?? named ?? .fy2026, hashStatus: latest.hashStatus ?? .other,
            exportDate: max(end, rows.compactMap(\.exportDate.date).max() ?? end), endDate: end)
    }
}

/// A project, as much as the mapping asks of it.
package struct ProjectRecord: Hashable, Sendable {
    static let columns = [
        "ProjectID", "OrganizationID", "ProjectName", "OperatingEndDate", "ProjectType", "RRHSubType", "TrackingMethod",
    ]

    package let id: String
    package let name: String
    package let organization: String
    package let type: ProjectType
    package let operatingEnd: CivilDate?
}
