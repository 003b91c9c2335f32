/// The number of one kind of thing inside the record; never shown to anybody, so that it can be small and join fast.
package struct Identifier<Subject>: Hashable, Comparable, Sendable {
    package let number: Int64

    package init(_ number: Int64) {
        self.number = number
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// One multiplication instead of SipHash: row numbers are given by the record, nobody outside chooses them.
    package func _rawHashValue(seed: Int) -> Int {
        let mixed = (UInt64(bitPattern: number) ^ UInt64(bitPattern: Int64(seed))) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// A person on, or once on, the list: by the number of their record or, after a merge, the smallest of their records'.
package enum Person {}
/// People who belong together, as their facts state it.
package enum Household {}
/// A line of the journal: its sequence number.
package enum JournalLine {}

package typealias PersonID = Identifier<Person>
package typealias HouseholdID = Identifier<Household>
package typealias FactID = Identifier<JournalLine>
