import Fixtures
import Glibc
import Threads

/// Clients that send intakes, each on its own connection, until they are stopped or the server goes.
final class IntakeLoad: Sendable {
    /// What became of one intake.
    enum Outcome: Hashable, Sendable {
        /// 201, with this body.
        case kept(String)
        /// Sent whole, and the connection ended without an answer.
        case unanswered
        /// Any other answer.
        case other(Int)
    }

    private let results = Guarded<[String: Outcome]>([:])
    private let isStopped = Guarded(false)
    private let threads: [Thread]

    init(_ record: ServedRecord, clients: Int, run: String) {
        let (port, results, isStopped) = (record.port, results, isStopped)
        let requests = (0..<clients).map { client in
            (0..<4_000).map { number -> (key: String, text: String) in
                let key = "\(run)-\(client)-\(number)"
                return (key, record.intake(key: key, name: "P\(client)x\(number)"))
            }
        }
        threads = requests.map { requests in
            Thread {
                let client = Client(port)
                for request in requests where !isStopped.with({ $0 }) {
                    let answer = client.ask(request.text)
                    let outcome = IntakeLoad.outcome(of: answer)
                    results.with { $0[request.key] = outcome }
                    // After `close` the server takes nothing more on this connection, and says so.
                    if outcome == .unanswered || answer.contains("Connection: close") { return }
                }
            }
        }
    }

    static func outcome(of answer: String) -> Outcome {
        switch answer.status {
        case 201: .kept(answer.content)
        case 0: .unanswered
        default: .other(answer.status)
        }
    }

    /// Waits until so many intakes have been answered.
    func wait(forAnswers count: Int) {
        while results.with({ $0.count }) < count { poll(nil, 0, 1) }
    }

    func stop() { isStopped.with { $0 = true } }

    /// What became of each intake, by its key, once every client has ended.
    func finish() -> [String: Outcome] {
        for thread in threads { thread.join() }
        return results.with { $0 }
    }
}
