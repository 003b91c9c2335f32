/// Finds what stands behind a path; patterns are literal segments and `{names}`, matched whole.
///
/// No segment is normalised: a dot segment, an empty one or a trailing slash matches no pattern. What is found is a
/// number that whoever added the pattern chose: a router of anything would be generic, and generic code of another
/// module looks its types up at every step, which cost more than all else that a request needs.
package struct Router: Sendable {
    private var patterns: [Pattern] = []

    private struct Pattern: Sendable {
        let segments: [Segment]
        var endpoints: [(method: Method, endpoint: Int)]
    }

    private enum Segment: Hashable, Sendable {
        case literal([UInt8])
        case capture
        /// A capture that ends in these bytes, as `{month}.csv`.
        case captureThen([UInt8])
    }

    package enum Match: Sendable {
        /// The captures are places in the request's head, still encoded.
        case found(Int, captures: [Range<Int>])
        /// The resource is there, but not with this method: these are its methods.
        case otherMethods([Method])
        case nothing
    }

    package init() {}

    package mutating func add(_ method: Method, _ pattern: String, _ endpoint: Int) {
        let segments = pattern.split(separator: "/").map(Self.segment)
        if let place = patterns.firstIndex(where: { $0.segments == segments }) {
            patterns[place].endpoints.append((method, endpoint))
        } else {
            patterns.append(Pattern(segments: segments, endpoints: [(method, endpoint)]))
        }
    }

    /// HEAD finds what GET finds (RFC 9110 §9.3.2).
    package func match(_ request: Request) -> Match {
        let method = request.method == .head ? .get : request.method
        return request.head.withUnsafeBufferPointer { head in
            let segments = Self.segments(of: request.path, in: head)
            for pattern in patterns where Self.fits(pattern.segments, segments, head) {
                for (other, endpoint) in pattern.endpoints where other == method {
                    return .found(endpoint, captures: Self.captures(pattern.segments, segments))
                }
                return .otherMethods(Self.methods(pattern))
            }
            return .nothing
        }
    }

    private static func methods(_ pattern: Pattern) -> [Method] {
        let methods = pattern.endpoints.map(\.method)
        return methods + (methods.contains(.get) ? [.head] : []) + [.options]
    }

    private static func segment(_ text: Substring) -> Segment {
        guard text.first == "{", let end = text.firstIndex(of: "}") else { return .literal(Array(text.utf8)) }
        let rest = text[text.index(after: end)...]
        return rest.isEmpty ? .capture : .captureThen(Array(rest.utf8))
    }

    /// The places between the slashes.
    private static func segments(of path: Range<Int>, in head: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard path.lowerBound >= 0, path.upperBound <= head.count, !path.isEmpty else { return [] }
        var segments: [Range<Int>] = []
        segments.reserveCapacity(8)
        var start = path.lowerBound + 1
        for place in path.dropFirst() where head[place] == UInt8(ascii: "/") {
            segments.append(start..<place)
            start = place + 1
        }
        if path.count > 1 { segments.append(start..<path.upperBound) }
        return segments
    }

    private static func fits(
        _ pattern: [Segment], _ segments: [Range<Int>], _ head: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard pattern.count == segments.count else { return false }
        // From the end: nearly all begin alike.
        for index in pattern.indices.reversed() {
            let place = segments[index]
            switch pattern[index] {
            case .literal(let bytes):
                guard equal(bytes, place, head) else { return false }
            case .capture:
                guard isCapture(place, head) else { return false }
            case .captureThen(let suffix):
                let start = place.upperBound - suffix.count
                guard start > place.lowerBound, equal(suffix, start..<place.upperBound, head) else { return false }
            }
        }
        return true
    }

    /// Of segments that fit: what no literal stands for. Most patterns do not fit, and nothing is gathered for them.
    private static func captures(_ pattern: [Segment], _ segments: [Range<Int>]) -> [Range<Int>] {
        var captures: [Range<Int>] = []
        for (segment, place) in zip(pattern, segments) {
            switch segment {
            case .literal: continue
            case .capture: captures.append(place)
            case .captureThen(let suffix): captures.append(place.lowerBound..<(place.upperBound - suffix.count))
            }
        }
        return captures
    }

    private static func equal(
        _ bytes: [UInt8], _ place: Range<Int>, _ head: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard bytes.count == place.count else { return false }
        for (offset, byte) in bytes.enumerated() where head[place.lowerBound + offset] != byte { return false }
        return true
    }

    /// Neither empty nor a dot segment.
    private static func isCapture(_ place: Range<Int>, _ head: UnsafeBufferPointer<UInt8>) -> Bool {
        !place.isEmpty && !(place.count <= 2 && place.allSatisfy { head[$0] == UInt8(ascii: ".") })
    }
}
