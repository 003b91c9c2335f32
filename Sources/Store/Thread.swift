import Glibc

/// A queue between threads: bounded, first in first out.
///
/// `@unchecked Sendable`: everything inside is touched under the mutex only. pthread rather than
/// Synchronization.Mutex, which ThreadSanitizer does not understand.
final class Mailbox<Message: Sendable>: @unchecked Sendable {
    private let capacity: Int
    private var messages: [Message] = []
    private var isClosed = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrival, nil)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    /// False if the box is full or closed: the message was not taken.
    func post(_ message: Message) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed, messages.count < capacity else { return false }
        messages.append(message)
        pthread_cond_signal(arrival)
        return true
    }

    /// Waits for at least one message; none once the box is closed and empty.
    func take(atMost limit: Int) -> [Message] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while messages.isEmpty, !isClosed { pthread_cond_wait(arrival, mutex) }
        let taken = Array(messages.prefix(limit))
        messages.removeFirst(taken.count)
        return taken
    }

    var isEmpty: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return messages.isEmpty
    }

    /// Takes nothing more; what is inside is still handed out.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(arrival)
        pthread_mutex_unlock(mutex)
    }
}

/// Runs the body on a thread of its own; `join` waits for its end.
struct Thread: Sendable {
    private let handle: pthread_t

    init(_ body: @escaping @Sendable () -> Void) {
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

    func join() {
        pthread_join(handle, nil)
    }
}

/// An answer that another thread will give, once.
final class Promise<Answer: Sendable>: Sendable {
    private let box = Mailbox<Answer>(capacity: 1)

    func keep(_ answer: Answer) {
        _ = box.post(answer)
    }

    func wait() -> Answer {
        box.take(atMost: 1)[0]
    }
}
