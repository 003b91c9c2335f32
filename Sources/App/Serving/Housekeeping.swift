import Store
import Threads

/// What a server does for its record by itself: forgetting receipts that no retry is known by any more.
struct Housekeeping: Sendable {
    private let end = Mailbox<Void>(capacity: 1)
    private let thread: Thread
    private static let millisecondsBetween = 86_400_000

    /// - Parameter complain: hears of a failure; the next day tries again.
    init(_ store: Store, complain: @escaping @Sendable (any Error) -> Void) {
        let end = end
        thread = Thread {
            repeat {
                do {
                    // In small bites, each a change of its own, so that no intake waits for all of them.
                    while try store.change({ try $0.forgetOldReceipts() }) {}
                } catch {
                    complain(error)
                }
            } while !end.wait(milliseconds: Housekeeping.millisecondsBetween)
        }
    }

    func stop() {
        _ = end.post(())
        thread.join()
    }
}
