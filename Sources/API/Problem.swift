import ByNameList
package import HTTP
package import JSON

/// What can go wrong with a request; clients branch on the type and on nothing else (RFC 9457).
package enum ProblemType: String, CaseIterable, Sendable {
    case malformedRequest = "malformed-request"
    case malformedJSON = "malformed-json"
    case malformedQuery = "malformed-query"
    case idempotencyKey = "idempotency-key"
    case unknownToken = "unknown-token"
    case notYourRole = "not-your-role"
    case anotherAgencysFact = "another-agencys-fact"
    case noSuchResource = "no-such-resource"
    case noSuchPerson = "no-such-person"
    case noSuchFact = "no-such-fact"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case tooSlow = "too-slow"
    case idempotencyConflict = "idempotency-conflict"
    case lengthRequired = "length-required"
    case preconditionFailed = "precondition-failed"
    case preconditionRequired = "precondition-required"
    case tooManyRequests = "too-many-requests"
    case tooLarge = "too-large"
    case targetTooLong = "target-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case expectationFailed = "expectation-failed"
    case misdirected = "misdirected"
    case invalidFields = "invalid-fields"
    case headTooLarge = "head-too-large"
    case internalError = "internal-error"
    case notImplemented = "not-implemented"
    case unavailable = "unavailable"
    case httpVersion = "http-version"
    case diskFull = "disk-full"

    package var status: Int {
        switch self {
        case .malformedRequest, .malformedJSON, .malformedQuery, .idempotencyKey: 400
        case .unknownToken: 401
        case .notYourRole, .anotherAgencysFact: 403
        case .noSuchResource, .noSuchPerson, .noSuchFact: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .tooSlow: 408
        case .idempotencyConflict: 409
        case .lengthRequired: 411
        case .preconditionFailed: 412
        case .tooLarge: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .expectationFailed: 417
        case .misdirected: 421
        case .invalidFields: 422
        case .preconditionRequired: 428
        case .tooManyRequests: 429
        case .headTooLarge: 431
        case .internalError: 500
        case .notImplemented: 501
        case .unavailable: 503
        case .httpVersion: 505
        case .diskFull: 507
        }
    }

    /// The same for every problem of the type.
    package var title: String {
        switch self {
        case .malformedRequest: "The request is not HTTP/1.1 as it should be"
        case .malformedJSON: "The body is not JSON as it should be"
        case .malformedQuery: "The query cannot be read"
        case .idempotencyKey: "A request that adds facts needs an Idempotency-Key"
        case .unknownToken: "No valid token"
        case .notYourRole: "The token's role may not do this"
        case .anotherAgencysFact: "Another agency wrote this fact"
        case .noSuchResource: "There is nothing here"
        case .noSuchPerson: "There is no such person"
        case .noSuchFact: "There is no such fact"
        case .methodNotAllowed: "The resource has no such method"
        case .notAcceptable: "No form of the answer is acceptable"
        case .tooSlow: "The request took too long to arrive"
        case .idempotencyConflict: "The Idempotency-Key was used for another request"
        case .lengthRequired: "The body's length is missing"
        case .preconditionFailed: "The resource is not in the state that the request names"
        case .preconditionRequired: "What is replaced has to be named"
        case .tooManyRequests: "Too many requests"
        case .tooLarge: "The body is too large"
        case .targetTooLong: "The target is too long"
        case .unsupportedMediaType: "The body must be JSON"
        case .expectationFailed: "The expectation cannot be met"
        case .misdirected: "This server does not answer for that host"
        case .invalidFields: "Some fields are not accepted"
        case .headTooLarge: "The head of the request is too large"
        case .internalError: "Something went wrong here"
        case .notImplemented: "The method is not known"
        case .unavailable: "The record cannot be reached; try again"
        case .httpVersion: "Only HTTP/1.x is spoken here"
        case .diskFull: "The disk is full and nothing was kept"
        }
    }

    /// The type for a status that the server gives of itself.
    init(serverStatus status: Int) {
        let known: [ProblemType] = [
            .tooSlow, .lengthRequired, .tooLarge, .targetTooLong, .expectationFailed, .misdirected, .headTooLarge,
            .notImplemented, .unavailable, .httpVersion, .internalError,
        ]
        self = known.first { $0.status == status } ?? .malformedRequest
    }
}

/// One thing that a client is told went wrong; no text of it holds anything personal or a value that was sent.
package struct Problem: Error, Sendable {
    package let type: ProblemType
    package var detail: String?
    /// Every field that is not accepted.
    package var errors: [FieldProblem] = []
    /// What the status calls for: Allow, Retry-After, WWW-Authenticate.
    package var fields = FieldLines()
    /// The request, where it has to be found again in the log.
    package var requestID: UInt64?
    /// Who was asked for, where somebody was; no client is told.
    var subject: PersonID?
    /// Whether the answer may stand for somebody who is there and is not shown.
    var hidesSomebody: Bool

    package init(_ type: ProblemType, _ detail: String? = nil, errors: [FieldProblem] = []) {
        self.type = type
        self.detail = detail
        self.errors = errors
        hidesSomebody = type == .noSuchPerson || type == .noSuchFact
    }

    /// There is no such person, or none for this caller: nobody is to know which.
    init(_ type: ProblemType, about person: PersonID) {
        self.init(type)
        subject = person
    }

    /// There is no such pair of people, or none for this caller.
    static func noSuchPair(about person: PersonID? = nil) -> Problem {
        var problem = Problem(.noSuchResource)
        problem.subject = person
        problem.hidesSomebody = true
        return problem
    }

    /// Too many requests, or too many that failed: when to come again, and kept by no cache (RFC 6585 §4).
    static func tooMany(_ what: String, retryAfter seconds: Int) -> Problem {
        var problem = Problem(.tooManyRequests, "\(what): come again in \(seconds) s.")
        problem.fields.add("Retry-After", "\(seconds)")
        return problem
    }

    package func response(route: String = "-", closes: Bool = false) -> Response {
        var fields = fields
        fields.add("Content-Type", "application/problem+json")
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Cache-Control", "no-store")
        if type == .unknownToken { fields.add("WWW-Authenticate", "Bearer") }
        if type == .unavailable { fields.add("Retry-After", "1") }
        return Response(type.status, fields: fields, body: body, route: route, closes: closes)
    }

    private var body: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.field("type", "/problems/\(type.rawValue)")
            object.field("title", type.title)
            object.field("status", type.status)
            if let detail { object.field("detail", detail) }
            if let requestID { object.field("request", String(requestID, radix: 16)) }
            if !errors.isEmpty {
                object.array("errors") { array in
                    for error in errors {
                        array.object { entry in
                            // By bytes: a name that begins with a combining mark makes one character with the slash.
                            let isParameter = error.pointer.utf8.first.map { $0 != UInt8(ascii: "/") } ?? false
                            entry.field(isParameter ? "parameter" : "pointer", error.pointer)
                            entry.field("detail", error.reason)
                        }
                    }
                }
            }
        }
        return writer.bytes
    }
}
