import HTTP

/// The web pages of other origins that may read answers in a browser; none unless they are configured.
///
/// Fetch standard, CORS protocol. Credentials are tokens in a field that a page has to set: cookies play no part.
package struct Origins: Sendable {
    private let allowed: [[UInt8]]

    /// - Parameter allowed: origins as browsers write them, `https://dash.example.org`.
    package init(_ allowed: [String]) {
        self.allowed = allowed.map { Array($0.utf8) }
    }

    var isEmpty: Bool { allowed.isEmpty }

    /// Adds what lets the page that asked read the answer.
    func mark(_ response: inout Response, to request: Request) {
        guard !isEmpty else { return }
        response.fields.add("Vary", "Origin")
        guard let origin = origin(of: request) else { return }
        response.fields.add("Access-Control-Allow-Origin", origin)
        response.fields.add("Access-Control-Expose-Headers", "ETag, Idempotent-Replayed, Retry-After")
        guard request.method == .options, request.value("access-control-request-method") != nil else { return }
        response.fields.add("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT")
        response.fields.add(
            "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match")
        response.fields.add("Access-Control-Max-Age", "600")
    }

    private func origin(of request: Request) -> String? {
        guard request.count("origin") == 1, let value = request.value("origin"),
            allowed.contains(where: { value.elementsEqual($0) })
        else { return nil }
        return String(decoding: value, as: UTF8.self)
    }
}
