/// Reads lines of CSV.
enum RowText {
    /// The cells of one line, as RFC 4180 quotes them.
    static func cells(of line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
