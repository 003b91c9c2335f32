import CivilTime
import HMIS

/// Goes through the rows of one file that were not deleted (LSA 3.3: deleted data are never used).
struct TableRows {
    let file: HMISFile
    /// The rows that could not be read or said too little to be used.
    private(set) var unused = 0
    private var reader: CSVReader
    private let header: CSVHeader
    private let deleted: Int?
    private let lastDay: CivilDate
    private var field: [UInt8] = []

    /// - Parameter lastDay: after it no year of two digits is read to lie.
    init(_ file: HMISFile, in folder: some ExportFolder, lastDay: CivilDate) throws {
        guard let bytes = try folder.open(file.rawValue) else { throw LSAInputError.fileMissing(file) }
        self.file = file
        self.lastDay = lastDay
        reader = CSVReader(read: bytes.read)
        _ = try reader.next()
        header = CSVHeader(reader)
        deleted = header.place(of: "DateDeleted")
    }

    /// Where the column stands.
    func place(of column: String) throws -> Int {
        guard let place = header.place(of: column) else { throw LSAInputError.columnMissing(file, column: column) }
        return place
    }

    /// Goes to the next row; `false` after the last.
    mutating func next() throws -> Bool {
        while let outcome = try reader.next() {
            switch outcome {
            case .tooLong, .unclosedQuote: unused += 1
            case .row, .rowWithTextAfterQuote:
                // Where values spill over the header, all of them may stand in wrong columns.
                if (header.count..<max(header.count, reader.fieldCount)).contains(where: { !reader.isBlank($0) }) {
                    unused += 1
                } else if deleted.map({ reader.isBlank($0) }) ?? true {
                    return true
                }
            }
        }
        return false
    }

    /// Says that the present row said too little to be used.
    mutating func leave() { unused += 1 }

    /// The text in the column.
    func text(_ place: Int) -> String { reader.text(place) }

    /// The code in the column; `nil` where there is none, or no number.
    mutating func code(_ place: Int) -> Int? {
        read(place)
        guard !field.isEmpty, field.count <= 6 else { return nil }
        var value = 0
        for byte in field {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    /// The date in the column; `nil` where there is none that can be read.
    mutating func date(_ place: Int) -> CivilDate? {
        read(place)
        return DateReading(field[...], notAfter: lastDay).date
    }

    private mutating func read(_ place: Int) {
        field.removeAll(keepingCapacity: true)
        reader.appendField(place, to: &field)
    }
}
