package import CivilTime

/// How far an import has come.
package struct ImportProgress: Hashable, Sendable {
    package var bytesRead = 0
    package var bytesTotal = 0
    package var rowsRead = 0
    package var personsDone = 0

    /// The rows that the files will turn out to have, judged by the bytes so far.
    package var rowsExpected: Int {
        bytesRead == 0 ? 0 : Int(Double(rowsRead) * Double(bytesTotal) / Double(bytesRead))
    }
}

/// One import of an HMIS CSV export: every file is staged, then the persons are handed out one by one.
package final class HMISImport<Folder: ExportFolder> {
    private let folder: Folder
    private let staged: any StagedRows
    private let today: CivilDate
    private let log: FindingLog
    private let onProgress: (ImportProgress) -> Void
    private var progress = ImportProgress()
    private var reported = 0
    private var deletedPersons: Set<String> = []

    /// An import of `folder` by way of `staged`, which is empty; `onFinding` is given each finding as it is made.
    ///
    /// - Parameter today: the day of the import, after which no year of two digits is read to lie.
    package init(
        _ folder: Folder, staged: any StagedRows, today: CivilDate,
        onFinding: @escaping (ImportFinding) throws -> Void = { _ in },
        onProgress: @escaping (ImportProgress) -> Void = { _ in }
    ) {
        self.folder = folder
        self.staged = staged
        self.today = today
        self.onProgress = onProgress
        log = FindingLog(pass: onFinding)
    }

    /// Reads everything and hands out each person once, in a stable order.
    ///
    /// `onExport` comes first: it may throw to refuse the export before a row is staged. `onDeletedPerson` is given
    /// those who were deleted at the source, with nothing said of them; the report does not count them.
    package func run(
        onExport: (HMISExport) throws -> Void = { _ in }, onDeletedPerson: (ImportedPerson) throws -> Void = { _ in },
        onPerson: (ImportedPerson) throws -> Void
    ) throws -> ImportReport {
        for file in HMISFile.allCases {
            guard let bytes = try folder.open(file.rawValue) else {
                if file.isNeeded { throw HMISImportError.fileMissing(file) }
                continue
            }
            progress.bytesTotal += bytes.count
        }
        let tables = try ExportTables(folder, today: today, log: log) { [self] in count(bytes: $0) }
        try onExport(tables.export)
        for file in HMISFile.allCases { try read(file, tables) }
        try staged.finishAppending()
        let context = MappingContext(
            export: tables.export, today: today, projects: tables.projects, staged: staged, log: log)
        try staged.forEachPerson { _, rows in
            if let person = try HMISMapping.person(rows, context) {
                log.handedOut(facts: person.facts.count)
                try onPerson(person)
                deletedPersons.remove(person.personalID)
            }
            progress.personsDone += 1
            if progress.personsDone % 256 == 0 { onProgress(progress) }
        }
        for person in deletedPersons.sorted() where !person.isEmpty {
            try onDeletedPerson(
                ImportedPerson(
                    source: tables.export.source, personalID: person, name: nil, birth: nil, matchKeys: [], facts: []))
        }
        onProgress(progress)
        return log.report
    }

    private func read(_ file: HMISFile, _ tables: ExportTables) throws {
        switch file.part {
        case .table: return
        case .people: try stage(file, tables)
        case .projectsOnly, .notRead: try passOver(file)
        }
    }

    private func stage(_ file: HMISFile, _ tables: ExportTables) throws {
        guard var rows = try FileRows(file, in: folder, log: log, counting: { [self] in count(bytes: $0) }) else {
            return
        }
        let columns = try stagedColumns(file, rows.header, tables.export)
        let person = rows.header.place(of: "PersonalID")
        let group = file == .client ? nil : rows.header.place(of: file.groupColumn)
        while let row = try rows.next() {
            count(row: file)
            let owner = person.map { rows.text($0) } ?? ""
            guard !row.key.isEmpty, !owner.isEmpty else {
                try rows.note(
                    .keyMissing, .rowNotUsed, row.number, column: row.key.isEmpty ? file.keyColumn : "PersonalID")
                continue
            }
            let new = try staged.append(
                StagedRow(
                    file: file, person: owner, group: group.map { rows.text($0) } ?? "", key: row.key,
                    number: row.number, fields: rows.packed(columns)))
            if new {
                log.accepted(file)
            } else {
                try rows.note(.duplicateKey, .rowNotUsed, row.number, column: file.keyColumn)
            }
        }
        deletedPersons.formUnion(rows.deletedKeys)
    }

    private func stagedColumns(_ file: HMISFile, _ header: CSVHeader, _ export: HMISExport) throws -> [Int?] {
        guard header.count > 0 else { return file.keptColumns.map { _ in nil } }
        for column in [file.keyColumn, "PersonalID"] where header.place(of: column) == nil {
            if file.isNeeded { throw HMISImportError.columnMissing(file, column: column) }
        }
        return try file.keptColumns.map { column in
            guard let place = header.place(of: column) else {
                if !stampColumns.contains(column) {
                    try log.note(
                        ImportFinding(.columnMissing, .onlyShown, file: file, row: nil, column: column, rows: 0))
                }
                return nil
            }
            return column == ClientRow.socialSecurityColumn && !export.hashStatus.isHashed ? nil : place
        }
    }

    /// Counts the rows of a file that says nothing that the list keeps.
    private func passOver(_ file: HMISFile) throws {
        guard var rows = try FileRows(file, in: folder, log: log, counting: { [self] in count(bytes: $0) }) else {
            return
        }
        var seen: Set<String> = []
        var number = 0
        while let row = try rows.next() {
            count(row: file)
            if file.part == .projectsOnly, !row.key.isEmpty, !seen.insert(row.key).inserted {
                try rows.note(.duplicateKey, .rowNotUsed, row.number, column: file.keyColumn)
                continue
            }
            log.accepted(file)
            number += 1
        }
        guard number > 0 else { return }
        try log.note(ImportFinding(.notPartOfList, .rowNotUsed, file: file, row: nil, rows: number))
    }

    private func count(bytes: Int) {
        progress.bytesRead += bytes
    }

    private func count(row: HMISFile) {
        progress.rowsRead += 1
        if progress.rowsRead - reported >= 4096 {
            reported = progress.rowsRead
            onProgress(progress)
        }
    }
}
