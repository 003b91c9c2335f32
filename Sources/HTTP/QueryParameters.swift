/// The parameters of a target's query, in their order.
package struct QueryParameters: Sendable {
    package let pairs: [(name: String, value: String)]

    /// `nil` if an escape is wrong or a name stands twice.
    package init?(_ request: Request) {
        guard request.query.lowerBound >= 0, request.query.upperBound <= request.head.count else { return nil }
        var pairs: [(name: String, value: String)] = []
        for part in request.head[request.query].split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = Self.text(part[..<(equals ?? part.endIndex)]),
                let value = Self.text(equals.map { part[($0 + 1)...] } ?? part[part.endIndex...]),
                !pairs.contains(where: { $0.name == name })
            else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// As forms send it: a plus is a blank.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        PercentEncoding.decoded(ArraySlice(bytes.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }))
    }
}
