import HTTP
import HTTPServer
import Threads

/// Answers with what it was asked.
struct Echo: Handler {
    /// Answers to requests with a body, so far.
    private let bodies = Guarded(0)
    private let worker = Worker()
    private let exchanges = Guarded<[Exchange]>([])
    private let held = Held()

    /// Lets the answer to /never go.
    func release() { held.release("/never") }

    var bodyBytesMax: Int { 1_000_000 }

    var reported: [Exchange] { exchanges.with { $0 } }

    func admit(_ head: Request) -> Admission {
        head.head[head.path].elementsEqual("/forbidden".utf8)
            ? .refused(Response(403)) : .accepted(bodyBytesMax: 1_000_000)
    }

    func answer(_ request: Request) async -> Response {
        let path = String(decoding: request.head[request.path], as: UTF8.self)
        if !request.body.isEmpty { bodies.with { $0 += 1 } }
        switch path {
        case "/bodies": return Response(200, body: Array("\(bodies.with { $0 })".utf8))
        case "/large": return Response(200, body: [UInt8](repeating: UInt8(ascii: "a"), count: 8_000_000))
        case "/medium": return Response(200, body: [UInt8](repeating: UInt8(ascii: "a"), count: 200_000))
        case "/never": return Response(200, body: Array((await held.wait()).utf8))
        case "/later": return Response(200, body: Array(await worker.ask().utf8))
        default: return Response(200, body: request.body.isEmpty ? Array(path.utf8) : request.body)
        }
    }

    func refusal(_ status: Int, reason: StaticString) -> Response {
        Response(status, body: Array(reason.description.utf8))
    }

    func finished(_ exchange: Exchange, onLoop loop: Int) {
        exchanges.with { $0.append(exchange) }
    }
}

/// A thread that answers whoever asks it.
private final class Worker: Sendable {
    private let questions: Mailbox<UnsafeContinuation<String, Never>>
    private let thread: Thread

    init() {
        let questions = Mailbox<UnsafeContinuation<String, Never>>(capacity: 1_000)
        self.questions = questions
        thread = Thread {
            while true {
                let asked = questions.take(atMost: 1_000)
                if asked.isEmpty { return }
                for question in asked { question.resume(returning: "later") }
            }
        }
    }

    deinit {
        questions.close()
        thread.join()
    }

    func ask() async -> String {
        await withUnsafeContinuation { _ = questions.post($0) }
    }
}

/// Runs a server for as long as the body takes, and drains it.
func withServer<Answer>(
    loops: Int = 1, limits: ServerLimits = ServerLimits(), _ handler: Echo = Echo(),
    _ body: (Server) throws -> Answer
) throws -> Answer {
    var configuration = ServerConfiguration(port: 0, loops: loops)
    configuration.limits = limits
    let server = try Server(configuration, handler)
    defer {
        server.drain(deadlineSeconds: 0)
        server.wait()
    }
    return try body(server)
}

/// Limits whose deadlines are looked at often.
func hurried(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
    var limits = ServerLimits()
    limits.scanMilliseconds = 5
    change(&limits)
    return limits
}

/// An answer that is given when the test says so.
private final class Held: Sendable {
    private let waiting = Guarded<(answer: String?, continuation: UnsafeContinuation<String, Never>?)>((nil, nil))

    func wait() async -> String {
        await withUnsafeContinuation { continuation in
            let answer: String? = waiting.with { waiting in
                if waiting.answer == nil { waiting.continuation = continuation }
                return waiting.answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    func release(_ answer: String) {
        let continuation = waiting.with { waiting in
            waiting.answer = answer
            return waiting.continuation
        }
        continuation?.resume(returning: answer)
    }
}
