// A target is decoded and finds its route as the plainest reading of it would, and no text out of it hides anything.

@testable import HTTP

/// Of the shapes that the program's own routes have, and some that could be mistaken for one another.
private let patterns = [
    "/healthz", "/v1/chronic/evaluations", "/v1/communities/{community}/people/search",
    "/v1/communities/{community}/people/{person}", "/v1/communities/{community}/people/{person}/facts",
    "/v1/communities/{community}/reports/monthly", "/v1/communities/{community}/reports/monthly.csv",
    "/v1/communities/{community}/reports/monthly/{month}", "/a/{b}.csv", "/a/{b}", "/a/{b}/{c}",
]

private let router = {
    var router = Router()
    for (number, pattern) in patterns.enumerated() { router.add(.get, pattern, number) }
    return router
}()

func check(_ input: [UInt8]) {
    demandSoundText(input[...])
    var parser = RequestParser(limits: RequestLimits())
    let head = Array("GET ".utf8) + input + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    guard case .complete = parser.read(head.span) else { return }
    let request = parser.request
    let path = request.head[request.path]
    for segment in path.split(separator: UInt8(ascii: "/")) { demandSoundText(segment) }
    demandRoute(request, path)
    guard let query = QueryParameters(request) else { return }
    demand(Set(query.pairs.map(\.name)).count == query.pairs.count, "a name twice in a query")
    for (name, value) in query.pairs {
        demand(isClean(name) && isClean(value), "a control character or a slash out of a query")
    }
}

/// Our own decoding beside the one that is tried: what is escaped may be neither control nor slash, nor broken UTF-8.
private func demandSoundText(_ bytes: ArraySlice<UInt8>) {
    let text = PercentEncoding.decoded(bytes)
    demand(text == decodedPlainly(Array(bytes)), "another text than the plainest decoding gives")
    if let text, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 47 }) {
        demand(isClean(text), "a control character or a slash out of an escape")
    }
}

private func isClean(_ text: String) -> Bool {
    // A slash of a query may stand there unescaped: RFC 3986 §3.4.
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
}

private func decodedPlainly(_ bytes: [UInt8]) -> String? {
    var plain: [UInt8] = []
    var place = 0
    while place < bytes.count {
        guard bytes[place] == 37 else {
            plain.append(bytes[place])
            place += 1
            continue
        }
        let digits = String(decoding: bytes[place...].dropFirst().prefix(2), as: UTF8.self)
        // Numbers may have a sign in front of them, escapes may not.
        guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), digits.utf8.allSatisfy({ $0 < 0x80 }),
            let byte = UInt8(digits, radix: 16), byte >= 32, byte != 127, byte != 47
        else { return nil }
        plain.append(byte)
        place += 3
    }
    return String(validating: plain, as: UTF8.self)
}

private func demandRoute(_ request: Request, _ path: ArraySlice<UInt8>) {
    let text = String(decoding: path, as: UTF8.self)
    switch router.match(request) {
    case .found(let found, let captures):
        let first = patterns.firstIndex { capturesPlainly($0, text) != nil }
        demand(found == first, "another route than the plainest matching finds")
        let texts = captures.map { String(decoding: request.head[$0], as: UTF8.self) }
        demand(texts == capturesPlainly(patterns[found], text), "other captures than the plainest matching finds")
    case .otherMethods: demand(false, "a route without the only method that there is")
    case .nothing:
        demand(
            !patterns.contains { capturesPlainly($0, text) != nil }, "no route where the plainest matching finds one")
    }
}

/// What the names of the pattern stand for; `nil` if the path does not fit.
private func capturesPlainly(_ pattern: String, _ path: String) -> [String]? {
    let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard wanted.count == parts.count else { return nil }
    var captures: [String] = []
    for (wanted, part) in zip(wanted, parts) {
        guard wanted.hasPrefix("{"), let end = wanted.firstIndex(of: "}") else {
            guard wanted == part else { return nil }
            continue
        }
        let suffix = wanted[wanted.index(after: end)...]
        guard part.hasSuffix(suffix), part.count > suffix.count else { return nil }
        guard !suffix.isEmpty || (part != "." && part != "..") else { return nil }
        captures.append(String(part.dropLast(suffix.count)))
    }
    return captures
}
