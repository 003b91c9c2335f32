internal import CSQLite

/// Failures that a test orders in advance, to be met at chosen steps of chosen statements.
package final class FaultPlan {
    /// One failure: the `step`-th step of the statements that begin with those words fails with that code.
    package struct Fault: Hashable, Sendable {
        package let words: String
        package let step: Int
        package let code: ResultCode
        package let rollsBack: Bool

        /// - Parameter rollsBack: whether the whole transaction is gone afterwards, as after a full disk it may be.
        package init(_ words: String, step: Int = 1, code: ResultCode, rollsBack: Bool = false) {
            self.words = words
            self.step = step
            self.code = code
            self.rollsBack = rollsBack
        }
    }

    private var waiting: [(fault: Fault, seen: Int)]
    /// The faults that have been met, in that order.
    package private(set) var met: [Fault] = []

    package init(_ faults: Fault...) {
        waiting = faults.map { (fault: $0, seen: 0) }
    }

    /// The fault that the coming step of that SQL meets, if any; it is met once.
    func fault(before sql: UnsafePointer<CChar>) -> Fault? {
        var due: Int?
        for index in waiting.indices where FaultPlan.starts(sql, with: waiting[index].fault.words) {
            waiting[index].seen += 1
            if due == nil, waiting[index].seen == waiting[index].fault.step { due = index }
        }
        guard let due else { return nil }
        let fault = waiting.remove(at: due).fault
        met.append(fault)
        return fault
    }

    private static func starts(_ sql: UnsafePointer<CChar>, with words: String) -> Bool {
        var place = 0
        // The statements of a script begin with the blanks that part them.
        while sql[place] == 32 || sql[place] == 10 { place += 1 }
        for byte in words.utf8 {
            // A shorter SQL ends in a zero, which no word holds.
            guard UInt8(bitPattern: sql[place]) == byte else { return false }
            place += 1
        }
        return true
    }
}
