import API
import HTTP
import HTTPServer

extension Setting {
    /// How much a client may send, and how long it may take: each limit of the server.
    static let limits: [Setting] = head + bodies + time + connections

    private static let head: [Setting] = [
        number("head.line.bytes", "bytes", 8_192, in: 1_024...65_536, "Method, target and version; 414 beyond it.") {
            $0.limits.request.requestLineBytesMax = $1
        },
        number("head.field.bytes", "bytes", 8_192, in: 1_024...65_536, "One field line; 431 beyond it.") {
            $0.limits.request.fieldLineBytesMax = $1
        },
        number("head.bytes", "bytes", 32_768, in: 1_024...65_536, "All field lines together; 431 beyond it.") {
            $0.limits.request.fieldSectionBytesMax = $1
        },
        number("head.fields", "fields", 100, in: 10...10_000, "Field lines; 431 beyond them.") {
            $0.limits.request.fieldsMax = $1
        },
        number("head.emptylines", "lines", 2, in: 0...16, "Empty lines before a request; 400 beyond them.") {
            $0.limits.request.emptyLinesMax = $1
        },
    ]

    private static let bodies: [Setting] = [
        number("body.bytes", "bytes", 1 << 20, in: 1_024...(1 << 26), "The largest JSON body; 413 beyond it.") {
            $0.service.bodyBytesMax = $1
        },
        number(
            "body.unwanted.bytes", "bytes", 65_536, in: 0...(1 << 26),
            "A body that nobody wants is read up to here, so that the connection can go on."
        ) { $0.limits.discardedBodyBytesMax = $1 },
        number("chunk.extension.bytes", "bytes", 256, in: 0...65_536, "After one chunk's size; 400 beyond it.") {
            $0.limits.request.chunkExtensionBytesMax = $1
        },
        number("chunk.extensions.bytes", "bytes", 4_096, in: 0...65_536, "After all chunk sizes; 400 beyond it.") {
            $0.limits.request.chunkExtensionsBytesMax = $1
        },
        number(
            "chunk.overhead.bytes", "bytes", 4_096, in: 64...(1 << 20),
            "Bytes around chunks, on top of sixteen for each inside; 400 beyond it."
        ) { $0.limits.request.chunkOverheadBytesMax = $1 },
    ]

    private static let time: [Setting] = [
        number("head.seconds", "seconds", 10, in: 1...600, "For the head of a request; then 408.") {
            $0.limits.headMilliseconds = UInt64($1) * 1_000
        },
        number("body.seconds", "seconds", 30, in: 1...600, "For a body, on top of what its bytes buy; then 408.") {
            $0.limits.bodyMilliseconds = UInt64($1) * 1_000
        },
        number("body.second.bytes", "bytes", 32_768, in: 512...(1 << 20), "Of a body: what buys another second.") {
            $0.limits.bodyBytesPerExtraSecond = $1
        },
        number("body.slow.seconds", "seconds", 5, in: 1...600, "The first seconds of a body, which may be slower.") {
            $0.limits.bodySlowStartMilliseconds = UInt64($1) * 1_000
        },
        number("body.rate", "bytes/s", 512, in: 0...(1 << 20), "What a body brings on average after them; else 408.") {
            $0.limits.bodyBytesPerSecondMin = $1
        },
        number("idle.seconds", "seconds", 75, in: 1...3_600, "Between two requests on one connection.") {
            $0.limits.idleMilliseconds = UInt64($1) * 1_000
        },
        number(
            "answer.seconds", "seconds", 20, in: 1...600,
            "For an answer of which nothing is taken, and the first seconds of a slow one; then a reset."
        ) { $0.limits.writeMilliseconds = UInt64($1) * 1_000 },
        number("answer.rate", "bytes/s", 512, in: 0...(1 << 20), "What is taken of an answer on average after them.") {
            $0.limits.answerBytesPerSecondMin = $1
        },
        number("linger.seconds", "seconds", 2, in: 1...60, "For the client to close after the last answer.") {
            $0.limits.lingerMilliseconds = UInt64($1) * 1_000
        },
        number(
            "drain.idle.milliseconds", "ms", 250, in: 0...60_000,
            "While the server stops: how long a connection without a request is kept."
        ) { $0.limits.drainIdleMilliseconds = UInt64($1) },
        number(
            "accept.pause.milliseconds", "ms", 100, in: 1...60_000,
            "How long nobody is let in when the system has no descriptor left."
        ) { $0.limits.acceptPauseMilliseconds = UInt64($1) },
        number("scan.milliseconds", "ms", 1_000, in: 1...60_000, "How often the deadlines are looked at.") {
            $0.limits.scanMilliseconds = UInt64($1)
        },
        number("linger.bytes", "bytes", 262_144, in: 0...(1 << 26), "Read and thrown away meanwhile.") {
            $0.limits.lingerBytesMax = $1
        },
    ]

    private static let connections: [Setting] = [
        number("connections", "connections", 10_000, in: 1...100_000, "Connections at once; 503 beyond them.") {
            $0.limits.connectionsMax = $1
        },
        number(
            "connections.address", "connections", 256, in: 1...100_000,
            "Connections at once from one address, a proxy's apart; 503 beyond them."
        ) { $0.limits.connectionsPerAddressMax = $1 },
        number(
            "connection.requests", "requests", 10_000, in: 1...1_000_000_000,
            "Requests on one connection; the last answer closes it."
        ) { $0.limits.requestsPerConnectionMax = $1 },
        number(
            "connection.ahead.bytes", "bytes", 65_536, in: 65_536...(1 << 24),
            "Read from one connection before another has its turn, and held of what came ahead."
        ) { $0.limits.turnBytesMax = $1 },
        number(
            "connection.answers", "answers", 32, in: 1...10_000,
            "Answers on one connection before another has its turn."
        ) { $0.limits.turnAnswersMax = $1 },
        number(
            "connection.answers.bytes", "bytes", 262_144, in: 1_024...(1 << 24),
            "Answers that wait for one client; nothing more is read from it until they are gone."
        ) { $0.limits.batchBytesMax = $1 },
    ]
}
