public import Glibc

/// A queue between threads: bounded, first in first out.
///
/// `@unchecked Sendable`: everything inside is touched under the mutex only. pthread rather than
/// Synchronization.Mutex, which ThreadSanitizer does not understand.
package final class Mailbox<Message: Sendable>: @unchecked Sendable {
    private let capacity: Int
    private var messages: [Message] = []
    private var isClosed = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init(capacity: Int) {
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
    package func post(_ message: Message) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed, messages.count < capacity else { return false }
        messages.append(message)
        pthread_cond_signal(arrival)
        return true
    }

    /// Waits for at least one message; none once the box is closed and empty.
    package func take(atMost limit: Int) -> [Message] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while messages.isEmpty, !isClosed { pthread_cond_wait(arrival, mutex) }
        let taken = Array(messages.prefix(limit))
        messages.removeFirst(taken.count)
        return taken
    }

    /// Takes out the messages that are so, in their order, without waiting for any.
    package func remove(where isSo: (Message) -> Bool) -> [Message] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let removed = messages.filter(isSo)
        if !removed.isEmpty { messages.removeAll(where: isSo) }
        return removed
    }

    package var isEmpty: Bool { count == 0 }

    /// Waits until there is a message or the box is closed, but no longer than so; whether there is one.
    package func wait(milliseconds: Int) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        let nanoseconds = deadline.tv_nsec + milliseconds % 1_000 * 1_000_000
        deadline.tv_sec += milliseconds / 1_000 + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        while messages.isEmpty, !isClosed {
            if pthread_cond_timedwait(arrival, mutex, &deadline) == ETIMEDOUT { break }
        }
        return !messages.isEmpty
    }

    /// Waits until the box is closed, but no longer than so; whether it is.
    package func isClosedAfter(milliseconds: Int) -> Bool {
        _ = wait(milliseconds: milliseconds)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return isClosed
    }

    /// Messages that wait.
    package var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return messages.count
    }

    /// Takes nothing more; what is inside is still handed out.
    package func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(arrival)
        pthread_mutex_unlock(mutex)
    }
}

/// A value that one thread at a time may touch.
///
/// `@unchecked Sendable`: the value is touched under the mutex only, and what leaves is sent. pthread rather than
/// Synchronization.Mutex, which ThreadSanitizer does not understand. Public, because generic code of another module
/// looks its types up at every call unless it is inlined, and what is of the package only never is.
public final class Guarded<Value>: @unchecked Sendable {
    @usableFromInline var value: Value
    @usableFromInline let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    package init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Looks at the value or changes it; nobody else does meanwhile, so the body must be short.
    @inlinable
    public func with<Answer: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
