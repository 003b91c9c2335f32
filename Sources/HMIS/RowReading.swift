import CivilTime

/// What the mapping of every person needs to know.
struct MappingContext {
    let export: HMISExport
    /// The day of the import.
    let today: CivilDate
    let projects: [String: ProjectRecord]
    let staged: any StagedRows
    let log: FindingLog
}

/// Reads the fields of one staged row as what they mean, taking down what cannot be read.
struct RowReading {
    let row: StagedRow
    private let context: MappingContext
    /// Findings are left to the pass over the person whose row it is.
    private let quiet: Bool
    private var fields: PackedFields

    init(_ row: StagedRow, _ context: MappingContext, quiet: Bool = false) {
        self.row = row
        self.context = context
        self.quiet = quiet
        fields = PackedFields(row.fields)
    }

    mutating func text() -> String { fields.text() }

    mutating func isEmpty() -> Bool { fields.next().isEmpty }

    func note(_ what: ImportFindingKind, _ done: ImportFindingOutcome, column: String? = nil) throws {
        guard !quiet else { return }
        try context.log.note(ImportFinding(what, done, file: row.file, row: row.number, column: column))
    }

    /// A code; `nil` when blank, or no number at all, which is a finding.
    mutating func code(_ column: String) throws -> Int? {
        let field = fields.next()
        guard !field.isEmpty else { return nil }
        var value = 0
        for byte in field {
            guard byte >= 48, byte <= 57, value < 1_000_000 else {
                try note(.unknownCode, .valueDropped, column: column)
                return nil
            }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    mutating func livingSituation(_ column: String) throws -> LivingSituationCode? {
        guard let code = try code(column) else { return nil }
        let translated = LivingSituationCode(code, version: context.export.version)
        if translated.answer == .noSuchCode { try note(.unknownCode, .valueDropped, column: column) }
        return translated
    }

    /// A date that the row may lack.
    mutating func date(_ column: String) throws -> CivilDate? {
        switch try usableDate(column) {
        case .blank: return nil
        case .usable(let date): return date
        case .unusable(let what):
            try note(what, .valueDropped, column: column)
            return nil
        }
    }

    /// A date without which the row says nothing; without it the finding says that the row was not used.
    mutating func neededDate(_ column: String) throws -> CivilDate? {
        switch try usableDate(column) {
        case .blank:
            try note(.dateMissing, .rowNotUsed, column: column)
            return nil
        case .usable(let date): return date
        case .unusable(let what):
            try note(what, .rowNotUsed, column: column)
            return nil
        }
    }

    enum UsableDate {
        case blank
        case usable(CivilDate)
        case unusable(ImportFindingKind)
    }

    /// A date that exists, from 1900 to the day after the export.
    mutating func usableDate(_ column: String) throws -> UsableDate {
        switch DateReading(fields.next(), notAfter: context.today) {
        case .blank: return .blank
        case .unreadable: return .unusable(.dateUnreadable)
        case .date(let date): return within(date)
        case .guessedCentury(let date):
            try note(.centuryGuessed, .kept, column: column)
            return within(date)
        }
    }

    /// A date of birth, not after the export; a guessed century goes by the day of the import alone.
    mutating func birth(_ column: String) throws -> CivilDate? {
        let unusable: ImportFindingKind
        switch DateReading(fields.next(), notAfter: context.today) {
        case .blank: return nil
        case .unreadable: unusable = .dateUnreadable
        case .date(let date) where date < RowReading.dateMin,
            .guessedCentury(let date) where date < RowReading.dateMin:
            unusable = .dateTooEarly
        case .date(let date):
            if date <= context.export.exportDate { return date }
            unusable = .birthAfterExport
        case .guessedCentury(let date):
            try note(.centuryGuessed, .kept, column: column)
            return date
        }
        try note(unusable, .valueDropped, column: column)
        return nil
    }

    private func within(_ date: CivilDate) -> UsableDate {
        if date < RowReading.dateMin { return .unusable(.dateTooEarly) }
        if date > context.export.dateMax { return .unusable(.dateAfterExport) }
        return .usable(date)
    }

    /// 1900-01-01: nothing earlier is accepted (domain.md 8).
    private static let dateMin = CivilDate(dayNumber: -25_567)
}

/// When the source wrote and last changed the row, as it says.
struct RowStamps: Hashable {
    let created: String
    let updated: String

    init(_ reading: inout RowReading) {
        created = reading.text()
        updated = reading.text()
    }
}
