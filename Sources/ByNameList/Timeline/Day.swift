import CivilTime

/// A day number inside the fold, where millions are compared.
typealias Day = Int32

extension Day {
    /// After every day that is ever asked about: the end of what nobody has ended.
    static let never = Day.max
}

extension CivilDate {
    var day: Day { dayNumber }
}

/// A value that holds from its day until the next change.
struct Step<Value: Sendable>: Sendable {
    let from: Day
    let value: Value
}

extension Array {
    /// The value in force on the day; `nil` before the first step. Steps are in order.
    func inForce<Value>(on day: Day) -> Value? where Element == Step<Value> {
        var found: Value?
        for step in self {
            if step.from > day { break }
            found = step.value
        }
        return found
    }
}

extension RandomAccessCollection where Index == Int {
    /// How many of the first elements are such as the question says: of a sorted collection, found by halving.
    func countOfFirst(where isBefore: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low - startIndex
    }
}
