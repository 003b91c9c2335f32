package import HTTP

/// How much a client may ask for, and how long it may take; the defaults are those of a server open to the world.
package struct ServerLimits: Sendable {
    /// What one request may look like.
    package var request = RequestLimits()
    /// From the first byte of a request to the end of its head; then 408.
    package var headMilliseconds: UInt64 = 10_000
    /// For a body, on top of what its bytes buy; then 408.
    package var bodyMilliseconds: UInt64 = 30_000
    /// So many bytes of a body buy another second.
    package var bodyBytesPerExtraSecond = 32_768
    /// What a body has to bring in each second, on average, once its first seconds are over; else 408.
    package var bodyBytesPerSecondMin = 512
    /// The first seconds of a body, in which it may be slower.
    package var bodySlowStartMilliseconds: UInt64 = 5_000
    /// Between two requests; then the connection is closed without a word.
    package var idleMilliseconds: UInt64 = 75_000
    /// For an answer of which nothing more is taken, and the first seconds of one that is taken slowly; then the
    /// connection is reset.
    package var writeMilliseconds: UInt64 = 20_000
    /// What a client has to take of an answer in each second, on average, once its first seconds are over.
    package var answerBytesPerSecondMin = 512
    /// For the client to close after our last answer (RFC 9112 §9.6).
    package var lingerMilliseconds: UInt64 = 2_000
    /// Read and thrown away meanwhile.
    package var lingerBytesMax = 262_144
    /// A body that its method does not need is read up to here, so that the connection can go on.
    package var discardedBodyBytesMax = 65_536
    /// Read from one client before another has its turn, and held of what it sent ahead.
    package var turnBytesMax = 65_536
    /// Answers to one client before another has its turn.
    package var turnAnswersMax = 32
    /// Answers to requests that came together leave together, until they are so many bytes.
    package var batchBytesMax = 262_144
    /// Answers on one connection; the last one closes it.
    package var requestsPerConnectionMax = 10_000
    /// Connections at once; lowered if the system allows fewer open files. The next one is answered 503.
    package var connectionsMax = 10_000
    /// Connections at once from one address; the next one is answered 503.
    package var connectionsPerAddressMax = 256
    /// Addresses that may have any number: the proxies'.
    package var proxies: Set<Address> = []
    /// How long nothing is accepted when the system has no descriptor left.
    package var acceptPauseMilliseconds: UInt64 = 100
    /// How often the deadlines are looked at.
    package var scanMilliseconds: UInt64 = 1_000
    /// While the server drains: how long a connection without a request is kept, as its next one may be on its way.
    package var drainIdleMilliseconds: UInt64 = 250

    package init() {}

    /// What is read from a client before it is looked at: a whole head, however it came.
    var inputBytesMax: Int { max(turnBytesMax, request.requestLineBytesMax + request.fieldSectionBytesMax + 64) }
}
