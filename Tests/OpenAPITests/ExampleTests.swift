import API
import HTTP
import JSON
import Testing

@Suite struct `The examples of the document` {
    @Test func `fit their own schemas`() throws {
        let document = try Document()
        let bodies = document.operations.compactMap(\.body)
        #expect(bodies.count == Routes.all.filter { $0.takes != .nothing }.count)
        for body in bodies {
            let example = try #require(body["example"])
            #expect(SchemaCheck(document: document).findings(example, body["schema"] ?? .null) == [])
        }
    }

    @Test func `are answered as the document says, as is every other question`() async throws {
        let document = try Document()
        let service = try ExampleService()
        let community = "/v1/communities/sample"
        var (person, fact, sent) = ("", "", "")
        // Somebody is on the list to this day: a target lies below how many are.
        let stay = #"{"on": "2024-03-05", "situations": [{"situation": "emergency_shelter", "from": "2024-03-05"}]}"#
        _ = try await service.answer(.post, "\(community)/intakes", body: try JSONValue(Array(stay.utf8)))
        // The intake comes first: the others need its person.
        func rank(_ operation: Operation) -> Int {
            if operation.path.hasSuffix("/intakes") { return 0 }
            return operation.name.hasPrefix("POST") && operation.path.hasSuffix("/{month}/submissions") ? 1 : 2
        }
        let operations = document.operations.sorted { rank($0) < rank($1) }
        let needingMore = ["/void", "/merge", "/undo", "/dismissal"]
        for operation in operations where !needingMore.contains(where: { operation.path.hasSuffix($0) }) {
            var target = operation.path.replacing("{community}", with: "sample").replacing("{person}", with: person)
            target = target.replacing("{month}", with: "2024-03").replacing("{figure}", with: "active_at_end")
            target = target.replacing("{sent}", with: sent)
            if operation.path.hasSuffix("/explanation") { target += "?month=2024-03" }
            target = target.replacing("{token}", with: "1").replacing("{form}", with: "street")
            target = target.replacing("{problem}", with: "unknown-token")
            target = target.replacing("{submission}", with: try service.waitingSubmission())
            if ["/monthly", ".csv", "/reliability"].contains(where: { operation.path.hasSuffix($0) }) {
                target += "?from=2024-03&to=2024-04"
            }
            if operation.path.hasSuffix("/housing-target") { target += "?target=0&months=12" }
            let answer = try await check(operation, target, service, document)
            if operation.path.hasSuffix("/intakes") { (person, fact) = try ids(answer) }
            if rank(operation) == 1 { sent = try #require(answer?["submission"]?.text) }
        }
        let void = try #require(operations.first { $0.path.hasSuffix("/void") })
        try await check(void, "\(community)/facts/\(fact)/void", service, document)
        try await checkMerges(of: person, operations, service, document)
        let facts = try #require(operations.first { $0.name.hasPrefix("GET") && $0.path.hasSuffix("/facts") })
        try await check(facts, "\(community)/people/\(person)/facts", service, document)
    }

    /// With somebody else, whom no example can name.
    private func checkMerges(
        of person: String, _ operations: [Operation], _ service: ExampleService, _ document: Document
    ) async throws {
        let community = "/v1/communities/sample"
        let intake = try JSONValue(Array(#"{"on": "2024-03-06"}"#.utf8))
        let admitted = try JSONValue(try await service.answer(.post, community + "/intakes", body: intake).bytes)
        let other = try #require(admitted["person"])
        func operation(_ end: String) throws -> Operation {
            try #require(operations.first { $0.path.hasSuffix(end) })
        }
        let item = try service.waitingItem(between: person, other.text ?? "")
        try await check(try operation("/worklist"), community + "/worklist", service, document)
        try await check(try operation("/dismissal"), community + "/worklist/\(item)/dismissal", service, document)
        let merged = try await check(
            try operation("/merge"), community + "/people/\(person)/merge", service, document,
            body: .object([JSONValue.Member("same_as", other)]))
        let page = try #require(operations.first { $0.name.hasPrefix("GET") && $0.path.hasSuffix("/{person}") })
        let shown = try await check(page, community + "/people/\(other.text ?? "")", service, document)
        #expect(shown?["records"]?.texts == [person, other.text ?? ""])
        let facts = try #require(operations.first { $0.name.hasPrefix("GET") && $0.path.hasSuffix("/facts") })
        try await check(facts, community + "/people/\(person)/facts", service, document)
        let merge = try #require(merged?["merge"]?.text)
        try await check(try operation("/undo"), community + "/merges/\(merge)/undo", service, document)
    }

    @Test func `are no use to who asks for what is not there`() async throws {
        let document = try Document()
        let service = try ExampleService()
        let problem = try #require(document.schema("Problem"))
        let targets = ["/v1/communities/other/list", "/v1/communities/sample/list?sort=name", "/none", "/healthz/"]
        for target in targets + ["/v1/communities/sample/people/p_0123456789ABC"] {
            let answer = try await service.answer(.get, target)
            #expect([404, 422].contains(answer.status) && answer.mediaType == "application/problem+json")
            #expect(SchemaCheck(document: document).findings(try JSONValue(answer.bytes), problem) == [])
        }
    }

    @Test func `of rows are as they are sent, header and all`() async throws {
        let document = try Document()
        let path = "/v1/communities/{community}/reports/monthly.csv"
        let operation = try #require(document.operations.first { $0.path == path })
        let content = document.at("responses", "200", "content", "text/csv", in: operation.value)
        let lines = content?["example"]?.text?.split(separator: "\n")
        let target = "/v1/communities/sample/reports/monthly.csv?from=2024-03&to=2024-03"
        let answer = try await ExampleService().answer(.get, target)
        let header = String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n").first
        #expect(header != nil && lines?.first == header && lines?.count == 2)
    }

    @Test(arguments: [
        ("9999-12-31", 422), ("9999", 422), ("1899-12-31", 422), ("1984-02-30", 422), ("1984-02-29", 201),
        ("1984", 201),
    ])
    func `have no births that are still to come`(born: String, status: Int) async throws {
        let profile = #""profile": {"birth_date": "\#(born)"}"#
        let intake = try JSONValue(Array(#"{"on": "2024-03-05", \#(profile)}"#.utf8))
        let answer = try await ExampleService().answer(.post, "/v1/communities/sample/intakes", body: intake)
        #expect(answer.status == status)
        let names = String(decoding: answer.bytes, as: UTF8.self).contains("/profile/birth_date")
        #expect(names == (status == 422))
    }

    @Test(arguments: [
        ("/9999-01", "month"), ("?from=2024-03&to=9999-01&population=all", "to"), ("?from=2200-01&to=2200-01", "to"),
    ])
    func `ask for no month that is still to come`(target: String, parameter: String) async throws {
        let answer = try await ExampleService().answer(.get, "/v1/communities/sample/reports/monthly" + target)
        let errors = try JSONValue(answer.bytes)["errors"]?.elements
        #expect(errors?.map { $0["parameter"]?.text } == [parameter])
    }

    @discardableResult private func check(
        _ operation: Operation, _ target: String, _ service: ExampleService, _ document: Document,
        body: JSONValue? = nil
    ) async throws -> JSONValue? {
        let name = operation.name.prefix { $0 != " " }
        let method = HTTP.Method(rawValue: String(name)) ?? .get
        let route = Routes.all.first { $0.method == method && $0.pattern == operation.path }
        let answer = try await service.answer(
            method, target, by: route?.permission, body: body ?? operation.body?["example"])
        let text = String(decoding: answer.bytes, as: UTF8.self)
        #expect((200..<300).contains(answer.status), "\(operation.name): \(answer.status) \(text)")
        let response = operation.answers.first { $0.key == "\(answer.status)" }
        let content = response.flatMap { document.resolved($0.value)["content"] }
        let schema = content?[answer.mediaType ?? ""]?["schema"]
        #expect(schema != nil, "\(operation.name): \(answer.status) as \(answer.mediaType ?? "nothing") is not there")
        let example = content?[answer.mediaType ?? ""]?["example"]
        #expect(
            (example != nil) != `The examples of the document`.documents.contains(operation.path),
            "\(operation.name): no example")
        guard answer.mediaType == "application/json", let schema else { return nil }
        let value = try JSONValue(answer.bytes)
        #expect(SchemaCheck(document: document).findings(value, schema) == [], "\(operation.name)")
        if let example {
            #expect(SchemaCheck(document: document).findings(example, schema) == [], "\(operation.name): example")
            // Only of whoever has several records is it told which.
            let names = value.members.map(\.key).filter { $0 != "records" }
            #expect(example.members.map(\.key) == names, "\(operation.name): example")
        }
        return value
    }

    /// Each is its own example.
    private static let documents = ["/openapi.json", "/docs", "/problems/{problem}"]

    private func ids(_ answer: JSONValue?) throws -> (person: String, fact: String) {
        (try #require(answer?["person"]?.text), try #require(answer?["facts"]?.texts.first))
    }
}
