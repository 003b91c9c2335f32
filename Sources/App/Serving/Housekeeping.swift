import Store
import Threads

/// What a server does for its record by itself: it writes down each minute which tokens were used, and each day it
/// forgets the receipts that no retry is known by any more, and who those are of whom nobody has heard for years.
struct Housekeeping: Sendable {
    private let end = Mailbox<Void>(capacity: 1)
    private let thread: Thread
    private static let millisecondsBetween = 60_000
    private static let minutesOfADay = 1_440

    /// - Parameter complain: hears of a failure; the next time tries again.
    init(_ store: Store, complain: @escaping @Sendable (any Error) -> Void) {
        let end = end
        thread = Thread {
            var minute = 0
            repeat {
                do {
                    if minute % Housekeeping.minutesOfADay == 0 { try Housekeeping.daily(store) }
                    try Housekeeping.noteUses(store)
                } catch {
                    complain(error)
                }
                minute += 1
            } while !end.wait(milliseconds: Housekeeping.millisecondsBetween)
            // What the last minute saw.
            try? Housekeeping.noteUses(store)
        }
    }

    func stop() {
        _ = end.post(())
        thread.join()
    }

    private static func daily(_ store: Store) throws {
        // In small bites, each a change of its own, so that no intake waits for all of them.
        while try store.change({ try $0.forgetOldReceipts() }) {}
        try store.eraseSilentPeople()
    }

    private static func noteUses(_ store: Store) throws {
        let uses = store.live.takeUses()
        guard !uses.isEmpty else { return }
        try store.change { transaction in try transaction.noteUses(uses) }
    }
}
