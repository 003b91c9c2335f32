import ByNameList

/// Tries to find out what is withheld: exact elimination, and bounds driven to where they move no more. Small and slow.
struct CountAttack {
    /// What each unknown can be at the least and at the most.
    private var bounds: [Bounds] = []
    private var numbers: [Cell: Int] = [:]
    private var rows: [Row] = []

    struct Bounds: Hashable {
        /// `nil`: without end.
        var least: Int?
        var most: Int?
    }

    /// So much of each unknown sums to at most so much; to exactly that, if it is an equation.
    private struct Row {
        var terms: [Int: Int]
        var sum: Int
        let isEquation: Bool
    }

    init(_ relations: [CountRelation], known: [Cell: Int]) {
        for relation in relations {
            var row = Row(terms: [:], sum: 0, isEquation: relation.isEquation)
            for (factor, cell) in relation.terms {
                if let value = known[cell] {
                    row.sum -= factor * value
                } else {
                    row.terms[number(of: cell), default: 0] += factor
                }
            }
            if !row.terms.isEmpty { rows.append(row) }
        }
        rows += eliminated()
        while tighten() {}
    }

    /// `nil` of a cell that no relation names.
    func bounds(of cell: Cell) -> Bounds? { numbers[cell].map { bounds[$0] } }

    private mutating func number(of cell: Cell) -> Int {
        if let number = numbers[cell] { return number }
        numbers[cell] = bounds.count
        // What changed in all may be less than nothing; everything else is a count.
        bounds.append(Bounds(least: cell.name == "net_change" ? nil : 0, most: nil))
        return bounds.count - 1
    }

    /// What the equations come to when one unknown after the other is put in terms of the rest.
    private func eliminated() -> [Row] {
        var done: [(pivot: Int, row: Row)] = []
        for var row in rows where row.isEquation {
            for (pivot, other) in done { CountAttack.remove(pivot, from: &row, by: other) }
            CountAttack.reduce(&row)
            guard let pivot = row.terms.keys.min() else { continue }
            for index in done.indices {
                CountAttack.remove(pivot, from: &done[index].row, by: row)
                CountAttack.reduce(&done[index].row)
            }
            done.append((pivot, row))
        }
        return done.map(\.row)
    }

    private static func remove(_ pivot: Int, from row: inout Row, by other: Row) {
        guard let factor = row.terms[pivot], let unit = other.terms[pivot] else { return }
        var terms = row.terms.mapValues { $0 * unit }
        for (cell, value) in other.terms { terms[cell, default: 0] -= factor * value }
        row.terms = terms.filter { $0.value != 0 }
        row.sum = row.sum * unit - factor * other.sum
    }

    private static func reduce(_ row: inout Row) {
        func divisor(_ one: Int, _ other: Int) -> Int { other == 0 ? one : divisor(other, one % other) }
        let common = row.terms.values.reduce(abs(row.sum)) { divisor($0, abs($1)) }
        guard common > 1 else { return }
        row.terms = row.terms.mapValues { $0 / common }
        row.sum /= common
    }

    /// Bounds each unknown of each row by what the others leave; true if a bound moved.
    private mutating func tighten() -> Bool {
        var hasMoved = false
        for row in rows {
            if bound(row.terms, row.sum) { hasMoved = true }
            if row.isEquation, bound(row.terms.mapValues { -$0 }, -row.sum) { hasMoved = true }
        }
        return hasMoved
    }

    private mutating func bound(_ terms: [Int: Int], _ sum: Int) -> Bool {
        var total = 0
        var endless: [Int] = []
        for (cell, factor) in terms {
            if let least = least(cell, factor) { total += least } else { endless.append(cell) }
        }
        guard endless.count < 2 else { return false }
        var hasMoved = false
        for (cell, factor) in terms where endless.isEmpty || endless == [cell] {
            let rest = sum - total + (least(cell, factor) ?? 0)
            if factor > 0 {
                let most = CountAttack.floor(rest, factor)
                guard bounds[cell].most.map({ most < $0 }) ?? true else { continue }
                bounds[cell].most = most
            } else {
                let least = -CountAttack.floor(rest, -factor)
                guard bounds[cell].least.map({ least > $0 }) ?? true else { continue }
                bounds[cell].least = least
            }
            hasMoved = true
        }
        return hasMoved
    }

    /// The least that a term can be.
    private func least(_ cell: Int, _ factor: Int) -> Int? {
        (factor > 0 ? bounds[cell].least : bounds[cell].most).map { factor * $0 }
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
