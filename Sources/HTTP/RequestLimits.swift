/// How much of a request is read before it is refused.
package struct RequestLimits: Sendable {
    /// Method, target and version; a longer one is answered 414 (RFC 9112 §3 asks for 8,000 at least).
    package var requestLineBytesMax = 8_192
    /// One field line without its line end; a longer one is answered 431.
    package var fieldLineBytesMax = 8_192
    /// All field lines; more is answered 431.
    package var fieldSectionBytesMax = 32_768
    /// Field lines; more is answered 431.
    package var fieldsMax = 100
    /// Empty lines before the request line: what an old client sends after a body (RFC 9112 §2.2).
    package var emptyLinesMax = 2
    /// Of one chunk: the bytes after its size.
    package var chunkExtensionBytesMax = 256
    /// Of one body: the bytes after all its chunk sizes.
    package var chunkExtensionsBytesMax = 4_096
    /// Bytes around the chunks that come on top of sixteen for each byte inside.
    package var chunkOverheadBytesMax = 4_096
    /// The names under which the server is known, in lower case and without a port; `nil` for whatever name.
    package var allowedHosts: [String]?

    package init() {}
}

/// Why a request is refused while it is read; the connection ends with the answer.
package struct Fault: Error, Hashable, Sendable {
    package let status: Int
    package let reason: StaticString

    package init(_ status: Int, _ reason: StaticString) {
        self.status = status
        self.reason = reason
    }

    package static func == (left: Fault, right: Fault) -> Bool {
        left.status == right.status && left.reason.description == right.reason.description
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(status)
    }
}
