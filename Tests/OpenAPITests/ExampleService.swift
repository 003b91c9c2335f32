import API
import App
import ByNameList
import Foundation
import HTTP
import JSON
import ShippedConfig
import Store

/// A server without sockets over an empty record that is gone after the test.
final class ExampleService {
    private let workspace: Workspace
    private let service: Service
    private let folder: String
    private let token: String
    private let admin: String
    private let auditor: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bnl-\(UUID().uuidString)").path
        workspace = try Workspace(path: folder, mode: .writing)
        try workspace.createCommunity(
            code: "sample", name: "Sample", zone: "UTC", policy: PolicyDocument.template("ca_bfz") ?? "")
        try workspace.setAgency("Outreach", kind: .outreach, in: workspace.community("sample"))
        // The agency of the examples.
        try workspace.setAgency("Harbour Street Shelter", kind: .shelter, in: workspace.community("sample"))
        // Number 1, to be revoked by the example.
        _ = try workspace.makeToken(
            in: workspace.community("sample"), agency: "Outreach", user: "leaver", role: .dashboard, days: 1)
        token = try workspace.makeToken(
            in: workspace.community("sample"), agency: "Outreach", user: "worker", role: .coordinator, days: 1
        ).token
        admin = try workspace.makeToken(
            in: workspace.community("sample"), agency: "Outreach", user: "chief", role: .admin, days: 1
        ).token
        auditor = try workspace.makeToken(
            in: workspace.community("sample"), agency: "Outreach", user: "eye", role: .auditor, days: 1
        ).token
        let map = try Document().operations.first { $0.name.hasPrefix("PUT") && $0.path.hasSuffix("/forms/{form}") }?
            .body?["example"]?["map"]
        try workspace.store.change { [community = workspace.community("sample").id] transaction in
            let origin = try transaction.origin(
                community: community, agency: "Outreach", actor: "tool", source: "api", isImport: false)
            try transaction.recordForm(
                "street", document: String(decoding: JSONWriter.bytes(of: map ?? .null), as: UTF8.self), from: origin,
                replacing: 0)
        }
        service = Service(
            store: workspace.store, clock: { Workspace.now() }, loops: 1, log: { _, _ in }, complain: { _, _ in })
    }

    deinit {
        workspace.store.close()
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The id of a submission of the form that waits, and is an intake by its map.
    func waitingSubmission() throws -> String {
        let community = try workspace.community("sample").id
        let key = UUID().uuidString
        try workspace.store.change { transaction in
            let origin = try transaction.origin(
                community: community, agency: "Outreach", actor: "tool", source: "api", isImport: false)
            let content = #"{"_uuid": "\#(key)", "visit/date": "2024-03-05", "visit/where": "street"}"#
            try CommunityLedger(transaction, origin: origin).hold(
                IdempotentRequest(community: community, actor: origin.actor, route: "", key: key, bodyHash: []),
                form: "street", content: content, problems: "[]")
        }
        let waiting = try workspace.store.read { try $0.held(of: "street", in: community, after: 0, limit: 1_000) }
        guard let ids = workspace.store.live.publicIDs, let held = waiting.last(where: { $0.key == key }) else {
            return ""
        }
        return ids.text(ofSubmission: held.number)
    }

    /// The id of an item of the worklist that waits.
    func waitingItem(between person: String, _ other: String) throws -> String {
        guard let ids = workspace.store.live.publicIDs, let one = ids.person(person), let two = ids.person(other) else {
            return ""
        }
        let community = try workspace.community("sample").id
        try workspace.store.change { transaction in
            let origin = try transaction.origin(
                community: community, agency: "Outreach", actor: "tool", source: "api", isImport: false)
            try CommunityLedger(transaction, origin: origin).leave(
                WorklistItem(person: two, other: one, reason: .sameIdentity))
        }
        let items = try workspace.store.read { reader in try reader.worklistItems(between: one, two) }
        return items.first.map { ids.text(ofItem: $0.number) } ?? ""
    }

    /// A token of the first of some roles that may do it.
    private func token(for permission: Permission?) -> String {
        guard let permission, permission.relation(of: .coordinator) == .nobody else { return token }
        return permission.relation(of: .admin) == .nobody ? auditor : admin
    }

    /// The answer to a request with the token of a role that may ask it and, where there is a body, a new key.
    func answer(
        _ method: HTTP.Method, _ target: String, by permission: Permission? = nil, body: JSONValue? = nil
    ) async throws -> Answer {
        var head = RequestHead(method, target)
        head.add("Authorization", "Bearer \(token(for: permission))")
        // Whatever is there is replaced.
        if method == .put { head.add("If-Match", "*") }
        if body != nil {
            head.add("Content-Type", "application/json")
            head.add("Idempotency-Key", UUID().uuidString)
        }
        let response = await service.answer(head.request(body: body.map { JSONWriter.bytes(of: $0) } ?? []))
        return Answer(
            status: response.status, fields: String(decoding: response.fields.bytes, as: UTF8.self),
            bytes: response.body)
    }

    struct Answer {
        let status: Int
        let fields: String
        let bytes: [UInt8]

        /// As the answer names it, without parameters.
        var mediaType: String? {
            let line = fields.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }
            return line?.dropFirst(14).split(separator: ";").first.map { String($0) }
        }
    }
}

/// The head of a request, put together from texts that are known to be clean.
private struct RequestHead {
    private let method: HTTP.Method
    private var text: String
    private let path: Range<Int>
    private let query: Range<Int>
    private var fields: [Request.Field] = []

    init(_ method: HTTP.Method, _ target: String) {
        self.method = method
        text = "\(method.rawValue) \(target) HTTP/1.1\r\n"
        let start = method.rawValue.utf8.count + 1
        let end = start + target.utf8.count
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")).map {
            start + target.utf8.distance(from: target.utf8.startIndex, to: $0)
        }
        path = start..<(mark ?? end)
        query = (mark.map { $0 + 1 } ?? end)..<end
    }

    mutating func add(_ name: String, _ value: String) {
        let start = text.utf8.count
        let valueStart = start + name.utf8.count + 2
        fields.append(
            Request.Field(name: start..<(start + name.utf8.count), value: valueStart..<(valueStart + value.utf8.count)))
        text += "\(name): \(value)\r\n"
    }

    func request(body: [UInt8]) -> Request {
        Request(method, head: Array((text + "\r\n").utf8), path: path, query: query, fields: fields, body: body)
    }
}
