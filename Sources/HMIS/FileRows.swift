/// Goes through the rows of one file, taking down what is wrong with their shape.
struct FileRows {
    let file: HMISFile
    let header: CSVHeader
    private var reader: CSVReader
    private let log: FindingLog
    private let deleted: Int?
    private let key: Int?
    /// The ids of the rows that were deleted at the source; kept of persons only.
    private(set) var deletedKeys: Set<String> = []

    /// A row that can be looked at.
    struct Row {
        let number: Int
        /// The row's own id; empty where the file says none.
        let key: String
    }

    /// `nil` if the folder does not have the file.
    init?(_ file: HMISFile, in folder: some ExportFolder, log: FindingLog, counting: @escaping (Int) -> Void) throws {
        guard let bytes = try folder.open(file.rawValue) else { return nil }
        reader = CSVReader { buffer in
            let count = try bytes.read(buffer)
            counting(count)
            return count
        }
        self.file = file
        self.log = log
        log.opened(file)
        // An empty file has no columns, and no rows that could miss them.
        _ = try reader.next()
        header = CSVHeader(reader)
        deleted = header.place(of: "DateDeleted")
        key = header.place(of: file.keyColumn)
    }

    /// The next row that is readable and not deleted; what is passed over is a finding.
    mutating func next() throws -> Row? {
        while let outcome = try reader.next() {
            log.read(file)
            let number = reader.line
            switch outcome {
            case .tooLong: try note(.rowTooLong, .rowNotUsed, number)
            case .unclosedQuote: try note(.unclosedQuote, .rowNotUsed, number)
            case .row, .rowWithTextAfterQuote:
                if outcome == .rowWithTextAfterQuote { try note(.textAfterQuote, .kept, number) }
                guard try hasUsableShape(number) else { continue }
                return Row(number: number, key: key.map { reader.text($0) } ?? "")
            }
        }
        return nil
    }

    func note(_ what: ImportFindingKind, _ done: ImportFindingOutcome, _ row: Int?, column: String? = nil) throws {
        try log.note(ImportFinding(what, done, file: file, row: row, column: column))
    }

    func text(_ column: Int) -> String { reader.text(column) }

    /// The fields of these columns, packed; blank where the file lacks one.
    func packed(_ columns: [Int?]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(160)
        for column in columns {
            // Nearly every field is shorter than 128 bytes, so that its length is one byte.
            let place = result.count
            result.append(0)
            if let column { reader.appendField(column, to: &result) }
            let length = result.count - place - 1
            if length < 0x80 {
                result[place] = UInt8(length)
            } else {
                let field = Array(result[(place + 1)...])
                result.removeSubrange(place...)
                PackedFields.append(field[...], to: &result)
            }
        }
        return result
    }

    private mutating func hasUsableShape(_ number: Int) throws -> Bool {
        let count = reader.fieldCount
        if count < header.count { try note(.tooFewFields, .kept, number) }
        if count > header.count {
            let spill = (header.count..<count).contains { !reader.isBlank($0) }
            // Values may have slid into wrong columns. A person is kept all the same, under the id that comes first.
            guard !spill || file == .client else {
                try note(.tooManyFields, .rowNotUsed, number)
                return false
            }
            try note(.tooManyFields, .kept, number)
        }
        if let deleted, !reader.isBlank(deleted) {
            try note(.deletedAtSource, .rowNotUsed, number, column: "DateDeleted")
            if file == .client, let key { deletedKeys.insert(reader.text(key)) }
            return false
        }
        return true
    }
}
