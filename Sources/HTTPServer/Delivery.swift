/// How a client takes the answers that the kernel holds for it.
///
/// The kernel takes hundreds of kilobytes at once, so that an answer is sent long before it has arrived: only what the
/// kernel still holds tells a client that reads from one that pretends to.
package struct Delivery: Sendable {
    /// When the first of these answers was handed over, in nanoseconds.
    package var since: UInt64 = 0
    /// What was handed over since then; nought once all of it has arrived.
    package var bytes = 0

    package init() {}

    /// Whether the client has had the first seconds of an answer, so that asking the kernel is worth a call.
    package func isDue(at now: UInt64, _ limits: ServerLimits) -> Bool {
        bytes > 0 && milliseconds(at: now) >= limits.writeMilliseconds
    }

    /// Whether the client takes it so slowly that it is not taking it, with so much of it still in the kernel.
    package func isTooSlow(at now: UInt64, untaken: Int, _ limits: ServerLimits) -> Bool {
        let taken = UInt64(max(0, bytes - untaken))
        return taken * 1_000 < UInt64(max(0, limits.answerBytesPerSecondMin)) * milliseconds(at: now)
    }

    private func milliseconds(at now: UInt64) -> UInt64 { now < since ? 0 : (now - since) / 1_000_000 }
}
