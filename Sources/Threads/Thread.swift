internal import CLinux
import Glibc

/// Runs the body on a thread of its own; `join` waits for its end.
package struct Thread: Sendable {
    private let handle: pthread_t

    package init(_ body: @escaping @Sendable () -> Void) {
        final class Box {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var handle = pthread_t()
        let box = Unmanaged.passRetained(Box(body))
        let failure = pthread_create(
            &handle, nil,
            { argument in
                if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        precondition(failure == 0, "the system gives no thread")
        self.handle = handle
    }

    /// The calling thread goes behind the event loops and the writer, and so do the threads that it starts.
    ///
    /// Of a thread and not of the process, as Linux has it (setpriority(2)).
    package static func stepBack(by steps: Int32 = 10) {
        let thread = __priority_which_t(PRIO_PROCESS.rawValue)
        setpriority(thread, 0, min(19, getpriority(thread, 0) + steps))
        // What it gives away with `giveWay` is the rest of a turn: it is to be a short one.
        shortenTurns()
    }

    /// The calling thread asks for the shortest turns that the system gives, which come sooner.
    package static func shortenTurns() { _ = bnl_short_turns(100_000) }

    package func join() {
        pthread_join(handle, nil)
    }

    /// Lets the thread end by itself; nobody waits for it.
    package func detach() {
        pthread_detach(handle)
    }
}

/// An answer that another thread will give, once.
package final class Promise<Answer: Sendable>: Sendable {
    private let box = Mailbox<Answer>(capacity: 1)

    package init() {}

    package func keep(_ answer: Answer) {
        _ = box.post(answer)
    }

    package func wait() -> Answer {
        box.take(atMost: 1)[0]
    }
}
