import ByNameList
import SQLite
import Threads

/// Threads that read: each with a read-only connection of its own, each question in one read transaction.
final class Readers: Sendable {
    private let questions = Mailbox<@Sendable (Connection) -> Void>(capacity: 1024)
    private let threads: [Thread]

    init(
        count: Int, opening: @escaping @Sendable () throws(StoreError) -> Connection
    ) throws(StoreError) {
        let questions = questions
        var threads: [Thread] = []
        var failure: StoreError?
        for _ in 0..<count {
            let opened = Promise<StoreError?>()
            threads.append(
                Thread {
                    do throws(StoreError) {
                        let connection = try opening()
                        opened.keep(nil)
                        while let question = questions.take(atMost: 1).first { question(connection) }
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
    func submit<Answer: Sendable>(
        _ question: @escaping @Sendable (Reader) throws -> Answer,
        answer: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) -> Bool {
        questions.post { connection in answer(Result { try Readers.answer(question, connection) }) }
    }

    var waiting: Int { questions.count }

    func stop() {
        questions.close()
        for thread in threads { thread.join() }
    }

    private static func answer<Answer>(
        _ question: (Reader) throws -> Answer, _ connection: Connection
    ) throws -> Answer {
        try translatingErrors { () throws(SQLiteError) in try connection.run("BEGIN") }
        defer {
            // A read transaction has nothing to lose.
            if connection.isInTransaction { try? connection.run("COMMIT") }
        }
        return try question(Reader(connection: connection))
    }
}
