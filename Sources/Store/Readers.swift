import ByNameList
import SQLite
import Threads

/// Threads that read: each with a read-only connection of its own, each question in one read transaction.
final class Readers: Sendable {
    /// Each is handed a connection, or none when nobody waits for its answer any more.
    private let questions: Mailbox<@Sendable (Connection?) -> Void>
    private let opening: @Sendable () throws(StoreError) -> Connection
    private let threads: [Thread]
    private let isStopping = Guarded(false)

    init(
        count: Int, capacity: Int = 1_024, opening: @escaping @Sendable () throws(StoreError) -> Connection
    ) throws(StoreError) {
        let questions = Mailbox<@Sendable (Connection?) -> Void>(capacity: capacity)
        self.questions = questions
        self.opening = opening
        let isStopping = isStopping
        var threads: [Thread] = []
        var failure: StoreError?
        for _ in 0..<count {
            let opened = Promise<StoreError?>()
            threads.append(
                Thread {
                    do throws(StoreError) {
                        let connection = try opening()
                        // Whoever answers from memory goes first where cores are few.
                        Thread.stepBack()
                        connection.givesWay(everySteps: 1_000)
                        opened.keep(nil)
                        while let question = questions.take(atMost: 1).first {
                            question(isStopping.with { $0 } ? nil : connection)
                        }
                    } catch {
                        opened.keep(error)
                    }
                })
            failure = failure ?? opened.wait()
        }
        self.threads = threads
        if let failure {
            stop()
            throw failure
        }
    }

    /// Asks one of the threads and waits; the whole question sees one state of the record.
    func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (Reader) throws -> Answer
    ) throws -> Answer {
        let promise = Promise<Result<Answer, any Error>>()
        guard submit(question, answer: { promise.keep($0) }) else { throw StoreError.busy }
        return try promise.wait().get()
    }

    /// Lines a question up and returns; the answer comes on a reader's thread. False if too many wait.
    ///
    /// - Parameter deadline: a question that walks through everybody gives up then.
    func submit<Answer: Sendable>(
        _ question: @escaping @Sendable (Reader) throws -> Answer, until deadline: ContinuousClock.Instant? = nil,
        answer: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) -> Bool {
        questions.post { [opening] connection in
            guard let connection else { return answer(.failure(StoreError.closing)) }
            answer(
                Result {
                    try Readers.answer(
                        question, Reader(connection: connection, deadline: deadline, opening: opening))
                })
        }
    }

    var waiting: Int { questions.count }

    /// Ends the threads; what still waits is answered that the record closes.
    func stop() {
        isStopping.with { $0 = true }
        questions.close()
        for thread in threads { thread.join() }
    }

    private static func answer<Answer>(
        _ question: (Reader) throws -> Answer, _ reader: Reader
    ) throws -> Answer {
        let connection = reader.connection
        try translatingErrors { () throws(SQLiteError) in try connection.run("BEGIN") }
        defer {
            // A read transaction has nothing to lose.
            if connection.isInTransaction { try? connection.run("COMMIT") }
        }
        try reader.checkTime()
        return try question(reader)
    }
}
