import Crypto
import HTTP

/// Conditional requests (RFC 9110 §13): by entity tags only, as no resource here knows when it was last changed.
enum Preconditions {
    /// What a precondition makes of a request.
    enum Verdict {
        case goesOn, notModified, failed
    }

    /// The verdict for a resource that has the tag now; `nil` for one that has no representation.
    ///
    /// In the order of §13.2.2: If-Match, then If-None-Match; the dates are ignored (§13.1.3, §13.1.4).
    static func verdict(on request: Request, etag: [UInt8]?) -> Verdict {
        guard request.isConditional else { return .goesOn }
        let isMatched = EntityTags.matches(request, "if-match", etag, isStrong: true)
        if let isMatched, !isMatched { return .failed }
        let isNoneMatched = EntityTags.matches(request, "if-none-match", etag, isStrong: false)
        guard isNoneMatched == true else { return .goesOn }
        return request.method == .get || request.method == .head ? .notModified : .failed
    }

    /// Refuses what must not be done to the resource as it is; `etag` is `nil` for one without a representation.
    static func check(_ request: Request, etag: [UInt8]?) throws {
        guard case .goesOn = verdict(on: request, etag: etag) else {
            throw Problem(.preconditionFailed, "The resource is not as If-Match or If-None-Match says: read it again.")
        }
    }

    /// Refuses to replace what the caller may never have seen (RFC 6585 §3).
    static func checkReplacement(_ request: Request, etag: [UInt8]) throws {
        guard request.count("if-match") > 0 else {
            throw Problem(.preconditionRequired, "Send If-Match with the ETag of what is to be replaced.")
        }
        try check(request, etag: etag)
    }
}

/// An answer with its tag, and what is said to who has it already.
struct TaggedAnswer: Sendable {
    let response: Response
    private let etag: [UInt8]
    /// Without content, and with the fields that a cache would need (RFC 9110 §15.4.5).
    private let notModified: Response

    init(_ answer: Response) {
        var response = answer
        etag = EntityTags.of(answer.body)
        response.fields.add("ETag", String(decoding: etag, as: UTF8.self))
        self.response = response
        notModified = Response(304, fields: response.fields)
    }

    /// The answer to a GET or HEAD: itself, 304, or 412.
    func answer(to request: Request) throws -> Response {
        switch Preconditions.verdict(on: request, etag: etag) {
        case .goesOn: return response
        case .notModified: return notModified
        case .failed: throw Problem(.preconditionFailed, "The resource is not as If-Match says.")
        }
    }

    /// Likewise without If-Match.
    func answer(toProbe request: Request) -> Response {
        EntityTags.matches(request, "if-none-match", etag, isStrong: false) == true ? notModified : response
    }
}

/// Entity tags and lists of them (RFC 9110 §8.8.3).
enum EntityTags {
    /// A strong tag: the hash of the bytes, so that no two bodies ever share one.
    static func of(_ body: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var tag: [UInt8] = [UInt8(ascii: "\"")]
        tag.reserveCapacity(34)
        for byte in SHA256.hash(data: body).prefix(16) {
            tag.append(digits[Int(byte >> 4)])
            tag.append(digits[Int(byte & 15)])
        }
        tag.append(UInt8(ascii: "\""))
        return tag
    }

    /// Whether one of the tags of the fields of that name is that one; `nil` if there is no such field.
    static func matches(_ request: Request, _ name: StaticString, _ etag: [UInt8]?, isStrong: Bool) -> Bool? {
        request.anyValue(name) { value in
            if let etag { include(etag, value, isStrong: isStrong) } else { false }
        }
    }

    private static func include(_ etag: [UInt8], _ list: ArraySlice<UInt8>, isStrong: Bool) -> Bool {
        // As everybody sends it who has one answer: the tag as it was given.
        if isSame(list, etag) || list.elementsEqual("*".utf8) { return true }
        return list.split(separator: UInt8(ascii: ",")).contains { part in
            var tag = part.drop { $0 == 0x20 || $0 == 0x09 }
            while let last = tag.last, last == 0x20 || last == 0x09 { tag.removeLast() }
            // Ours are strong: a weak one names the same answer, but nothing may be replaced for it (§8.8.3.2).
            if tag.starts(with: "W/".utf8) {
                guard !isStrong else { return false }
                tag = tag.dropFirst(2)
            }
            return tag.elementsEqual(etag)
        }
    }

    private static func isSame(_ tag: ArraySlice<UInt8>, _ etag: [UInt8]) -> Bool {
        guard tag.count == etag.count else { return false }
        return tag.withUnsafeBufferPointer { tag in
            etag.withUnsafeBufferPointer { etag in tag.indices.allSatisfy { tag[$0] == etag[$0] } }
        }
    }
}
