/// Something that a coordinator should know about a row, without any value out of it.
package struct ImportFinding: Hashable, Sendable {
    package let file: HMISFile
    /// The line of the file; `nil` where the finding speaks of the file as a whole.
    package let row: Int?
    package let column: String?
    package let what: ImportFindingKind
    package let whatWasDone: ImportFindingOutcome
    /// The rows that it speaks of.
    package let rows: Int

    package init(
        _ what: ImportFindingKind, _ whatWasDone: ImportFindingOutcome, file: HMISFile, row: Int?,
        column: String? = nil,
        rows: Int = 1
    ) {
        self.what = what
        self.whatWasDone = whatWasDone
        self.file = file
        self.row = row
        self.column = column
        self.rows = rows
    }

    /// The whole finding as one sentence.
    package var sentence: String {
        let place = row.map { ", line \($0)" } ?? ""
        let field = column.map { ", \($0)" } ?? ""
        return "\(file.rawValue)\(place)\(field): \(what.sentence) \(whatWasDone.sentence)"
    }
}

/// What was done about a finding.
package enum ImportFindingOutcome: UInt8, CaseIterable, Sendable {
    case rowNotUsed = 1
    case valueDropped = 2
    case kept = 3
    case takenFromHead = 4
    case endedThere = 5
    case noNights = 6
    case onlyShown = 7

    package var sentence: String {
        switch self {
        case .rowNotUsed: "The row was not used."
        case .valueDropped: "The value was left out; the rest of the row was used."
        case .kept: "It was kept as it is."
        case .takenFromHead: "The date of the head of the household was taken."
        case .endedThere: "The stay was ended on that date."
        case .noNights: "The date of entry was kept; no nights were taken from it."
        case .onlyShown: "Nothing was changed."
        }
    }
}
