/// An answer without what every answer has: the encoder adds Date, Content-Length and Connection.
package struct Response: Sendable {
    package var status: Int
    package var fields: FieldLines
    package var body: [UInt8]
    /// The pattern of the route that answered, as the log names it; never a path with an id in it.
    package var route: String
    /// The connection ends after this answer.
    package var closes: Bool

    package init(
        _ status: Int, fields: FieldLines = FieldLines(), body: [UInt8] = [], route: String = "-",
        closes: Bool = false
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.route = route
        self.closes = closes
    }
}

/// Field lines ready to be sent, each with its line end.
package struct FieldLines: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    /// Lines of names and values that are known to be clean: written in this program.
    package init(_ lines: KeyValuePairs<StaticString, String>) {
        bytes = []
        for (name, value) in lines { add(name, value) }
    }

    /// Adds a line; of the value what could end the line or is no visible ASCII is left out (RFC 9110 §5.5).
    package mutating func add(_ name: StaticString, _ value: String) {
        assert(
            !["content-length", "transfer-encoding", "connection", "date"].contains(name.description.lowercased()),
            "how an answer is framed is the encoder's to say (RFC 9112 §6)")
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        for byte in value.utf8 where byte >= 0x20 && byte < 0x7F { bytes.append(byte) }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }
}
