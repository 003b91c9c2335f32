import ByNameList
import Dispatch
import Store

/// Clients that each wait for their change before they send the next.
final class ClientLoad: Sendable {
    private let store: Store
    private let origin: Origin

    init(store: Store, origin: Origin) {
        self.store = store
        self.origin = origin
    }

    /// Returns when all changes are answered; `acknowledged` runs on the writer's thread.
    func run(changes: Int, clients: Int, acknowledged: @escaping @Sendable (PersonID) -> Void) {
        let finished = DispatchSemaphore(value: 0)
        let share = (changes + clients - 1) / clients
        for _ in 0..<clients { send(share, finished, acknowledged) }
        for _ in 0..<clients { finished.wait() }
    }

    private func send(
        _ left: Int, _ finished: DispatchSemaphore, _ acknowledged: @escaping @Sendable (PersonID) -> Void
    ) {
        guard left > 0 else {
            finished.signal()
            return
        }
        let origin = origin
        let isTaken = store.submit({ transaction in try BenchStore.admit(transaction, from: origin) }) { result in
            switch result {
            case .success(let person):
                acknowledged(person)
                self.send(left - 1, finished, acknowledged)
            case .failure(let error):
                preconditionFailure("a change failed: \(error)")
            }
        }
        precondition(isTaken, "the queue is full")
    }
}
