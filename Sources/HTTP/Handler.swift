/// What stands behind the server: it says what is answered and knows nothing of sockets.
package protocol Handler: Sendable {
    /// The largest body that any request may have; one that announces more is answered 413, whatever it asks for.
    var bodyBytesMax: Int { get }

    /// Asked once the head of a request with a body is read, before any of the body is and before a 100 is sent.
    func admit(_ head: Request) -> Admission

    /// The answer to a whole request; runs on the loop of its connection and must not block it.
    func answer(_ request: Request) async -> Response

    /// The answer to what is no request that could be read, or came too late: 400, 408, 413, 414, 431, 501, 503, 505.
    func refusal(_ status: Int, reason: StaticString) -> Response

    /// Told of each answer once it has been handed to the kernel, on the loop of that number.
    func finished(_ exchange: Exchange, onLoop loop: Int)
}

/// Whether a request's body is read.
package enum Admission: Sendable {
    /// It is, up to so many bytes.
    case accepted(bodyBytesMax: Int)
    /// It is not: this is the answer. A small body is read to its end first, so that the connection can go on and a
    /// fault in its framing is seen; with a larger one, or with a client that waits to be asked for it, it closes.
    case refused(Response)
}

/// What the log keeps of a request and its answer.
package struct Exchange: Sendable {
    package let requestID: UInt64
    package let method: Method?
    package let route: String
    package let status: Int
    /// Bytes of the answer, head and body.
    package let bytes: Int
    /// From the first byte of the request to the hand-over of the answer.
    package let nanoseconds: UInt64

    package init(requestID: UInt64, method: Method?, route: String, status: Int, bytes: Int, nanoseconds: UInt64) {
        self.requestID = requestID
        self.method = method
        self.route = route
        self.status = status
        self.bytes = bytes
        self.nanoseconds = nanoseconds
    }
}
