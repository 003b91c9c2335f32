/// One slip of the fingers: a letter left out, doubled, taken for another, or swapped with its neighbour.
package enum Typo {
    /// Words shorter than that are taken at their letters: a slip would make them any other word.
    package static let lettersMin = 4

    /// Whether the two words differ by one slip (Damerau-Levenshtein distance 1), and the longer is long enough.
    package static func separates(_ left: String, _ right: String) -> Bool {
        var left = Array(left.unicodeScalars)[...]
        var right = Array(right.unicodeScalars)[...]
        guard max(left.count, right.count) >= lettersMin, abs(left.count - right.count) <= 1 else { return false }
        while let letter = left.first, letter == right.first {
            left.removeFirst()
            right.removeFirst()
        }
        while let letter = left.last, letter == right.last {
            left.removeLast()
            right.removeLast()
        }
        switch (left.count, right.count) {
        case (1, 1), (0, 1), (1, 0): return true
        case (2, 2): return left.first == right.last && left.last == right.first
        default: return false
        }
    }
}
