/// Whether the record keeps changes.
package enum WritingState: Hashable, Sendable {
    case good
    /// The last group was lost; the next may be kept.
    case failed
    /// There is no room: changes are refused until there is, and what has to be kept for a look goes to the reserve.
    case full
    /// The disk failed to keep what was written, or the file is damaged: nothing is written until the next start.
    ///
    /// The system forgets what it could not write and calls the next sync good, so that trying again proves nothing.
    case stopped
}
