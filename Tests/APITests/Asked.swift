import API
import HTTP
import JSON
import Testing

/// A request before it is bytes.
struct Asked: Sendable {
    var method: String
    var target: String
    var token: String?
    var body: String?
    var key: String?
    var contentType: String? = "application/json"
    /// Further field lines.
    var fields: [String] = []

    init(_ method: String, _ target: String, token: String?, body: String? = nil, key: String? = nil) {
        self.method = method
        self.target = target
        self.token = token
        self.body = body
        self.key = key
    }

    var bytes: [UInt8] {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let key { lines.append("Idempotency-Key: \(key)") }
        if let body {
            if let contentType { lines.append("Content-Type: \(contentType)") }
            lines.append("Content-Length: \(body.utf8.count)")
        }
        return Array(((lines + fields).joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
    }

    /// The request as the server's own parser reads it.
    func request() throws(Refused) -> Request {
        let bytes = bytes
        var parser = RequestParser(limits: RequestLimits())
        switch parser.read(bytes.span) {
        case .more: throw Refused(fault: HTTP.Fault(400, "half a request"))
        case .refused(let fault): throw Refused(fault: fault)
        case .complete(let length):
            var request = parser.request
            request.body = Array(bytes[length...])
            return request
        }
    }

    /// What the parser does not take for a request.
    struct Refused: Error {
        let fault: HTTP.Fault
    }
}

/// An answer, taken apart.
struct Answered: Sendable {
    let status: Int
    let body: [UInt8]
    private let lines: [(name: String, value: String)]

    init(_ response: Response) {
        self.init(response.status, String(decoding: response.fields.bytes, as: UTF8.self), response.body)
    }

    init(_ status: Int, _ fields: String, _ body: [UInt8]) {
        self.status = status
        self.body = body
        lines = fields.split(separator: "\r\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
    }

    /// The value of the field of that lower-case name.
    func field(_ name: String) -> String? { lines.first { $0.name == name }?.value }

    /// How many fields have that lower-case name.
    func count(_ name: String) -> Int { lines.filter { $0.name == name }.count }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// `null` where the body is no JSON.
    var json: JSONValue { (try? JSONValue(body)) ?? .null }

    /// The status, of a problem the type and the sorted places too: `422 invalid-fields /on /situations/0/to`.
    var summary: String {
        guard let type = json["type"]?.text else { return "\(status)" }
        let places = json["errors"]?.elements.compactMap { error in
            error["parameter"]?.text.map { "?" + $0 } ?? error["pointer"]?.text.map { $0.isEmpty ? "(all)" : $0 }
        }
        let name = type.split(separator: "/").last ?? ""
        return (["\(status)", String(name)] + (places ?? []).sorted()).joined(separator: " ")
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The texts of an array.
    var texts: [String] { elements.compactMap(\.text) }

    var whole: Int? { if case .integer(let number) = self { Int(number) } else { nil } }

    var isTrue: Bool { self == .bool(true) }

    /// Of an array; of anything else none.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// Of an object; of anything else none.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
}

extension TrialService {
    /// Asks as the server does: a body is only read if its head is admitted.
    func answer(_ asked: Asked, by service: Service? = nil) async throws -> Answered {
        let service = service ?? self.service
        let request: Request
        do throws(Asked.Refused) {
            request = try asked.request()
        } catch {
            return Answered(service.refusal(error.fault.status, reason: error.fault.reason))
        }
        var head = request
        head.body = []
        if asked.body != nil, case .refused(let response) = service.admit(head) { return Answered(response) }
        return Answered(await service.answer(request))
    }

    func get(
        _ path: String, as worker: Worker, fields: [String] = [], by service: Service? = nil
    ) async throws -> Answered {
        var asked = Asked("GET", "/v1/communities/\(worker.community)/\(path)", token: tokens[worker])
        asked.fields = fields
        return try await answer(asked, by: service)
    }

    /// Adds facts under a key of its own, or that one; to search needs none.
    func post(
        _ path: String, as worker: Worker, _ body: String, key: String? = nil
    ) async throws -> Answered {
        let key = key ?? "key-\(clock.newNumber())"
        return try await answer(
            Asked("POST", "/v1/communities/\(worker.community)/\(path)", token: tokens[worker], body: body, key: key))
    }

    /// Somebody new, in a shelter since 1 March: the person's id and those of the facts.
    func admit(
        _ worker: Worker, given: String = "Zephyrine", family: String = "Quillfeather", and more: String = ""
    ) async throws -> (person: String, facts: [String]) {
        let answer = try await post(
            "intakes", as: worker,
            """
            {"on": "2024-03-01", "profile": {"given_name": "\(given)", "family_name": "\(family)",
            "birth_date": "1980-02-03"}, "situations": [{"situation": "emergency_shelter",
            "from": "2024-03-01"}]\(more)}
            """)
        try #require(answer.status == 201, "\(answer.text)")
        let person = try #require(answer.json["person"]?.text)
        return (person, answer.json["facts"]?.elements.compactMap(\.text) ?? [])
    }

    /// One more fact about somebody; its id.
    @discardableResult
    func add(_ fact: String, about person: String, as worker: Worker) async throws -> String {
        let answer = try await post("people/\(person)/facts", as: worker, #"{"facts": [\#(fact)]}"#)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["facts"]?.elements.first?.text)
    }
}
