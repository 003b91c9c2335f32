extension [DaySpan] {
    /// Adds a span that begins where the last one ends, or later.
    mutating func append(from: Day, to: Day) {
        if let last, last.end == from {
            self[count - 1] = DaySpan(from: last.from, end: to)
        } else {
            append(DaySpan(from: from, end: to))
        }
    }

    /// The days in either, in order and apart.
    func union(_ other: [DaySpan]) -> [DaySpan] {
        var merged: [DaySpan] = []
        for span in (self + other).sorted(by: { $0.from < $1.from }) {
            if let last = merged.last, span.from <= last.end {
                merged[merged.count - 1] = DaySpan(from: last.from, end: Swift.max(last.end, span.end))
            } else {
                merged.append(span)
            }
        }
        return merged
    }

    /// The days in both, in order and apart.
    func intersection(_ other: [DaySpan]) -> [DaySpan] {
        var common: [DaySpan] = []
        for left in self {
            for right in other where Swift.max(left.from, right.from) < Swift.min(left.end, right.end) {
                common.append(
                    DaySpan(from: Swift.max(left.from, right.from), end: Swift.min(left.end, right.end)))
            }
        }
        return common
    }

    /// The days that are in none of the other spans, which are in order and apart.
    func subtracting(_ other: [DaySpan]) -> [DaySpan] {
        guard !other.isEmpty else { return self }
        var left: [DaySpan] = []
        for span in self {
            var from = span.from
            for hole in other where hole.end > from && hole.from < span.end {
                if hole.from > from { left.append(DaySpan(from: from, end: hole.from)) }
                from = Swift.max(from, hole.end)
            }
            if from < span.end { left.append(DaySpan(from: from, end: span.end)) }
        }
        return left
    }
}
