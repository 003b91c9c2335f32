import ByNameList
import Foundation
import Store
import Testing

@Suite struct `A request with an idempotency key` {
    private let trial: TrialStore

    init() throws {
        trial = try TrialStore()
    }

    private func request(_ key: String, body: [UInt8] = [1, 2, 3]) -> IdempotentRequest {
        IdempotentRequest(
            community: trial.origin.community, actor: trial.origin.actor, route: "POST /intakes", key: key,
            bodyHash: body)
    }

    private func admission(_ request: IdempotentRequest) -> @Sendable (WriteTransaction) throws -> String {
        let origin = trial.origin
        return { transaction in
            try transaction.answering(request) { "\(try TrialStore.admit(transaction, from: origin).number)" }.answer
        }
    }

    @Test func `does its work once, twice in a group or groups apart`() throws {
        let once = admission(request("a"))
        let answers = try trial.group([once, once, admission(request("b"))]).map { try $0.get() }
        #expect(answers == ["1", "1", "2"])
        #expect(try trial.store.change(once) == "1")
        try trial.reopen()
        #expect(try trial.store.change(once) == "1")
        #expect(try trial.people().count == 2)
        #expect(try trial.problems() == [])
    }

    @Test func `is done by the second if the first is undone`() throws {
        let origin = trial.origin
        let request = request("a")
        let failing: @Sendable (WriteTransaction) throws -> String = { transaction in
            _ = try transaction.answering(request) { "\(try TrialStore.admit(transaction, from: origin).number)" }
            throw StoreError.notFound("something that came after")
        }
        let answers = trial.group([failing, admission(request)])
        #expect(answers[0].storeError == .notFound("something that came after"))
        #expect(try answers[1].get() == "1")
        #expect(try trial.people() == [PersonID(1)])
        #expect(try trial.factCount() == 3)
    }

    @Test func `keeps nothing if its work refuses`() throws {
        let request = request("a")
        #expect(throws: StoreError.notFound("nobody")) {
            try trial.store.change { transaction in
                _ = try transaction.answering(request) { throw StoreError.notFound("nobody") }
            }
        }
        #expect(try trial.store.change(admission(request)) == "1")
    }

    @Test func `is refused with another body, in the same group and later`() throws {
        let other = admission(request("a", body: [1, 2, 4]))
        let answers = trial.group([admission(request("a")), other])
        #expect(answers[0].isSuccess && answers[1].storeError == .idempotencyConflict)
        #expect(throws: StoreError.idempotencyConflict) { try trial.store.change(other) }
        #expect(try trial.people().count == 1)
    }

    @Test func `is another's on another route or by another actor`() throws {
        let origin = trial.origin
        let other = try trial.store.change { transaction in
            try transaction.origin(
                community: origin.community, agency: "Other", actor: "worker", source: "intake", isImport: false)
        }
        let requests = [
            request("a"),
            IdempotentRequest(
                community: origin.community, actor: other.actor, route: "POST /intakes", key: "a", bodyHash: []),
            IdempotentRequest(
                community: origin.community, actor: origin.actor, route: "POST /contacts", key: "a", bodyHash: []),
        ]
        let answers = try trial.group(requests.map { admission($0) }).map { try $0.get() }
        #expect(answers == ["1", "2", "3"])
    }

    @Test func `whose sender went away is kept once, and a retry gets its answer`() throws {
        let hold = Hold()
        hold.take(trial.store)
        #expect(trial.store.submit(admission(request("a"))) { _ in })
        hold.release()
        #expect(try trial.store.change(admission(request("a"))) == "1")
        #expect(try trial.people() == [PersonID(1)])
        let origin = trial.origin
        let kept = try trial.store.change { transaction in
            try transaction.receipt(
                route: "POST /intakes", key: "a", actor: origin.actor, community: origin.community)
        }
        #expect(kept == Receipt(request("a"), answer: "1"))
    }

    @Test func `that still waits when the record is closed is kept`() throws {
        let hold = Hold()
        hold.take(trial.store)
        #expect(trial.store.submit(admission(request("a"))) { _ in })
        hold.release()
        try trial.reopen()
        #expect(try trial.people() == [PersonID(1)])
        #expect(try trial.store.change(admission(request("a"))) == "1")
    }
}
