/// The column names of a file, found by name whatever their case.
package struct CSVHeader: Sendable {
    private let places: [String: Int]
    /// The number of columns.
    package let count: Int

    /// The header that the reader's present row is.
    package init(_ reader: CSVReader) {
        var places: [String: Int] = [:]
        for index in 0..<reader.fieldCount {
            let name = reader.text(index).lowercased()
            if !name.isEmpty, places[name] == nil { places[name] = index }
        }
        self.places = places
        count = reader.fieldCount
    }

    /// Where the column stands; `nil` if the file has none of that name.
    package func place(of name: String) -> Int? { places[name.lowercased()] }
}
