/// A table for people's eyes: the first column to the left, figures to the right.
package struct TextTable: Sendable {
    package enum Line: Sendable {
        case cells([String])
        case rule
    }

    private var lines: [Line] = []

    package init() {}

    package mutating func row(_ cells: [String]) { lines.append(.cells(cells)) }

    package mutating func rule() { lines.append(.rule) }

    /// The lines, padded so that columns stand below each other.
    package func rendered() -> String {
        var widths: [Int] = []
        for case .cells(let cells) in lines {
            for (column, cell) in cells.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        let total = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
        return lines.map { line in
            switch line {
            case .rule: String(repeating: "─", count: total)
            case .cells(let cells):
                cells.enumerated().map { column, cell in
                    let padding = String(repeating: " ", count: widths[column] - cell.count)
                    return column == 0 ? cell + padding : padding + cell
                }.joined(separator: "  ")
            }
        }.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
