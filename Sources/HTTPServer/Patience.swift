/// What a connection is doing, and with that what it may take its time for.
package enum Phase: Hashable, Sendable {
    case idle, head, body, handling, writing, lingering
}

/// When a connection has taken too long: absolute deadlines, so that a trickle of bytes buys no time.
package struct Patience: Sendable {
    /// What it is doing.
    package var phase: Phase
    /// When the phase began, in nanoseconds; for writing, when the client last took something.
    package var since: UInt64
    /// Bytes of the body so far.
    package var bodyBytes = 0

    package init(phase: Phase, since: UInt64) {
        self.phase = phase
        self.since = since
    }

    /// Whether the client has had its time.
    ///
    /// - Parameter drainBegan: since when the server has been draining: from then on an idle connection has a moment,
    ///   however long it has been idle, as its next request may be on its way.
    package func isOver(at now: UInt64, _ limits: ServerLimits, drainBegan: UInt64?) -> Bool {
        if phase == .idle, let drainBegan {
            let began = max(since, drainBegan)
            return now >= began && (now - began) / 1_000_000 >= limits.drainIdleMilliseconds
        }
        let milliseconds = now < since ? 0 : (now - since) / 1_000_000
        switch phase {
        case .idle: return milliseconds >= limits.idleMilliseconds
        case .head: return milliseconds >= limits.headMilliseconds
        case .body: return isBodyLate(after: milliseconds, limits)
        case .handling: return false
        case .writing: return milliseconds >= limits.writeMilliseconds
        case .lingering: return milliseconds >= limits.lingerMilliseconds
        }
    }

    private func isBodyLate(after milliseconds: UInt64, _ limits: ServerLimits) -> Bool {
        let bytes = UInt64(max(0, bodyBytes))
        let bought = bytes * 1_000 / UInt64(max(1, limits.bodyBytesPerExtraSecond))
        if milliseconds >= limits.bodyMilliseconds + bought { return true }
        let isSlow = bytes * 1_000 < UInt64(max(0, limits.bodyBytesPerSecondMin)) * milliseconds
        return milliseconds >= limits.bodySlowStartMilliseconds && isSlow
    }
}
