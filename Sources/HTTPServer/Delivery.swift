/// How a client takes the answers that the kernel holds for it.
///
/// The kernel takes hundreds of kilobytes at once, so that an answer is sent long before it has arrived: only what the
/// kernel still holds tells a client that reads from one that pretends to.
package struct Delivery: Sendable {
    /// What is to be done about a client whose answers the kernel still holds.
    package enum Verdict: Hashable, Sendable {
        case goesOn
        /// It takes its answers so slowly that it is not taking them.
        case stalled
    }

    /// Since when the answers are looked at, in nanoseconds.
    private var since: UInt64 = 0
    /// When something was handed over last.
    private var lastSent: UInt64 = 0
    /// What was handed over since then, and what the kernel held before.
    private var bytes = 0
    /// Whether an answer that was handed over a moment ago may still excuse the client.
    private var isExcusable = true

    package init() {}

    /// Notes what was handed over.
    package mutating func note(sent count: Int, at now: UInt64) {
        if bytes == 0 { since = now }
        lastSent = now
        bytes += count
    }

    /// Whether the client has had the first seconds of an answer, so that asking the kernel is worth a call.
    package func isDue(at now: UInt64, _ limits: ServerLimits) -> Bool {
        bytes > 0 && Self.milliseconds(since, now) >= limits.writeMilliseconds
    }

    /// Looks at what the kernel still holds, and begins anew with that.
    ///
    /// Whoever has just been sent more is excused once: nobody stays for asking again and again.
    package mutating func judge(untaken: Int, at now: UInt64, _ limits: ServerLimits) -> Verdict {
        guard untaken > 0 else {
            self = Delivery()
            return .goesOn
        }
        let taken = UInt64(max(0, bytes - untaken))
        let isSlow = taken * 1_000 < UInt64(max(0, limits.answerBytesPerSecondMin)) * Self.milliseconds(since, now)
        let isExcused = isExcusable && Self.milliseconds(lastSent, now) < limits.writeMilliseconds
        guard !isSlow || isExcused else { return .stalled }
        isExcusable = !isSlow
        since = now
        bytes = untaken
        return .goesOn
    }

    private static func milliseconds(_ from: UInt64, _ now: UInt64) -> UInt64 {
        now < from ? 0 : (now - from) / 1_000_000
    }
}
